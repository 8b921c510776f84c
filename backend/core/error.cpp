#include "core/error.h"

#include "core/assert.h"

namespace core {

QLatin1String name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadInput: return QLatin1String("BadInput");
    case ErrorCode::NotFound: return QLatin1String("NotFound");
    case ErrorCode::Duplicate: return QLatin1String("Duplicate");
    case ErrorCode::ConstraintViolated: return QLatin1String("ConstraintViolated");
    case ErrorCode::Conflict: return QLatin1String("Conflict");
    case ErrorCode::InsufficientFunds: return QLatin1String("InsufficientFunds");
    case ErrorCode::AmountOverflow: return QLatin1String("AmountOverflow");
    case ErrorCode::Unauthorized: return QLatin1String("Unauthorized");
    case ErrorCode::TooLarge: return QLatin1String("TooLarge");
    case ErrorCode::TooOld: return QLatin1String("TooOld");
    case ErrorCode::DatabaseUnavailable: return QLatin1String("DatabaseUnavailable");
    case ErrorCode::DatabaseRefused: return QLatin1String("DatabaseRefused");
    case ErrorCode::ProviderUnavailable: return QLatin1String("ProviderUnavailable");
    case ErrorCode::ProviderRefused: return QLatin1String("ProviderRefused");
    case ErrorCode::ConfigurationInvalid: return QLatin1String("ConfigurationInvalid");
    case ErrorCode::ShuttingDown: return QLatin1String("ShuttingDown");
    case ErrorCode::Internal: return QLatin1String("Internal");
    }
    CORE_ASSERT(false);
    return {};
}

} // namespace core
