#include "ui/pages/refunds/rules_view.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/pages/refunds/rules_dialog.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

namespace {

constexpr int kRulesWidthPx = 760;
constexpr int kWhoWidthPx = 350;
constexpr int kHistoryWidthPx = 400;

QScrollArea *makeArea(const QString &name)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setBackgroundRole(QPalette::Base);
    area->setAccessibleName(name);
    return area;
}

void addTitle(QVBoxLayout &column, const QString &words)
{
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(words);
    if (column.count() > 0)
        column.addSpacing(px(22));
    column.addWidget(title);
    column.addSpacing(px(6));
}

/// A case, and who decides it, or how much.
void addRule(QVBoxLayout &column, const QString &words, const QString &who)
{
    auto *line = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, px(8), 0, px(9));
    auto *left = new TokenLabel(TextSize::Body, Token::Text);
    left->setText(words);
    left->setWordWrap(true);
    auto *right = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    right->setText(who);
    right->setWordWrap(true);
    right->setFixedWidth(px(kWhoWidthPx));
    row->addWidget(left, 1);
    row->addWidget(right);
    column.addWidget(line);
}

QString valueIn(const api::RefundRulesVersion &rules, const char *name)
{
    const QList<api::RefundLimit> &limits = api::refundLimits();
    for (qsizetype i = 0; i < limits.size(); ++i) {
        if (limits[i].name == QLatin1String(name))
            return limitValue(limits[i], rules.limits.value(i));
    }
    return {};
}

} // namespace

