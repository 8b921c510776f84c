#pragma once

#include "api/customers.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/theme.h"

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

/// "Regular".
[[nodiscard]] QString tierWord(const QString &tier);
[[nodiscard]] QString customerWord(const api::CustomerRow &row);
/// "CP" for Camille Perrin.
[[nodiscard]] QString initialsOf(const QString &name);

} // namespace ui
