#include "operators/recovery_codes.h"

#include "core/assert.h"
#include "core/crypto.h"
#include "operators/one_time_code.h"
#include "operators/passphrase.h"

namespace operators {

namespace {

constexpr int kGroup = 4;

} // namespace

QStringList recoveryCodes(const QByteArray &random)
{
    CORE_ASSERT(random.size() == kRecoveryBytes);
    QStringList codes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        QString code = toBase32(random.mid(i * kRecoveryCodeBytes, kRecoveryCodeBytes)).toLower();
        for (qsizetype at = code.size() - kGroup; at > 0; at -= kGroup)
            code.insert(at, u'-');
        codes << code;
    }
    return codes;
}

QByteArray recoveryMac(const QByteArray &installationKey, qint64 operatorId,
                       const QByteArray &typed)
{
    QByteArray plain;
    plain.reserve(typed.size());
    for (const char c : typed) {
        if (c != '-' && c != ' ')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const QByteArray key = core::derivedBytes(installationKey, "operators: recovery codes", 32);
    const QByteArray mac = core::hmacSha256(key, QByteArray::number(operatorId) + '\0' + plain);
    wipe(plain);
    return mac;
}

} // namespace operators
