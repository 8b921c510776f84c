#pragma once

#include "api/refunds.h"
#include "ui/support/theme.h"

namespace ui {

struct RequestStateWords {
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
/// A state this version does not know is shown as it is.
[[nodiscard]] RequestStateWords requestStateWords(const api::MoneyRequest &request);
/// The states there are, with the words that a filter knows them by.
[[nodiscard]] QList<std::pair<QString, QString>> requestStateFilterWords();
/// "Payout".
[[nodiscard]] QString requestKindWord(api::RequestKind kind);
/// "R-3106", "A-412", "P-57".
[[nodiscard]] QString requestName(const api::MoneyRequest &request);
/// Of a refund the word of its reason, else the reason as it was written.
/// Who asked: an operator's name, or that it was the customer.
[[nodiscard]] QString requesterWord(const api::MoneyRequest &request);
[[nodiscard]] QString requestReason(const api::MoneyRequest &request);
[[nodiscard]] bool isPayout(const api::MoneyRequest &request);
[[nodiscard]] bool isAdjustment(const api::MoneyRequest &request);

/// What a limit of the rules says: "Nobody else up to".
[[nodiscard]] QString limitWord(const api::RefundLimit &limit);
/// "5.00 USD", "30 days".
[[nodiscard]] QString limitValue(const api::RefundLimit &limit, qint64 value);
/// A limit as somebody types it, in the limit's unit; nullopt: it is none.
[[nodiscard]] std::optional<qint64> readLimit(const api::RefundLimit &limit, const QString &typed);
/// For a field: "5.00", "30".
[[nodiscard]] QString limitText(const api::RefundLimit &limit, qint64 value);
/// "Nobody else up to 5.00 USD → 4.00 USD", one a limit that differs.
[[nodiscard]] QStringList limitChanges(const QList<qint64> &before, const QList<qint64> &after);

} // namespace ui
