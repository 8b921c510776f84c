#pragma once

#include "api/ledger.h"
#include "core/error.h"
#include "ui/support/display.h"
#include "ui/support/figures.h"
#include "ui/support/parts.h"

class QDateTimeEdit;
class QHBoxLayout;
class QPushButton;

namespace ui {

/// Takes the reader to an instant of the past, and says in yellow that it is one.
class PastBar final : public Panel {
    Q_OBJECT

public:
    explicit PastBar(const Display &display, QWidget *parent = nullptr);
    [[nodiscard]] bool isPast() const { return m_isPast; }
    /// To that instant; momentAsked() follows.
    void goTo(Timestamp at);
    /// Back to now; leftPast() follows when it was in the past.
    void leave();
    void showBalance(const api::PastBalance &balance);
    void showFailure(const core::Error &error);

Q_SIGNALS:
    void momentAsked(Timestamp at);
    void leftPast();

private:
    FigureLabel *addValue(QHBoxLayout &row, const QString &label);
    void ask();
    void showParts();

    const Display &m_display;
    bool m_isPast = false;
    QPushButton *m_enter = nullptr;
    TokenLabel *m_words = nullptr;
    QDateTimeEdit *m_at = nullptr;
    QWidget *m_values = nullptr;
    FigureLabel *m_available = nullptr;
    FigureLabel *m_held = nullptr;
    FigureLabel *m_debt = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_back = nullptr;
};

} // namespace ui
