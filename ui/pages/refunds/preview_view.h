#pragma once

#include "api/operators.h"
#include "ui/pages/refunds/refund_parts.h"

#include <QTimer>

class QHBoxLayout;
class QPushButton;

namespace ui {

/// What a command that moves money would do.
struct PreviewWords {
    QList<api::RefundEntry> entries;
    QString customerName;
    QString language;     // of the customer: "fr"
    QString customerText; // what they will read; empty: nothing
    QString operatorText;
    QString silence;    // why they read nothing
    QString rule;       // who has to agree, in a sentence
    QString ruleDetail; // English, of the server
};

/// The exact entries with the balances before and after, the message to the customer in both
/// languages, and the rule that decided who may.
class PreviewView final : public QWidget {
    Q_OBJECT

public:
    explicit PreviewView(QWidget *parent = nullptr);
    void showPreview(const PreviewWords &words);

private:
    TokenLabel *addMessageBox(QHBoxLayout &row, TokenLabel *title, Token fill);

    EntriesTable *m_entries = nullptr;
    TokenLabel *m_noEntries = nullptr;
    TokenLabel *m_theirLanguage = nullptr;
    TokenLabel *m_theirText = nullptr;
    TokenLabel *m_myText = nullptr;
    Panel *m_rule = nullptr;
    TokenLabel *m_ruleWords = nullptr;
    TokenLabel *m_ruleText = nullptr;
};

/// In the foot of a dialog: how long a preview is good for, the first digits of its hash, and a
/// button that asks for a new one.
class PreviewAge final : public QWidget {
    Q_OBJECT

public:
    /// `name` is the dialog's, for tests.
    PreviewAge(const QString &name, const core::Clock &clock, QWidget *parent = nullptr);
    void begin(const QString &hash);
    [[nodiscard]] bool isExpired() const;
    void setWaiting(bool isWaiting);

Q_SIGNALS:
    /// Each second, and when it begins.
    void ticked();
    void recalculateAsked();

private:
    void tick();

    const core::Clock &m_clock;
    Timestamp m_begunAt;
    TokenLabel *m_valid = nullptr;
    TokenLabel *m_hash = nullptr;
    QPushButton *m_recalculate = nullptr;
    QTimer m_timer;
};

} // namespace ui
