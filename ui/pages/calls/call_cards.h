#pragma once

#include "api/calls.h"
#include "ui/support/display.h"
#include "ui/support/figures.h"
#include "ui/support/parts.h"

class QHBoxLayout;

namespace ui {

/// What a call costs and how far its money reaches.
class MoneyCard final : public QWidget {
    Q_OBJECT

public:
    explicit MoneyCard(const Display &display, QWidget *parent = nullptr);
    void showCall(const api::CallRow &row, Timestamp now);

private:
    class Bar;
    struct Value {
        TokenLabel *label = nullptr;
        FigureLabel *value = nullptr;
        TokenLabel *unit = nullptr;
    };
    Value addValue(QHBoxLayout &row, TextSize size, QFont::Weight weight);

    const Display &m_display;
    Value m_spent;
    Value m_hold;
    Value m_rate;
    Value m_stops;
    Bar *m_bar = nullptr;
};

/// What the guards said: a tick a rule, and in words whatever did not pass.
class VerdictCard final : public QWidget {
    Q_OBJECT

public:
    explicit VerdictCard(QWidget *parent = nullptr);
    void showVerdict(const api::GuardVerdict &verdict);

private:
    class Strip;
    IconLabel *m_icon = nullptr;
    TokenLabel *m_word = nullptr;
    TokenLabel *m_counts = nullptr;
    TokenLabel *m_policy = nullptr;
    Strip *m_strip = nullptr;
    TokenLabel *m_words = nullptr;
};

} // namespace ui
