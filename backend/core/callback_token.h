#pragma once

#include "core/crypto.h"
#include "core/id.h"

namespace core {

/// The secret part of a deposit's webhook address. It is worked out anew where it is needed: the
/// database holds only its SHA-256, so that nobody who reads the database can announce a payment.
[[nodiscard]] inline QByteArray callbackToken(QByteArrayView installationKey, DepositId deposit)
{
    return toBase64Url(
        derivedBytes(installationKey, "dynopay-token:" + QByteArray::number(deposit.value), 32));
}

} // namespace core
