#include "ui/pages/calls/live_calls_page.h"

#include "ui/pages/calls/call_dialogs.h"
#include "ui/pages/calls/call_words.h"
#include "ui/support/format.h"
#include "ui/support/reveal_dialog.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QShortcut>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kTickInterval = 1s;
constexpr int kRowPx = 32;

enum Tab {
    Live,
    History,
};

QList<api::FilterTerm> termsOf(int tab)
{
    if (tab == History)
        return {};
    return {{.field = QStringLiteral("live"),
             .comparison = api::FilterTerm::Comparison::Is,
             .value = QStringLiteral("yes")}};
}

} // namespace

LiveCallsPage::LiveCallsPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("live_calls"), tr("Live calls"), QStringLiteral("phone-call"), parent)
    , m_calls(backend.calls)
    , m_session(backend.session)
    , m_commands(backend.commands)
    , m_display(display)
    , m_model(new CallsModel(backend.calls, display, this))
    , m_tabs(new TabRow)
    , m_strip(new OutboundStrip(backend))
{
    m_tabs->addTab(tr("Live"));
    m_tabs->addTab(tr("Calls history"));
    m_tabs->setAccessibleName(tr("Which calls"));
    m_tabs->setObjectName(objectName() + QStringLiteral(".tabs"));
    auto *tabPanel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *tabLayout = new QHBoxLayout(tabPanel);
    tabLayout->setContentsMargins(px(12), 0, px(20), 0);
    tabLayout->addWidget(m_tabs, 0, Qt::AlignBottom);
    tabLayout->addStretch(1);
    tabLayout->addWidget(m_strip);

    auto *pane =
        new TablePane(*m_model, CallsModel::filterFields(backend.calls),
                      {.iconName = QStringLiteral("phone-call"),
                       .purpose = tr("Calls appear here as soon as a customer asks for one"),
                       .filterHint = tr("state, customer, region, language, script, cost"),
                       .tableName = tr("Calls"),
                       .fileName = QStringLiteral("calls")});
    pane->setColumns(CallsModel::columns(), kRowPx);
    build(pane, tabPanel);
    connectAll(backend);
    addShortcuts();
    pane->setBaseTerms(termsOf(Live));
}

void LiveCallsPage::connectAll(const api::Backend &backend)
{
    connect(m_tabs, &QTabBar::currentChanged, this, &LiveCallsPage::chooseTab);
    connect(&pane(), &TablePane::stateChanged, this, &LiveCallsPage::showFoot);
    connect(m_strip, &OutboundStrip::outboundChanged, this, &LiveCallsPage::showCount);
    connect(&pane().table(), &SmartTable::objectSelected, this, &LiveCallsPage::showFoot);
    connect(&m_display, &Display::changed, this, [this] {
        pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &LiveCallsPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] { reload(); });
    connect(&backend.changes, &api::Changes::lost, this,
            [this] { m_model->setSilentSince(m_display.now()); });
    connect(&backend.changes, &api::Changes::connected, this,
            [this] { m_model->setSilentSince(std::nullopt); });
    connect(&m_tickTimer, &QTimer::timeout, this, &LiveCallsPage::tick);
    m_tickTimer.start(kTickInterval);
}

void LiveCallsPage::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, QWidget *where, auto act) {
        auto *shortcut = new QShortcut(keys, where);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X), this, [this] { askEnd(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_R), this, [this] {
        const api::CallRow *row = m_model->rowOfId(pane().table().selectedObject());
        if (row != nullptr && rights().mayRefund && row->charged.isPositive())
            Q_EMIT refundAsked(row->id);
    });
    add(QKeySequence(Qt::Key_W), &pane().table(), [this] {
        openDrawer();
        if (m_panel)
            m_panel->showTranscript();
    });
}

CallPanel::Rights LiveCallsPage::rights() const
{
    return {.mayEnd = may(m_session, "call.stop"),
            .mayRefund = may(m_session, "refund.request"),
            .noReveal = whyNot(m_session, "reveal.number")};
}

void LiveCallsPage::chooseTab(int tab)
{
    pane().setBaseTerms(termsOf(tab));
}

void LiveCallsPage::showHistory(const QList<api::FilterTerm> &terms)
{
    m_tabs->setCurrentIndex(History);
    pane().filter().setTerms(terms);
}

QStringList LiveCallsPage::scenes() const
{
    return {QString(), QStringLiteral("drawer"), QStringLiteral("end"), QStringLiteral("history")};
}

void LiveCallsPage::showScene(const QString &scene)
{
    m_tabs->setCurrentIndex(scene == QLatin1String("history") ? History : Live);
    qint64 longest = 0; // the call with most to see
    m_model->forEachRow([&](const api::CallRow &row) {
        const bool isTalking = row.state == api::CallState::Talking;
        longest = isTalking && (longest == 0 || row.id.value < longest) ? row.id.value : longest;
    });
    if (longest != 0 && !scene.isEmpty())
        pane().table().selectObject(longest);
    Page::showScene(scene == QLatin1String("history") ? QString() : scene);
    if (scene == QLatin1String("end"))
        askEnd();
}

