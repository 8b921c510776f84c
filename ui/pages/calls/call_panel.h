#pragma once

#include "ui/pages/calls/call_cards.h"
#include "ui/pages/calls/transcript_view.h"

class QPushButton;
class QStackedWidget;

class QVBoxLayout;

namespace ui {

/// One call in the drawer: commands, money, verdict, and below them what is said. Kept while its
/// call goes on, so that focus and place stay where they are.
class CallPanel final : public QWidget {
    Q_OBJECT

public:
    struct Rights {
        bool mayEnd = false;
        bool mayRefund = false;
        QString noReveal = {}; // why this person may not; empty: they may
    };

    CallPanel(const Display &display, Rights rights, QWidget *parent = nullptr);
    void showDetail(const api::CallDetail &detail, Timestamp now);
    /// A second has passed.
    void tick(const api::CallRow &row, Timestamp now);
    void showTranscript();

Q_SIGNALS:
    void endAsked();
    void refundAsked();
    void customerAsked();
    void numberAsked();
    void transcriptAsked();

private:
    void buildCommands(QVBoxLayout &column);
    void buildReveals(QVBoxLayout &column);
    void buildTabs(QVBoxLayout &column);
    void showFollowing();
    void showFacts(const api::CallDetail &detail);
    void showCommands(const api::CallRow &row);
    void showSilence(const api::CallRow &row, Timestamp now);

    const Display &m_display;
    Rights m_rights;
    QPushButton *m_end = nullptr;
    QPushButton *m_refund = nullptr;
    QPushButton *m_customer = nullptr;
    MoneyCard *m_money = nullptr;
    VerdictCard *m_verdict = nullptr;
    TabRow *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    TranscriptView *m_transcript = nullptr;
    TokenLabel *m_silence = nullptr;
    TokenLabel *m_summary = nullptr;
    QWidget *m_facts = nullptr;
    QWidget *m_events = nullptr;
    IconLabel *m_followIcon = nullptr;
    TokenLabel *m_follow = nullptr;
    std::optional<Timestamp> m_transcriptAt;
    bool m_isFinalTranscript = false;
    bool m_hasWords = false;
};

} // namespace ui
