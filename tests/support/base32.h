#pragma once

#include <QByteArray>
#include <QString>

namespace tests {

/// What an authenticator app does with the secret it is given.
inline QByteArray fromBase32(const QString &text)
{
    QByteArray bytes;
    quint32 pending = 0;
    int bits = 0;
    for (const QChar c : text) {
        pending =
            (pending << 5) | quint32(c.isLetter() ? c.unicode() - u'A' : c.unicode() - u'2' + 26);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(pending >> bits);
        }
    }
    return bytes;
}

} // namespace tests
