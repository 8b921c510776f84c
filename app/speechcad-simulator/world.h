#pragma once

#include "deliveries.h"
#include "faults.h"
#include "options.h"
#include "scheduler.h"

#include <random>

namespace simulator {

/// A request that the true provider would have refused, or that our own rules forbid.
struct Violation {
    Timestamp at;
    QString provider;
    QString route;
    QString text;
};

class Violations final {
public:
    void add(const Violation &violation);
    void clear();
    [[nodiscard]] quint64 count() const { return m_count; }
    [[nodiscard]] Json toJson() const;

private:
    quint64 m_count = 0;
    QList<Violation> m_violations; // the first of them: later ones mostly repeat
};

/// So many at once, and so many a second on the clock. A rate of 0 lets everything through. The
/// rate is given each time, since a test may change it.
class TokenBucket final {
public:
    /// Absent: taken. Else whole seconds until there is one again.
    [[nodiscard]] std::optional<int> take(Timestamp now, double perSecond, double burst);

private:
    double m_tokens = 0;
    std::optional<Timestamp> m_last;
};

/// What the stand-ins for the providers share.
struct World {
    World(const Options &options, const Clock &clock);

    void violation(const QString &provider, const QString &route, const QString &text);
    /// A span of a provider's own schedule, made shorter by --time-scale.
    [[nodiscard]] std::chrono::microseconds scaled(std::chrono::microseconds span) const;
    /// A webhook's patience is in true time: a moved clock is not a slow receiver.
    [[nodiscard]] std::chrono::milliseconds patience(std::chrono::seconds span) const;
    /// Whether a hook may point there, and if not, why.
    [[nodiscard]] bool isAllowedHook(const QUrl &url) const;
    /// Repeats itself with the same seed.
    [[nodiscard]] quint64 random(quint64 below);
    [[nodiscard]] QByteArray randomText(const QByteArray &alphabet, int length);
    [[nodiscard]] QByteArray randomUuid();

    Options options;
    Scheduler scheduler;
    std::mt19937_64 generator;
    Violations violations;
    Faults faults;
    DeliveryLog deliveries;
    DeliveryFaults deliveryFaults;
    HookClient hooks;
};

} // namespace simulator
