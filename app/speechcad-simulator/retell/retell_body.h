#pragma once

#include "core/json.h"
#include "http/message.h"

#include <QList>

#include <tl/expected.hpp>

namespace simulator {

/// A refusal, with its text; Retell has no other code.
struct RetellRefusal {
    int status = 400;
    QString message;
    bool isOurFault = true; // counted as a violation
};
template <typename T> using RetellResult = tl::expected<T, RetellRefusal>;

[[nodiscard]] tl::unexpected<RetellRefusal> refuse(int status, const QString &message,
                                                   bool isOurFault = true);
[[nodiscard]] http::Response toHttp(const RetellRefusal &refusal);
[[nodiscard]] http::Response toHttp(int status, const Json &body);

/// What a field of a request must be.
struct FieldRule {
    enum class Type {
        Text,
        Number,
        Whole, // within low and high
        Flag,
        Object,
        List,
        TextMap, // an object of texts only
        Any,
    };
    const char *name = "";
    Type type = Type::Any;
    bool isRequired = false;
    qint64 low = 0;
    qint64 high = 9'007'199'254'740'991;
};
using FieldRules = QList<FieldRule>;

/// Refuses with 400 what is unknown, missing, or of another type. null is taken for absent where a
/// field may be absent.
[[nodiscard]] RetellResult<void> checkFields(const Json &body, const FieldRules &rules,
                                             bool needsRequired = true);
/// The object in a request's body; an empty body is an empty object.
[[nodiscard]] RetellResult<Json> readBody(const http::Request &request);

[[nodiscard]] const FieldRules &agentRules();
[[nodiscard]] const FieldRules &engineRules();
[[nodiscard]] const FieldRules &callRules();
/// {agent?, retell_llm?, conversation_flow?} of one call.
[[nodiscard]] RetellResult<void> checkOverride(const Json &agentOverride);

} // namespace simulator
