#include "operators/passphrase.h"

#include "core/crypto.h"

#include <sodium.h>

#include <array>

namespace operators {

namespace {

constexpr qsizetype kCharactersMin = 12;
constexpr qsizetype kBytesMax = 1024;

/// Long enough, and yet among the first that anybody tries.
constexpr std::array kCommon = {
    "passwordpassword", "password1234",      "password12345",
    "password123456",   "123456789012",      "1234567890123",
    "qwertyuiop123",    "qwertyuiopas",      "qwerty123456",
    "iloveyou1234",     "letmeinletmein",    "adminadminadmin",
    "administrator",    "administrator1",    "welcome12345",
    "changemechangeme", "changeme1234",      "correcthorsebatterystaple",
    "aaaaaaaaaaaa",     "111111111111",      "000000000000",
    "speechcad123",     "speechcadspeechcad"};

QByteArrayView bytesOf(const char *text)
{
    return QByteArrayView(text);
}

Error badPassphrase(const QString &words)
{
    return {.code = ErrorCode::BadInput, .detail = words};
}

} // namespace

Result<void> checkPassphrase(const QByteArray &passphrase, const QString &name)
{
    if (QString::fromUtf8(passphrase).size() < kCharactersMin)
        return failure(badPassphrase(
            QStringLiteral("a passphrase needs 12 characters or more; 15 are better")));
    if (passphrase.size() > kBytesMax)
        return failure(badPassphrase(QStringLiteral("a passphrase has 1024 bytes at most")));
    const QByteArray lower = passphrase.toLower();
    const bool isCommon = std::any_of(kCommon.begin(), kCommon.end(),
                                      [&](const char *each) { return lower == bytesOf(each); });
    const bool isOneCharacter = lower.count(lower.front()) == lower.size();
    QByteArray withoutName = lower;
    withoutName.replace(name.toLower().toUtf8(), QByteArray());
    if (isCommon || isOneCharacter || withoutName.size() < kCharactersMin / 2)
        return failure(badPassphrase(
            QStringLiteral("this passphrase is among the first that anybody would try")));
    return {};
}

Result<QString> hashOf(const QByteArray &passphrase)
{
    (void)core::randomBytes(1); // makes libsodium ready
    std::array<char, crypto_pwhash_STRBYTES> text = {};
    if (crypto_pwhash_str_alg(
            text.data(), passphrase.constData(), static_cast<unsigned long long>(passphrase.size()),
            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
            crypto_pwhash_ALG_ARGON2ID13) != 0)
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("no memory to digest a passphrase"),
                        .transient = true});
    return QString::fromLatin1(text.data());
}

bool isPassphrase(const QByteArray &passphrase, const QString &hash)
{
    // Of a passphrase that nobody has: an unknown name must not answer sooner.
    static const QString nobodys = hashOf(core::randomBytes(32)).value_or(QString());
    const QByteArray text = (hash.isEmpty() ? nobodys : hash).toLatin1();
    const bool isSame =
        crypto_pwhash_str_verify(text.constData(), passphrase.constData(),
                                 static_cast<unsigned long long>(passphrase.size())) == 0;
    return isSame && !hash.isEmpty();
}

void wipe(QByteArray &secret)
{
    if (!secret.isEmpty())
        sodium_memzero(secret.data(), static_cast<size_t>(secret.size()));
    secret.clear();
}

} // namespace operators
