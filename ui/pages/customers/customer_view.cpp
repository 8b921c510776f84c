#include "ui/pages/customers/customer_view.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/customers/customer_words.h"
#include "ui/pages/ledger/ledger_words.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"
#include "ui/support/reveal_dialog.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kReloadDelay = 500ms;
constexpr int kRowPx = 32;
constexpr int kLedgerRowPx = 26;
constexpr int kAvatarPx = 38;
constexpr int kMessagePx = 132;

QList<api::FilterTerm> termsOf(CustomerId customer)
{
    return {{.field = QStringLiteral("customer"),
             .comparison = api::FilterTerm::Comparison::Is,
             .value = QString::number(customer.value)}};
}

/// Initials in a circle.
class Avatar final : public QLabel {
public:
    Avatar()
    {
        setFixedSize(px(kAvatarPx), px(kAvatarPx));
        setFont(textFont(TextSize::Body, QFont::DemiBold));
        setAlignment(Qt::AlignCenter);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::current()[Token::Hover]);
        painter.drawEllipse(rect());
        painter.setPen(Theme::current()[Token::Text]);
        painter.setFont(font());
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
};

} // namespace

CustomerView::CustomerView(const api::Backend &backend, Display &display, QWidget *parent)
    : QWidget(parent)
    , m_customers(backend.customers)
    , m_session(backend.session)
    , m_commands(backend.commands)
    , m_display(display)
    , m_stack(new QStackedWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead(*column);
    buildTabs(*column);
    buildTimeline(backend);
    buildMoney(backend);
    buildCalls(backend);
    buildMessages(backend);
    column->addWidget(m_stack, 1);
    connect(&backend.changes, &api::Changes::changed, this, &CustomerView::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &CustomerView::reload);
    connect(&display, &Display::changed, this, [this] {
        pane().table().viewport()->update();
        load();
    });
    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(kReloadDelay);
    connect(&m_reloadTimer, &QTimer::timeout, this, &CustomerView::reload);
}

FigureLabel *CustomerView::addFigure(QHBoxLayout &row, const QString &label)
{
    auto *block = new QVBoxLayout;
    block->setSpacing(px(2));
    auto *name = new TokenLabel(TextSize::Small, Token::Muted);
    name->setText(label);
    auto *value = new FigureLabel(textFont(TextSize::Section, QFont::DemiBold));
    value->setAccessibleDescription(label);
    value->setText(QString(kDash));
    block->addWidget(name, 0, Qt::AlignRight);
    block->addWidget(value, 0, Qt::AlignRight);
    row.addLayout(block);
    return value;
}

void CustomerView::buildHead(QVBoxLayout &column)
{
    auto *head = new Panel(Token::Surface);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(16), px(12), px(20), px(8));
    row->setSpacing(px(12));
    auto *back = makeIconButton(QStringLiteral("arrow-left"), tr("All customers (Alt+Left)"), head);
    back->setObjectName(QStringLiteral("page.customers.action.back"));
    connect(back, &QToolButton::clicked, this, &CustomerView::backAsked);
    m_avatar = new Avatar;
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    auto *first = new QHBoxLayout;
    first->setSpacing(px(10));
    m_name = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    m_status = new StateLabel;
    first->addWidget(m_name);
    first->addWidget(m_status);
    first->addStretch(1);
    m_facts = new TokenLabel(TextSize::Small, Token::Muted);
    words->addLayout(first);
    words->addWidget(m_facts);
    row->addWidget(back);
    row->addWidget(m_avatar);
    row->addLayout(words, 1);
    auto *figures = new QHBoxLayout;
    figures->setSpacing(px(20));
    m_available = addFigure(*figures, tr("Available"));
    m_held = addFigure(*figures, tr("Held"));
    m_debt = addFigure(*figures, tr("Debt"));
    m_spend = addFigure(*figures, tr("Spend 30 d"));
    m_refunds = addFigure(*figures, tr("Refunds 30 d"));
    row->addLayout(figures);
    addCommands(*row);
    column.addWidget(head);
    auto *planPanel = new Panel(Token::Surface);
    auto *plan = new QHBoxLayout(planPanel);
    plan->setContentsMargins(px(20), 0, px(20), px(6));
    plan->setSpacing(px(8));
    m_plan = new TokenLabel(TextSize::Small, Token::Text);
    m_plan->setObjectName(QStringLiteral("page.customers.plan"));
    m_plan->setWordWrap(true);
    plan->addWidget(new IconLabel(QStringLiteral("calendar-clock"), Token::Muted, 15));
    plan->addWidget(m_plan, 1);
    m_refundPlan = new QPushButton(tr("Refund plan"));
    m_refundPlan->setProperty("kind", QStringLiteral("link"));
    m_refundPlan->setObjectName(QStringLiteral("page.customers.action.refundPlan"));
    m_refundPlan->setAccessibleName(tr("Refund what was paid for the plan"));
    m_refundPlan->setToolTip(
        tr("Of what was paid for this period. Periods before it are in the tab Money."));
    m_refundPlan->hide();
    connect(m_refundPlan, &QPushButton::clicked, this, [this] {
        if (m_planPayment)
            Q_EMIT planRefundAsked(*m_planPayment);
    });
    plan->addWidget(m_refundPlan);
    column.addWidget(planPanel);
}

