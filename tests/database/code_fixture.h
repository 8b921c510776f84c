#pragma once

#include "operators/one_time_code.h"
#include "operators/second_factor.h"
#include "operators/sign_in.h"
#include "tests/database/operator_fixture.h"

namespace tests {

inline const QByteArray kFactorSecret = QByteArrayLiteral("twenty bytes of data");

/// A second factor that was set up already, with the secret above.
inline void giveSecondFactor(database::Connection &connection, qint64 operatorId)
{
    const QByteArray locked = operators::lockedSecret(
        kInstallationKey, "second factor of operator " + QByteArray::number(operatorId),
        core::randomBytes(operators::kNonceBytes), kFactorSecret);
    const auto given = connection.run(
        QStringLiteral("INSERT INTO second_factors (operator_id, locked_secret, begun_at, "
                       "confirmed_at, cause_id) VALUES (?, ?, now(), now(), 1)"),
        {operatorId, locked});
    if (!given)
        qFatal("no second factor: %s", qUtf8Printable(given.error().detail));
}

/// The payload of a command that carries a code as consoles send it.
inline Json withCode(Json payload, const QString &who, const QString &key, const QByteArray &code)
{
    const operators::Credentials credentials = {.name = who, .requestKey = key, .code = code};
    const operators::Sealing sealing(kInstallationKey);
    const auto sealed = operators::seal(sealing.publicKey(), credentials.toBytes());
    if (!sealed)
        qFatal("not sealed");
    payload["v"] = operators::kCredentialsVersion;
    payload["sealed"] = QString::fromLatin1(sealed->toBase64());
    return payload;
}

} // namespace tests
