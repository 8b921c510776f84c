#include "language/slots.h"

#include "language/markup.h"

#include <QRegularExpression>

namespace language {

namespace {

constexpr int kMessageLengthMax = 4096;
constexpr int kCommandLengthMax = 256;
constexpr int kNoticeLengthMax = 200; // the answer to a tap
constexpr int kButtonLengthMax = 40;  // more is cut off on a small phone

// One caption of at most 1,024 characters is made of these three and the empty lines between.
constexpr int kAddressLengthMax = 660;
constexpr int kTagLengthMax = 180;
constexpr int kStatusLengthMax = 176;

constexpr int kLongValueLength = 110; // the longest address of any coin on offer
constexpr int kUsualValueLength = 24;

bool startsWith(const QString &key, QLatin1String prefix)
{
    return key.startsWith(prefix);
}

} // namespace

Slot slotOf(const QString &key)
{
    if (key == QStringLiteral("button.old"))
        return {kNoticeLengthMax, false};
    if (startsWith(key, QLatin1String("button.")) || key.contains(QStringLiteral(".button.")))
        return {kButtonLengthMax, false};
    if (startsWith(key, QLatin1String("command.")))
        return {kCommandLengthMax, false};
    if (key == QStringLiteral("topup.address"))
        return {kAddressLengthMax, true};
    if (key == QStringLiteral("topup.address.tag"))
        return {kTagLengthMax, true};
    if (startsWith(key, QLatin1String("topup.status.")))
        return {kStatusLengthMax, true};
    return {kMessageLengthMax, true};
}

int shownLength(const QString &text)
{
    static const QRegularExpression address(QStringLiteral("\\{address\\}"));
    static const QRegularExpression other(QStringLiteral("\\{[a-z_]+\\}|%n"));
    QString shown = withoutMarkup(text);
    shown.replace(address, QString(kLongValueLength, u'x'));
    shown.replace(other, QString(kUsualValueLength, u'x'));
    return int(shown.size());
}

} // namespace language