void CustomerView::addCommands(QHBoxLayout &row)
{
    m_refund = makeButton(QStringLiteral("undo"), Token::Text, tr("Refund"));
    m_refund->setObjectName(QStringLiteral("page.customers.action.refund"));
    m_refund->setAccessibleName(tr("Refund the selected call or payment of a plan"));
    m_refund->setToolTip(tr("Refund the selected call or payment of a plan (Ctrl+R)"));
    connect(m_refund, &QPushButton::clicked, this, &CustomerView::askRefund);
    m_number = makeButton(QStringLiteral("eye"), Token::Text, tr("Show number"));
    m_number->setObjectName(QStringLiteral("page.customers.action.number"));
    m_number->setAccessibleName(tr("Show the customer's own number"));
    connect(m_number, &QPushButton::clicked, this, &CustomerView::askNumber);
    row.addSpacing(px(4));
    row.addWidget(m_number);
    row.addWidget(m_refund);
}

void CustomerView::buildTabs(QVBoxLayout &column)
{
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(12), 0, px(20), 0);
    m_tabs = new TabRow;
    m_tabs->setObjectName(QStringLiteral("page.customers.tabs"));
    m_tabs->setAccessibleName(tr("What to show of the customer"));
    m_tabs->addTab(tr("Timeline"));
    m_tabs->addTab(tr("Money"));
    m_tabs->addTab(tr("Calls"));
    m_tabs->addTab(tr("Messages"));
    row->addWidget(m_tabs, 0, Qt::AlignBottom);
    row->addStretch(1);
    column.addWidget(panel);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stackIndex = tab;
        m_stack->setCurrentIndex(tab);
        pane().table().setFocus();
        Q_EMIT stateChanged();
    });
}

TablePane *CustomerView::addPane(WindowedModel &model, const QList<FilterField> &fields,
                                 const PaneWords &words, const QList<ColumnSpec> &columns,
                                 int rowPx)
{
    auto *pane = new TablePane(model, fields, words);
    pane->setObjectNames(QStringLiteral("page.customers.") + words.fileName);
    pane->setColumns(columns, rowPx);
    connect(pane, &TablePane::stateChanged, this, [this, pane, &model] {
        showFoot(*pane, model);
        Q_EMIT stateChanged();
    });
    m_panes.append(pane);
    return pane;
}

void CustomerView::buildTimeline(const api::Backend &backend)
{
    m_timeline = new TimelineModel(backend.customers, m_display, this);
    m_stack->addWidget(addPane(*m_timeline, timelineFilterFields(),
                               {.iconName = QStringLiteral("clock"),
                                .purpose = tr("Nothing has happened with this customer yet"),
                                .filterHint = tr("kind:messages, money, calls or deposits"),
                                .tableName = tr("Timeline"),
                                .fileName = QStringLiteral("timeline")},
                               TimelineModel::columns(), kRowPx));
}

void CustomerView::buildMoney(const api::Backend &backend)
{
    m_ledger = new LedgerModel(backend.ledger, m_display, this);
    m_stack->addWidget(addPane(*m_ledger, ledgerFilterFields(backend.ledger),
                               {.iconName = QStringLiteral("ledger"),
                                .purpose = tr("No money of this customer has moved yet"),
                                .filterHint = tr("account, kind, amount, id, since"),
                                .tableName = tr("Postings"),
                                .fileName = QStringLiteral("money")},
                               LedgerModel::columns(), kLedgerRowPx));
}

