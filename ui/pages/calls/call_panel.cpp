#include "ui/pages/calls/call_panel.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"
#include "ui/support/rights.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kSilence = 30s;
constexpr int kTranscriptPx = 180;

QFrame *rule()
{
    auto *line = new Panel(Token::Border);
    line->setFixedHeight(1);
    return line;
}

QString iconOfEvent(const QString &kind)
{
    if (kind.contains(QLatin1String("webhook")))
        return QStringLiteral("bolt");
    if (kind.contains(QLatin1String("charge")))
        return QStringLiteral("receipt");
    if (kind.contains(QLatin1String("dial")))
        return QStringLiteral("phone-outgoing");
    return QStringLiteral("circle-dot");
}

QScrollArea *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    content->setBackgroundRole(QPalette::Base);
    area->setWidget(content);
    area->viewport()->setBackgroundRole(QPalette::Base);
    return area;
}

} // namespace

CallPanel::CallPanel(const Display &display, Rights rights, QWidget *parent)
    : QWidget(parent)
    , m_display(display)
    , m_rights(rights)
    , m_money(new MoneyCard(display))
    , m_verdict(new VerdictCard)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildCommands(*column);
    buildReveals(*column);
    column->addWidget(rule());
    column->addWidget(m_money);
    column->addWidget(rule());
    column->addWidget(m_verdict);
    column->addWidget(rule());
    buildTabs(*column);
}

void CallPanel::buildCommands(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(px(16), px(10), px(16), px(12));
    row->setSpacing(px(8));
    const auto add = [&](const QString &name, const QString &iconName, const QString &words,
                         Token tone) {
        auto *button = makeButton(iconName, tone, words);
        button->setObjectName(QStringLiteral("page.live_calls.action.") + name);
        button->setAccessibleName(words);
        row->addWidget(button);
        return button;
    };
    m_end = add(QStringLiteral("end"), QStringLiteral("phone-off"), tr("End call"), Token::Bad);
    m_end->setProperty("kind", QStringLiteral("danger"));
    m_end->setToolTip(tr("End this call (Ctrl+Shift+X)"));
    m_refund = add(QStringLiteral("refund"), QStringLiteral("undo"), tr("Refund"), Token::Text);
    m_refund->setToolTip(tr("Refund this call (Ctrl+R)"));
    m_customer =
        add(QStringLiteral("customer"), QStringLiteral("user"), tr("Customer"), Token::Text);
    row->addStretch(1);
    connect(m_end, &QPushButton::clicked, this, &CallPanel::endAsked);
    connect(m_refund, &QPushButton::clicked, this, &CallPanel::refundAsked);
    connect(m_customer, &QPushButton::clicked, this, &CallPanel::customerAsked);
    column.addLayout(row);
}

/// What is masked here, shown once for a reason.
void CallPanel::buildReveals(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(px(16), 0, px(16), px(12));
    row->setSpacing(px(8));
    const auto add = [&](const QString &name, const QString &words, void (CallPanel::*asked)()) {
        auto *button = makeButton(QStringLiteral("eye"), Token::Text, words);
        button->setObjectName(QStringLiteral("page.live_calls.action.") + name);
        button->setAccessibleName(words);
        offer(*button, m_rights.noReveal);
        connect(button, &QPushButton::clicked, this, asked);
        row->addWidget(button);
    };
    add(QStringLiteral("number"), tr("Show number"), &CallPanel::numberAsked);
    add(QStringLiteral("unmasked"), tr("Show all that was said"), &CallPanel::transcriptAsked);
    row->addStretch(1);
    column.addLayout(row);
}

void CallPanel::buildTabs(QVBoxLayout &column)
{
    auto *tabPanel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *tabRow = new QHBoxLayout(tabPanel);
    tabRow->setContentsMargins(px(8), 0, px(16), 0);
    m_tabs = new TabRow;
    m_tabs->addTab(tr("Transcript"));
    m_tabs->addTab(tr("Provider ids"));
    m_tabs->addTab(tr("History"));
    m_tabs->setAccessibleName(tr("What to show of the call"));
    tabRow->addWidget(m_tabs, 0, Qt::AlignBottom);
    tabRow->addStretch(1);
    column.addWidget(tabPanel);

    auto *spoken = new QWidget;
    auto *spokenColumn = new QVBoxLayout(spoken);
    spokenColumn->setContentsMargins(0, 0, 0, 0);
    spokenColumn->setSpacing(0);
    const auto addWords = [&](Token tone) {
        auto *label = new TokenLabel(TextSize::Body, tone);
        label->setWordWrap(true);
        label->setContentsMargins(px(16), px(10), px(16), px(4));
        label->hide();
        spokenColumn->addWidget(label);
        return label;
    };
    m_summary = addWords(Token::Text);
    m_silence = addWords(Token::Muted);
    m_transcript = new TranscriptView;
    m_transcript->setMinimumHeight(px(kTranscriptPx));
    spokenColumn->addWidget(m_transcript, 1);
    auto *foot = new Panel(Token::Surface, Qt::TopEdge);
    auto *footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(px(16), px(7), px(16), px(7));
    footRow->setSpacing(px(6));
    m_followIcon = new IconLabel(QStringLiteral("circle-dot"), Token::Good, 14);
    m_follow = new TokenLabel(TextSize::Small, Token::Good);
    auto *masked = new TokenLabel(TextSize::Small, Token::Muted);
    masked->setText(tr("Digits of 3 or more are masked"));
    footRow->addWidget(m_followIcon);
    footRow->addWidget(m_follow);
    footRow->addStretch(1);
    footRow->addWidget(masked);
    spokenColumn->addWidget(foot);

    m_facts = new QWidget;
    m_events = new QWidget;
    m_stack = new QStackedWidget;
    m_stack->addWidget(spoken);
    m_stack->addWidget(scrolled(m_facts));
    m_stack->addWidget(scrolled(m_events));
    column.addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_transcript, &TranscriptView::followingChanged, this, &CallPanel::showFollowing);
}

