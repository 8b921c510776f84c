#include "bot/typed_amount.h"

#include <QRegularExpression>

namespace bot {

std::optional<Money> typedAmount(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A(?:\\$|usd)?\\s*([0-9]{1,9})(?:[.,]([0-9]{1,2}))?\\s*(?:\\$|usd)?\\z"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const QString cents = match.captured(2);
    const auto amount =
        Money::parse(cents.isEmpty() ? match.captured(1) : match.captured(1) + u'.' + cents);
    return amount ? std::optional(*amount) : std::nullopt;
}

} // namespace bot