void CustomerView::buildCalls(const api::Backend &backend)
{
    m_calls = new CallsModel(backend.calls, m_display, this);
    m_stack->addWidget(addPane(*m_calls, CallsModel::filterFields(backend.calls),
                               {.iconName = QStringLiteral("phone"),
                                .purpose = tr("This customer has not called anybody yet"),
                                .filterHint = tr("state, region, language, script, cost, since"),
                                .tableName = tr("Calls"),
                                .fileName = QStringLiteral("calls")},
                               CallsModel::columns(), kRowPx));
}

void CustomerView::buildMessages(const api::Backend &backend)
{
    const auto who = backend.session.current();
    m_messages = new MessagesModel(backend.customers, who ? who->language : QStringLiteral("en"),
                                   m_display, this);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    TablePane *pane = addPane(*m_messages, {},
                              {.iconName = QStringLiteral("message"),
                               .purpose = tr("Nothing has been said yet"),
                               .filterHint = tr("words of a message"),
                               .tableName = tr("Messages"),
                               .fileName = QStringLiteral("messages")},
                              MessagesModel::columns(), kRowPx);
    column->addWidget(pane, 1);
    auto *message = new Panel(Token::Surface, Qt::TopEdge);
    message->setMinimumHeight(px(kMessagePx));
    auto *row = new QHBoxLayout(message);
    row->setContentsMargins(px(20), px(12), px(20), px(12));
    row->setSpacing(px(20));
    const auto add = [&](const QString &title, Token tone) {
        auto *block = new QVBoxLayout;
        auto *name = new TokenLabel(TextSize::Small, Token::Muted);
        name->setText(title);
        auto *text = new TokenLabel(TextSize::Body, tone);
        text->setWordWrap(true);
        text->setAlignment(Qt::AlignLeading | Qt::AlignTop);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        block->addWidget(name);
        block->addWidget(text, 1);
        row->addLayout(block, 1);
        return text;
    };
    m_messageShown = add(tr("What they saw"), Token::Text);
    m_messageKey = add(tr("Source"), Token::Text);
    m_messageMine = add(tr("In my language"), Token::Text);
    m_messageKey->setFont(codeFont());
    message->hide();
    m_message = message;
    column->addWidget(message);
    connect(&pane->table(), &SmartTable::objectSelected, this, &CustomerView::showMessage);
    m_stack->addWidget(page);
}

void CustomerView::showMessage()
{
    const api::MessageRow *row =
        m_messages->rowOfId(m_panes[MessagesTab]->table().selectedObject());
    m_message->setVisible(row != nullptr);
    if (row == nullptr)
        return;
    m_messageShown->setText(row->shown);
    m_messageKey->setText(row->key.isEmpty() ? QString(kDash) : row->key);
    m_messageMine->setText(row->mine.isEmpty() ? QString(kDash) : row->mine);
}

void CustomerView::showFoot(TablePane &pane, const WindowedModel &model)
{
    const QString total = formatTotal(model.total(), model.isTotalExact());
    const QString words = model.total() == 1 ? tr("1 row") : tr("%1 rows").arg(total);
    pane.setFoot(model.readAt() ? words : QString(), {});
}

// ---- data

void CustomerView::showCustomer(CustomerId customer)
{
    m_customer = customer;
    m_name->setText({});
    m_facts->setText({});
    m_plan->setText({});
    m_planPayment.reset();
    m_refundPlan->hide();
    m_status->setState({}, {}, Token::Muted);
    for (TablePane *pane : std::as_const(m_panes)) {
        pane->filter().clear();
        pane->table().clearChoice();
        pane->setBaseTerms(termsOf(customer));
    }
    load();
}

void CustomerView::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void CustomerView::reload()
{
    if (m_customer == CustomerId{})
        return;
    for (TablePane *pane : std::as_const(m_panes))
        pane->reload();
    load();
}

PageState CustomerView::state() const
{
    return pane().state();
}

void CustomerView::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> calls;
    QList<qint64> transfers;
    bool concernsUs = false;
    for (const core::Change &change : changes) {
        const bool isOurs = change.topic == Topic::Wallet || change.topic == Topic::Customer;
        concernsUs = concernsUs || (isOurs && change.id == m_customer.value);
        if (change.topic == Topic::Call)
            calls.append(change.id);
        if (change.topic == Topic::Transfer)
            transfers.append(change.id);
    }
    if (!isVisible())
        return;
    if (!calls.isEmpty())
        m_calls->noteChanged(calls);
    if (!transfers.isEmpty())
        m_ledger->noteChanged(transfers);
    if (concernsUs && !m_reloadTimer.isActive())
        m_reloadTimer.start();
}