RulesView::RulesView(const api::Backend &backend, const Display &display, QWidget *parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_display(display)
{
    setObjectName(QStringLiteral("page.refunds.rules"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new StatePane(build());
    column->addWidget(m_states);
    connect(m_states, &StatePane::retryAsked, this, &RulesView::reload);
    connect(&display, &Display::changed, this, [this] {
        if (!m_versions.isEmpty())
            showHistory();
    });
}

QWidget *RulesView::build()
{
    auto *content = new Panel(Token::Surface);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(20), px(8), px(20), px(9));
    m_inForce = new TokenLabel(TextSize::Body, Token::Muted);
    m_change = makeButton(QStringLiteral("pencil"), Token::Text, tr("Change rules"));
    m_change->setObjectName(objectName() + QStringLiteral(".change"));
    offer(*m_change, whyNot(m_backend.session, "policy.refund_rules"));
    connect(m_change, &QPushButton::clicked, this, &RulesView::change);
    row->addWidget(m_inForce, 1);
    row->addWidget(m_change);
    column->addWidget(head);
    auto *panes = new QHBoxLayout;
    panes->setSpacing(0);
    m_rules = makeArea(tr("Rules in force"));
    m_history = makeArea(tr("Versions of the rules"));
    auto *side = new Panel(Token::Surface, Qt::LeftEdge);
    side->setFixedWidth(px(kHistoryWidthPx));
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(1, 0, 0, 0);
    sideColumn->addWidget(m_history);
    panes->addWidget(m_rules, 1);
    panes->addWidget(side);
    column->addLayout(panes, 1);
    return content;
}

void RulesView::reload()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_states->setLoading();
    whenReady(m_backend.refunds.loadRules(), this,
              [this](const Result<QList<api::RefundRulesVersion>> &versions) { take(versions); });
}

void RulesView::take(const Result<QList<api::RefundRulesVersion>> &versions)
{
    m_isReading = false;
    if (!versions) {
        m_states->setFailed(versions.error());
    } else if (versions->isEmpty()) {
        m_states->setEmpty(QStringLiteral("scale"), tr("Who has to agree to a refund stands here"));
    } else {
        m_versions = *versions;
        showRules();
        showHistory();
        m_states->setReady();
    }
    Q_EMIT settledChanged();
}

void RulesView::showRules()
{
    const api::RefundRulesVersion &rules = m_versions.first();
    const auto value = [&](const char *name) { return valueIn(rules, name); };
    auto *box = new QWidget;
    box->setBackgroundRole(QPalette::Base);
    auto *outer = new QHBoxLayout(box);
    outer->setContentsMargins(px(20), px(18), px(20), px(20));
    auto *inner = new QWidget;
    inner->setMaximumWidth(px(kRulesWidthPx));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addTitle(*column, tr("Who agrees to a refund"));
    addRule(*column, tr("Up to %1").arg(value("small")), tr("Nobody else"));
    addRule(*column, tr("Up to %1").arg(value("middle")), tr("A Senior or Finance"));
    addRule(*column, tr("Up to %1").arg(value("large")), tr("Finance"));
    addRule(*column, tr("Over %1").arg(value("large")), tr("A Senior or Finance, then Finance"));
    addRule(*column, tr("Of a call older than %1").arg(value("old_cause_days")), tr("Finance"));
    addRule(*column,
            tr("After %1 refunds to one customer in %2")
                .arg(value("customer_refunds"), value("customer_days")),
            tr("Finance"));
    addRule(*column, tr("Nobody decides in %1").arg(value("waits_hours")),
            tr("The request expires"));
    addTitle(*column, tr("Given back alone by one person in a day"));
    addRule(*column, tr("Support"), value("day_support"));
    addRule(*column, tr("Senior"), value("day_senior"));
    addRule(*column, tr("Finance"), value("day_finance"));
    addTitle(*column, tr("Given back by itself, where the provider failed"));
    addRule(*column, tr("Of one call"), value("automatic_each"));
    addRule(*column, tr("To one customer in a day"), value("automatic_customer_day"));
    addRule(*column, tr("To all customers in a day"), value("automatic_day"));
    addTitle(*column, tr("Always"));
    addRule(*column, tr("An adjustment; a refund or a deposit taken back"),
            tr("Two people, the second Finance"));
    addRule(*column, tr("A payout"), tr("Two others, the second Finance; sent a day later"));
    addRule(*column, tr("What one asked for oneself"), tr("Always somebody else"));
    column->addStretch(1);
    outer->addWidget(inner, 1);
    outer->addStretch(0);
    m_rules->setWidget(box); // deletes the one before
    box->show();
    m_inForce->setText(rules.since
                           ? tr("Version %1, in force since %2 %3")
                                 .arg(rules.version)
                                 .arg(formatFullMoment(*rules.since, m_display.zone()).left(16),
                                      m_display.zoneWord())
                           : tr("Version %1, as shipped").arg(rules.version));
    if (const auto &asked = rules.looserAsked)
        //: %2 is what would change, in the words of the command line.
        m_inForce->setText(tr("%1. %2 asks for looser ones, which take a second person: %3")
                               .arg(m_inForce->text(), asked->by, asked->what));
}

void RulesView::showHistory()
{
    QList<TimelineEvent> events;
    for (qsizetype i = 0; i < m_versions.size(); ++i) {
        const api::RefundRulesVersion &rules = m_versions[i];
        QStringList lines;
        if (i + 1 < m_versions.size())
            lines = limitChanges(m_versions[i + 1].limits, rules.limits);
        if (!rules.reason.isEmpty())
            lines.prepend(rules.changedBy.isEmpty()
                              ? rules.reason
                              : QStringLiteral("%1: %2").arg(rules.changedBy, rules.reason));
        events.append(
            {.time = rules.since ? formatFullMoment(*rules.since, m_display.zone()).left(16)
                                 : QString(),
             .title = tr("Version %1").arg(rules.version),
             .detail = lines.join(u'\n'),
             .iconName = i == 0 ? QStringLiteral("circle-check") : QStringLiteral("circle-dot"),
             .tone = i == 0 ? Token::Good : Token::Muted});
    }
    auto *box = new QWidget;
    box->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(px(16), px(18), px(16), px(16));
    column->setSpacing(px(12));
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(tr("History"));
    column->addWidget(title);
    column->addWidget(new Timeline(events));
    column->addStretch(1);
    m_history->setWidget(box); // deletes the one before
    box->show();
}

RulesDialog *RulesView::change()
{
    if (m_versions.isEmpty())
        return nullptr;
    auto *dialog = new RulesDialog(m_versions.first(), m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &RulesView::reload);
    dialog->show();
    return dialog;
}

} // namespace ui
