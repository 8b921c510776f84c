#pragma once

#include <QByteArray>
#include <QStringList>

namespace operators {

// For somebody whose phone is gone: ten codes of 80 bits on paper, each works once instead of a
// code of the second factor.

constexpr int kRecoveryCodes = 10;
constexpr int kRecoveryCodeBytes = 10;
constexpr int kRecoveryBytes = kRecoveryCodes * kRecoveryCodeBytes;

/// As they are shown: "abcd-efgh-2345-wxyz".
[[nodiscard]] QStringList recoveryCodes(const QByteArray &random);

/// What is stored instead of a code, however it was typed. 80 random bits cannot be guessed, so a
/// keyed digest is enough where a passphrase needs a slow one.
[[nodiscard]] QByteArray recoveryMac(const QByteArray &installationKey, qint64 operatorId,
                                     const QByteArray &typed);

} // namespace operators
