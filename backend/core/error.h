#pragma once

#include <QString>

namespace core {

/// What went wrong, in a form the bot and the console translate for people.
enum class ErrorCode {
    BadInput, // what arrived cannot be understood or is not allowed
    NotFound,
    Duplicate,          // a unique key exists already
    ConstraintViolated, // the database refused what must never be
    Conflict,           // lost a race; trying again may work
    InsufficientFunds,
    AmountOverflow,
    Unauthorized, // secret, signature or token is wrong
    TooLarge,
    TooOld, // a signature or an update outside its time window
    DatabaseUnavailable,
    DatabaseRefused, // wrong version, settings or rights: a person must act
    ProviderUnavailable,
    ProviderRefused,
    ConfigurationInvalid,
    ShuttingDown,
    Internal,
};

/// `code` is for people and for branching, `detail` is English for the log: it may hold ids, never
/// a secret, a phone number or a bound value. `transient`: the same request may succeed later.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString detail = {};
    bool transient = false;
};

/// The code's stable name, as logs, tests and `--json` output write it ("InsufficientFunds").
[[nodiscard]] QLatin1String name(ErrorCode code);

} // namespace core

using core::Error;
using core::ErrorCode;