void CallPanel::showTranscript()
{
    m_tabs->setCurrentIndex(0);
    m_transcript->setFocus();
}

void CallPanel::showDetail(const api::CallDetail &detail, Timestamp now)
{
    m_transcriptAt = detail.transcriptAt;
    m_isFinalTranscript = detail.isTranscriptFinal;
    m_hasWords = !detail.transcript.isEmpty();
    m_verdict->showVerdict(detail.verdict);
    m_transcript->showLines(detail.transcript);
    m_summary->setText(detail.summary);
    m_summary->setVisible(!detail.summary.isEmpty());
    showFacts(detail);
    tick(detail.row, now);
}

void CallPanel::tick(const api::CallRow &row, Timestamp now)
{
    m_money->showCall(row, now);
    showCommands(row);
    showSilence(row, now);
    showFollowing();
}

void CallPanel::showCommands(const api::CallRow &row)
{
    m_end->setVisible(m_rights.mayEnd && !api::isFinal(row.state));
    m_end->setEnabled(row.state != api::CallState::Ending);
    m_refund->setVisible(m_rights.mayRefund && row.charged.isPositive());
    m_refund->setEnabled(row.refunded < row.charged);
}

/// Nothing is heard while somebody talks: that is said, since silence looks like a fault.
void CallPanel::showSilence(const api::CallRow &row, Timestamp now)
{
    const bool isTalking = row.state == api::CallState::Talking;
    const Timestamp heardAt = m_transcriptAt.value_or(row.startedAt.value_or(now));
    QString words;
    if (isTalking && now - heardAt > kSilence)
        words = tr("Live text is not available; the final text comes after the call.");
    else if (!m_hasWords && isTalking)
        words = tr("Nothing has been said yet.");
    else if (!m_hasWords && api::isFinal(row.state))
        words = tr("There is no transcript of this call.");
    else if (!m_hasWords)
        words = tr("The transcript begins when somebody answers.");
    m_silence->setText(words);
    m_silence->setVisible(!words.isEmpty());
}

void CallPanel::showFollowing()
{
    const bool isFollowing = m_transcript->isFollowing() && !m_isFinalTranscript;
    m_followIcon->setIcon(isFollowing ? QStringLiteral("circle-dot")
                                      : QStringLiteral("circle-minus"),
                          isFollowing ? Token::Good : Token::Muted);
    m_follow->setToken(isFollowing ? Token::Good : Token::Muted);
    m_follow->setText(m_isFinalTranscript           ? tr("Final text")
                      : m_transcript->isFollowing() ? tr("Following live")
                                                    : tr("Scrolled up"));
}

void CallPanel::showFacts(const api::CallDetail &detail)
{
    const auto moment = [&](const std::optional<Timestamp> &at) {
        return at ? formatFullMoment(*at, m_display.zone()) : QString(kDash);
    };
    const auto id = [](const QString &text) { return text.isEmpty() ? QString(kDash) : text; };
    const auto transfer = [](const std::optional<TransferId> &transfer) {
        return transfer ? QString::number(transfer->value) : QString(kDash);
    };
    delete m_facts->layout();
    qDeleteAll(m_facts->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    auto *grid = new QVBoxLayout(m_facts);
    grid->setContentsMargins(px(16), px(12), px(16), px(12));
    grid->addWidget(makeFacts({
        {.label = tr("Provider call"), .value = id(detail.providerCallId), .isCode = true},
        {.label = tr("Attempt"), .value = id(detail.attemptId), .isCode = true},
        {.label = tr("Hold posting"), .value = transfer(detail.holdTransfer)},
        {.label = tr("Charge posting"), .value = transfer(detail.chargeTransfer)},
        {.label = tr("Ended by"), .value = id(detail.row.reason)},
        {.label = tr("Asked, %1").arg(m_display.zoneWord()), .value = moment(detail.row.askedAt)},
        {.label = tr("Answered"), .value = moment(detail.row.startedAt)},
        {.label = tr("Ended"), .value = moment(detail.row.endedAt)},
    }));
    grid->addStretch(1);

    QList<TimelineEvent> events;
    for (const api::CallEvent &event : detail.events) {
        const MomentWords when = formatMoment(event.at, detail.row.askedAt, m_display.zone());
        events.append({.time = when.date.isEmpty() ? when.time : when.date + u' ' + when.time,
                       .title = event.kind,
                       .detail = event.detail,
                       .iconName = iconOfEvent(event.kind),
                       .tone = Token::Muted});
    }
    delete m_events->layout();
    qDeleteAll(m_events->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    auto *column = new QVBoxLayout(m_events);
    column->setContentsMargins(px(16), px(12), px(16), px(12));
    column->addWidget(new Timeline(events));
    column->addStretch(1);
}

} // namespace ui
