#pragma once

#include "api/customers.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/theme.h"

#include <QTimeZone>

namespace ui {

struct CustomerStatusWords {
    QString code;
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
[[nodiscard]] CustomerStatusWords wordsOf(api::CustomerStatus status);
[[nodiscard]] QList<FilterField> customerFilterFields(api::Customers &customers);

struct TimelineWords {
    QString code; // of the filter field `kind`
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
[[nodiscard]] TimelineWords wordsOf(api::TimelineRow::Kind kind);
[[nodiscard]] QList<FilterField> timelineFilterFields();

/// "Prime".
[[nodiscard]] QString planWord(const QString &plan);
/// "Prime, 30 days for 30.00 USD   421 of 500 min left   renews 2026-12-20"; without a plan, what
/// that means.
[[nodiscard]] QString planWords(const std::optional<api::CustomerPlan> &plan,
                                const QTimeZone &zone);

/// "Regular".
[[nodiscard]] QString tierWord(const QString &tier);
[[nodiscard]] QString customerWord(const api::CustomerRow &row);
/// "CP" for Camille Perrin.
[[nodiscard]] QString initialsOf(const QString &name);

} // namespace ui