void CustomerView::load()
{
    if (m_customer == CustomerId{})
        return;
    whenReady(m_customers.loadCustomer(m_customer), this,
              [this, asked = m_customer](const Result<api::CustomerDetail> &detail) {
                  if (asked != m_customer)
                      return;
                  if (detail)
                      showDetail(*detail);
                  else
                      showHeadFailure(detail.error());
              });
}

void CustomerView::showHeadFailure(const core::Error &error)
{
    m_name->setText(QString::number(m_customer.value));
    m_facts->setText(sentenceOf(error.code));
}

void CustomerView::showDetail(const api::CustomerDetail &detail)
{
    const api::CustomerRow &row = detail.row;
    m_name->setText(customerWord(row));
    m_avatar->setText(initialsOf(row.name));
    const CustomerStatusWords status = wordsOf(row.status);
    m_status->setState(status.iconName, status.word, status.tone);
    QStringList facts = {QString::number(row.id.value), languageWord(row.language)};
    if (!row.tier.isEmpty())
        facts << tierWord(row.tier);
    const QTimeZone zone(detail.timeZone.toUtf8());
    if (!detail.timeZone.isEmpty() && zone.isValid())
        facts << tr("%1 in %2")
                     .arg(formatMoment(m_display.now(), m_display.now(), zone).time.left(5),
                          detail.timeZone.section(u'/', -1).replace(u'_', u' '));
    facts << tr("since %1").arg(formatFullMoment(row.createdAt, m_display.zone()).left(10));
    m_facts->setText(facts.join(QStringLiteral("   ")));
    const bool isUnpaid = detail.plan && detail.plan->state == QLatin1String("grace");
    m_plan->setText(planWords(detail.plan, m_display.zone()));
    m_plan->setToken(isUnpaid ? Token::Warn : detail.plan ? Token::Text : Token::Muted);
    m_planPayment = detail.plan ? detail.plan->transfer : std::nullopt;
    m_refundPlan->setVisible(m_planPayment && may(m_session, "refund.request"));
    m_available->setText(formatMoney(row.available));
    m_held->setText(formatMoney(row.held));
    m_debt->setText(formatMoney(row.debt));
    m_debt->setToken(row.debt.isZero() ? Token::Muted : Token::Bad);
    m_spend->setText(formatMoney(row.spend30d));
    m_refunds->setText(formatMoney(row.refunds30d));
    m_tabs->setCount(CallsTab, detail.calls, true, Token::Muted);
    m_refund->setVisible(may(m_session, "refund.request"));
    offer(*m_number, whyNot(m_session, "reveal.number"));
}

// ---- refund

std::optional<api::CallId> CustomerView::selectedCall() const
{
    const qint64 selected = pane().table().selectedObject();
    if (m_stackIndex == CallsTab) {
        const api::CallRow *row = m_calls->rowOfId(selected);
        return row != nullptr ? std::optional(row->id) : std::nullopt;
    }
    if (m_stackIndex != TimelineTab)
        return std::nullopt;
    const api::TimelineRow *row = m_timeline->rowOfId(selected);
    if (row != nullptr && row->kind == api::TimelineRow::Kind::Call)
        return api::CallId{row->object};
    return std::nullopt;
}

std::optional<TransferId> CustomerView::selectedPlanPayment() const
{
    const api::TransferRow *row =
        m_stackIndex == MoneyTab ? m_ledger->rowOfId(pane().table().selectedObject()) : nullptr;
    return row != nullptr && row->kind == QLatin1String("plan") ? std::optional(row->id)
                                                                : std::nullopt;
}

/// Without a call or a plan's payment chosen there is nothing to refund yet: the calls are shown to
/// choose from.
void CustomerView::askRefund()
{
    if (m_refund->isHidden())
        return;
    if (const auto call = selectedCall())
        return Q_EMIT refundAsked(*call);
    if (const auto payment = selectedPlanPayment())
        return Q_EMIT planRefundAsked(*payment);
    showTab(CallsTab);
}

void CustomerView::askNumber()
{
    auto *dialog = new RevealDialog(tr("Show the number of %1").arg(m_name->text()),
                                    QStringLiteral("reveal.number"),
                                    {{"customer", m_customer.value}}, m_commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace ui
