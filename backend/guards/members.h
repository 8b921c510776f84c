#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/money.h"

#include <limits>

namespace guards {

/// Reads the members of a stored object one after the other. The first that is missing, of another
/// type or out of range is remembered, so that reading a struct is a plain list with one question
/// at its end. Nothing has a default: a lost fact must not turn into a permission.
class Members {
public:
    explicit Members(const Json &object);

    [[nodiscard]] int count(const char *name, int max = std::numeric_limits<int>::max());
    [[nodiscard]] std::optional<int> countIfAny(const char *name);
    [[nodiscard]] qint64 whole(const char *name);
    [[nodiscard]] QString text(const char *name);
    [[nodiscard]] bool flag(const char *name);
    [[nodiscard]] Timestamp time(const char *name);
    [[nodiscard]] std::optional<Timestamp> timeIfAny(const char *name);
    [[nodiscard]] Money amount(const char *name); // micro-dollars, not negative
    [[nodiscard]] std::chrono::seconds seconds(const char *name);
    /// An empty one when it is missing.
    [[nodiscard]] const Json &object(const char *name);
    [[nodiscard]] const Json &list(const char *name);
    void refuse(const char *name);

    [[nodiscard]] bool isGood() const { return m_problem.isEmpty(); }
    [[nodiscard]] tl::unexpected<Error> problem() const;

private:
    const Json &m_object;
    QString m_problem;
};

} // namespace guards
