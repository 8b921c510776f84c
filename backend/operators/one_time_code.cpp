#include "operators/one_time_code.h"

#include "core/assert.h"
#include "core/crypto.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>
#include <QUrl>

namespace operators {

namespace {

constexpr qint64 kSkewSteps = 1;
const QString kIssuer = QStringLiteral("Speechcad");

} // namespace

QByteArray codeOf(const QByteArray &secret, qint64 counter, int digits)
{
    QByteArray message(sizeof(quint64), Qt::Uninitialized);
    qToBigEndian(static_cast<quint64>(counter), message.data());
    // libsodium has no HMAC with SHA-1.
    const QByteArray mac =
        QMessageAuthenticationCode::hash(message, secret, QCryptographicHash::Sha1);
    const int offset = mac.back() & 0x0f;
    const quint32 number = qFromBigEndian<quint32>(mac.constData() + offset) & 0x7fffffffU;
    CORE_ASSERT(digits >= 6 && digits <= 9);
    return QByteArray::number(number).rightJustified(10, '0').right(digits);
}

qint64 stepAt(Timestamp at)
{
    return at.time_since_epoch() / kStep;
}

std::optional<qint64> matchingStep(const QByteArray &secret, const QByteArray &code, Timestamp now,
                                   qint64 lastUsed)
{
    std::optional<qint64> matching;
    const qint64 current = stepAt(now);
    // All of them, whichever it is: the time it takes tells nothing.
    for (qint64 step = current - kSkewSteps; step <= current + kSkewSteps; ++step) {
        const bool isSame = core::equalInConstantTime(codeOf(secret, step), code);
        if (isSame && step > lastUsed && !matching)
            matching = step;
    }
    return matching;
}

QString toBase32(const QByteArray &bytes)
{
    constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QString text;
    quint32 pending = 0;
    int bits = 0;
    for (const char byte : bytes) {
        pending = (pending << 8) | static_cast<quint8>(byte);
        for (bits += 8; bits >= 5; bits -= 5)
            text += QLatin1Char(kDigits[(pending >> (bits - 5)) & 31U]);
    }
    if (bits > 0)
        text += QLatin1Char(kDigits[(pending << (5 - bits)) & 31U]);
    return text;
}

QString otpauthUri(const QString &operatorName, const QByteArray &secret)
{
    return QStringLiteral("otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=%4"
                          "&period=%5")
        .arg(kIssuer, QString::fromLatin1(QUrl::toPercentEncoding(operatorName)), toBase32(secret),
             QString::number(kCodeDigits), QString::number(kStep.count()));
}

} // namespace operators