void LiveCallsPage::showCount()
{
    const qint64 live = m_strip->outbound().liveCalls;
    m_tabs->setCount(Live, live, true, live > 0 ? Token::Info : Token::Muted);
    showFoot();
}

void LiveCallsPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Call)
            ids.append(change.id);
        if (change.topic == Topic::Policy)
            m_strip->reload();
    }
    if (ids.isEmpty())
        return;
    m_model->noteChanged(ids);
    if (isDrawerOpen() && ids.contains(m_shown))
        showObject(m_shown);
}

void LiveCallsPage::tick()
{
    m_model->tick();
    showFoot();
    const api::CallRow *row = m_model->rowOfId(m_shown);
    if (m_panel && isDrawerOpen() && row != nullptr) {
        m_panel->tick(*row, m_model->shownNow());
        showHead(*row);
    }
}

void LiveCallsPage::showFoot()
{
    if (!m_model->readAt())
        return pane().setFoot({}, {});
    qint64 live = 0;
    qint64 waiting = 0;
    qint64 ended = 0;
    Money cost;
    Money held;
    m_model->forEachRow([&](const api::CallRow &row) {
        if (api::isFinal(row.state)) {
            ++ended;
            return;
        }
        ++(row.state == api::CallState::Asked || row.state == api::CallState::Queued ? waiting
                                                                                     : live);
        cost += costOf(row, m_model->shownNow());
        held += row.hold;
    });
    if (m_tabs->currentIndex() == History) {
        const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
        return pane().setFoot(tr("%1 calls").arg(total), {});
    }
    const qint64 most = m_strip->outbound().liveCallsMax;
    QString leading = most > 0 ? tr("%1 live of %2").arg(live).arg(most) : tr("%1 live").arg(live);
    if (waiting > 0)
        leading = tr("%1, %2 waiting").arg(leading).arg(waiting);
    if (ended > 0)
        leading = tr("%1, %2 ended in the last minute").arg(leading).arg(ended);
    pane().setFoot(
        leading,
        tr("about %1 USD cost so far, %2 USD held").arg(formatAbout(cost), formatMoney(held)));
}

// ---- drawer

void LiveCallsPage::closeDrawer()
{
    Page::closeDrawer();
    m_shown = 0;
}

void LiveCallsPage::showObject(qint64 id)
{
    if (m_shown != id || !m_panel) {
        m_shown = id;
        m_panel = new CallPanel(m_display, rights());
        connect(m_panel, &CallPanel::endAsked, this, &LiveCallsPage::askEnd);
        connect(m_panel, &CallPanel::refundAsked, this,
                [this] { Q_EMIT refundAsked(api::CallId{m_shown}); });
        connect(m_panel, &CallPanel::customerAsked, this, [this] {
            if (const api::CallRow *row = m_model->rowOfId(m_shown))
                Q_EMIT customerAsked(row->customer);
        });
        connect(m_panel, &CallPanel::numberAsked, this, [this] {
            askReveal(QStringLiteral("reveal.number"), tr("Show the number of call %1"));
        });
        connect(m_panel, &CallPanel::transcriptAsked, this, [this] {
            askReveal(QStringLiteral("reveal.transcript"), tr("Show what was said in call %1"));
        });
        drawer().setContent(m_panel);
    }
    if (const api::CallRow *row = m_model->rowOfId(id))
        showHead(*row);
    setDetailPending(true);
    whenReady(m_calls.loadCall(api::CallId{id}), this,
              [this, id](const Result<api::CallDetail> &detail) {
                  if (m_shown != id)
                      return setDetailPending(false);
                  if (detail)
                      showDetail(*detail);
                  else
                      drawer().setMessage(sentenceOf(detail.error().code));
                  setDetailPending(false);
              });
}

void LiveCallsPage::showHead(const api::CallRow &row)
{
    const CallStateWords &state = wordsOf(row.state);
    const auto duration = durationOf(row, m_model->shownNow());
    drawer().setHead(callName(row.id),
                     //: A customer, an arrow, a masked phone number, its region.
                     tr("%1  \u2192  %2  %3").arg(row.customerName, row.callee, row.region));
    drawer().setState(state.iconName,
                      duration ? state.word + u' ' + formatDuration(*duration) : state.word,
                      state.tone);
}

void LiveCallsPage::showDetail(const api::CallDetail &detail)
{
    showHead(detail.row);
    if (m_panel)
        m_panel->showDetail(detail, m_model->shownNow());
}

void LiveCallsPage::askEnd()
{
    const api::CallRow *row = m_model->rowOfId(pane().table().selectedObject());
    if (row == nullptr || api::isFinal(row->state) || !rights().mayEnd)
        return;
    auto *dialog = new EndCallDialog(*row, m_commands, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this,
            [this, id = row->id.value] { m_model->noteChanged({id}); });
    dialog->open();
}

void LiveCallsPage::askReveal(const QString &kind, const QString &title)
{
    auto *dialog = new RevealDialog(title.arg(callName(api::CallId{m_shown})), kind,
                                    {{"call", m_shown}}, m_commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace ui
