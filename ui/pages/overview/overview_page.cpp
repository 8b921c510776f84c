#include "ui/pages/overview/overview_page.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"
#include "ui/support/when_ready.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kReadInterval = 10s;
constexpr auto kReadDelay = 1s;
constexpr auto kLateAfter = 30min;
constexpr auto kOldWebhook = 10s;
constexpr int kHours = 24;
constexpr int kColumns = 4;

api::FilterTerm is(const QString &field, const QString &value)
{
    return {.field = field, .comparison = api::FilterTerm::Comparison::Is, .value = value};
}

std::chrono::seconds ageOf(Timestamp from, Timestamp now)
{
    return std::max(std::chrono::seconds(0), std::chrono::floor<std::chrono::seconds>(now - from));
}

QString counted(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(formatCount(count));
}

/// Hairlines between tiles: the frame is the border's colour and shows through the gaps.
class HairGrid final : public Panel {
public:
    HairGrid()
        : Panel(Token::Border)
    {
    }
};

/// One line of "Waiting for you".
QWidget *makeWaiting(const QString &iconName, const QString &word, Token tone, const QString &what,
                     const QString &more, const QString &link, QObject *context,
                     const std::function<void()> &act)
{
    auto *line = new Panel(Token::Surface, Qt::TopEdge);
    line->setFixedHeight(px(33));
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(px(14), 1, px(14), 0);
    auto *stateBox = new QWidget;
    stateBox->setFixedWidth(px(140));
    auto *stateRow = new QHBoxLayout(stateBox);
    stateRow->setContentsMargins(0, 0, 0, 0);
    auto *state = new StateLabel;
    state->setState(iconName, word, tone);
    stateRow->addWidget(state);
    stateRow->addStretch(1);
    auto *text = new TokenLabel;
    text->setText(what);
    auto *details = new TokenLabel(TextSize::Body, Token::Muted);
    details->setText(more);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    details->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *linkBox = new QWidget;
    linkBox->setFixedWidth(px(120));
    auto *linkRow = new QHBoxLayout(linkBox);
    linkRow->setContentsMargins(0, 0, 0, 0);
    auto *button = new QPushButton(link);
    button->setProperty("kind", QStringLiteral("link"));
    button->setAccessibleName(link);
    if (link.isEmpty())
        button->hide(); // never shown here: it would be a window of its own before it has a parent
    QObject::connect(button, &QPushButton::clicked, context, act);
    row->addWidget(stateBox);
    row->addWidget(text, 2);
    row->addWidget(details, 2);
    linkRow->addWidget(button, 0, Qt::AlignRight);
    row->addWidget(linkBox);
    return line;
}

} // namespace

OverviewPage::OverviewPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("overview"), tr("Overview"), QStringLiteral("overview"), parent)
    , m_overview(backend.overview)
    , m_translations(backend.translations)
    , m_display(display)
{
    m_states = new StatePane(build());
    buildWith(m_states);
    connect(m_states, &StatePane::retryAsked, this, &OverviewPage::reload);
    connect(&display, &Display::changed, this, &OverviewPage::reload);
    connect(&backend.changes, &api::Changes::changed, this, &OverviewPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &OverviewPage::reload);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kReadDelay);
    connect(&m_delay, &QTimer::timeout, this, &OverviewPage::reload);
    connect(&m_interval, &QTimer::timeout, this, &OverviewPage::reload);
    m_interval.start(kReadInterval);
    reload();
}

QWidget *OverviewPage::build()
{
    auto *content = new Panel(Token::Surface);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(px(20), px(14), px(20), px(20));
    column->setSpacing(px(14));
    auto *head = new QHBoxLayout;
    m_range = new TokenLabel(TextSize::Body, Token::Muted);
    auto *again = makeButton(QStringLiteral("refresh"), Token::Text, tr("Reload"));
    again->setObjectName(QStringLiteral("page.overview.action.reload"));
    again->setAccessibleName(tr("Reload (F5)"));
    connect(again, &QPushButton::clicked, this, &OverviewPage::reload);
    head->addWidget(m_range);
    head->addStretch(1);
    head->addWidget(again);
    column->addLayout(head);
    column->addWidget(buildTiles());
    m_chart = new CallsChart(m_display);
    column->addWidget(m_chart, 1);
    auto *waiting =
        new Panel(Token::Surface, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *waitingColumn = new QVBoxLayout(waiting);
    waitingColumn->setContentsMargins(1, 1, 1, 1);
    waitingColumn->setSpacing(0);
    m_waiting = waiting;
    column->addWidget(waiting);
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

QWidget *OverviewPage::buildTiles()
{
    auto *frame = new HairGrid;
    auto *grid = new QGridLayout(frame);
    grid->setContentsMargins(1, 1, 1, 1);
    grid->setSpacing(1);
    const QList<std::pair<QString, QString>> names = {
        {QStringLiteral("liveCalls"), tr("Live calls")},
        {QStringLiteral("spend"), tr("Spend today")},
        {QStringLiteral("deposits"), tr("Deposits waiting")},
        {QStringLiteral("refunds"), tr("Approvals waiting")},
        {QStringLiteral("dead"), tr("Dead letters")},
        {QStringLiteral("coverage"), tr("Translations, worst language")},
        {QStringLiteral("oldest"), tr("Oldest waiting webhook")},
    };
    for (int i = 0; i < kTiles; ++i) {
        auto *tile = new Tile(names[i].first, names[i].second);
        connect(tile, &QAbstractButton::clicked, this, [this, i] { open(i); });
        m_tiles.append(tile);
        const bool isLast = i + 1 == kTiles;
        grid->addWidget(tile, i / kColumns, i % kColumns, 1,
                        isLast ? kColumns * 2 - kTiles + 1 : 1);
    }
    // What they count has no page of its own.
    m_tiles[Dead]->setEnabled(false);
    m_tiles[Oldest]->setEnabled(false);
    for (int column = 0; column < kColumns; ++column)
        grid->setColumnStretch(column, 1);
    return frame;
}

bool OverviewPage::isSettled() const
{
    return m_awaited == 0 && state() != PageState::Loading;
}

void OverviewPage::takeFocus()
{
    m_tiles.first()->setFocus();
}

void OverviewPage::takeChanges(const QList<core::Change> &)
{
    if (!m_delay.isActive() && isVisible())
        m_delay.start();
}

void OverviewPage::reload()
{
    if (m_awaited > 0)
        return;
    m_awaited = 3;
    whenReady(m_overview.loadNumbers(), this,
              [this](const Result<api::OverviewNumbers> &numbers) { takeNumbers(numbers); });
    whenReady(m_overview.loadSeries(kHours), this,
              [this](const Result<QList<api::OverviewPoint>> &points) { takeSeries(points); });
    whenReady(m_translations.loadCoverage(), this,
              [this](const Result<api::TranslationCoverage> &coverage) { takeCoverage(coverage); });
}

void OverviewPage::takeNumbers(const Result<api::OverviewNumbers> &numbers)
{
    --m_awaited;
    if (numbers) {
        m_numbers = *numbers;
        m_states->setReady();
        showNumbers();
    } else {
        m_states->setFailed(numbers.error());
    }
    Q_EMIT settledChanged();
}

void OverviewPage::takeSeries(const Result<QList<api::OverviewPoint>> &points)
{
    --m_awaited;
    if (points) {
        m_chart->showPoints(*points);
        QList<qint64> calls;
        QList<qint64> spend;
        constexpr int kHour = 12; // points
        for (qsizetype i = 0; i + kHour <= points->size(); i += kHour) {
            qint64 sum = 0;
            qint64 micros = 0;
            for (qsizetype k = i; k < i + kHour; ++k) {
                sum += (*points)[k].calls;
                micros += (*points)[k].spend.micros();
            }
            calls.append(sum);
            spend.append(micros);
        }
        m_tiles[LiveCalls]->setLine(calls);
        m_tiles[Spend]->setLine(spend);
    }
    Q_EMIT settledChanged();
}

void OverviewPage::takeCoverage(const Result<api::TranslationCoverage> &coverage)
{
    --m_awaited;
    if (coverage)
        m_coverage = *coverage;
    if (m_numbers)
        showNumbers();
    Q_EMIT settledChanged();
}

// ---- words

TileWords OverviewPage::spendWords() const
{
    const api::OverviewNumbers &n = *m_numbers;
    TileWords words{.value = formatMoney(n.spendToday.roundedDownToCents()),
                    .unit = QStringLiteral("USD"),
                    .iconName = {},
                    .words = tr("Nothing yesterday by this time"),
                    .tone = Token::Muted};
    if (!n.spendYesterday.isPositive())
        return words;
    const qint64 percent =
        n.spendToday.timesRatioDown(100, n.spendYesterday.micros()).micros() - 100;
    const QString share = QString::number(qAbs(percent)) + kNoBreakSpace + u'%';
    words.iconName = percent >= 0 ? QStringLiteral("trend-up") : QStringLiteral("trend-down");
    words.words = percent >= 0 ? tr("%1 above yesterday at this hour").arg(share)
                               : tr("%1 below yesterday at this hour").arg(share);
    return words;
}

TileWords OverviewPage::depositWords() const
{
    const api::OverviewNumbers &n = *m_numbers;
    TileWords words{.value = formatCount(n.depositsWaiting),
                    .unit = {},
                    .iconName = QStringLiteral("circle-check"),
                    .words = tr("None is late"),
                    .tone = Token::Good};
    if (n.depositsForPerson > 0) {
        words.iconName = QStringLiteral("hourglass");
        words.words = counted(n.depositsForPerson, tr("1 needs a person"), tr("%1 need a person"));
        words.tone = Token::Warn;
    }
    if (n.oldestDepositAt && n.readAt - *n.oldestDepositAt > kLateAfter) {
        words.iconName = QStringLiteral("triangle-alert");
        words.words =
            tr("%1 over 30 min, oldest %2")
                .arg(formatCount(n.depositsLate), formatAge(ageOf(*n.oldestDepositAt, n.readAt)));
        words.tone = Token::Warn;
    }
    return words;
}

TileWords OverviewPage::oldestWords() const
{
    const api::OverviewNumbers &n = *m_numbers;
    if (!n.oldestWaitingAt)
        return {.value = QString(kDash),
                .unit = {},
                .iconName = QStringLiteral("circle-check"),
                .words = tr("Nothing waits"),
                .tone = Token::Good};
    const auto age = ageOf(*n.oldestWaitingAt, n.readAt);
    const bool isOld = age > kOldWebhook;
    return {.value = formatAge(age),
            .unit = {},
            .iconName = isOld ? QStringLiteral("clock") : QStringLiteral("circle-check"),
            .words = tr("%1 waiting").arg(formatCount(n.inboxWaiting)),
            .tone = isOld ? Token::Warn : Token::Good};
}

QString OverviewPage::liveCallWords() const
{
    const QString outbound =
        m_numbers->isOutboundStopped ? tr("Outbound is stopped") : tr("Outbound is on");
    if (m_numbers->waitingCalls == 0)
        return outbound;
    return tr("%1, %2 waiting").arg(outbound, formatCount(m_numbers->waitingCalls));
}

void OverviewPage::showNumbers()
{
    const api::OverviewNumbers &n = *m_numbers;
    m_range->setText(tr("Read at %1 %2")
                         .arg(formatMoment(n.readAt, m_display.now(), m_display.zone()).time,
                              m_display.zoneWord()));
    m_tiles[LiveCalls]->setWords(
        {.value = formatCount(n.liveCalls),
         .unit = n.liveCallsMax > 0 ? tr("of %1").arg(formatCount(n.liveCallsMax)) : QString(),
         .iconName = n.isOutboundStopped ? QStringLiteral("ban") : QStringLiteral("circle-check"),
         .words = liveCallWords(),
         .tone = n.isOutboundStopped ? Token::Bad : Token::Good});
    m_tiles[Spend]->setWords(spendWords());
    m_tiles[Deposits]->setWords(depositWords());
    m_tiles[Refunds]->setWords(
        {.value = formatCount(n.approvalsWaiting),
         .unit = {},
         .iconName =
             n.approvalsWaiting > 0 ? QStringLiteral("undo") : QStringLiteral("circle-check"),
         .words = n.approvalsWaiting > 0 ? formatUsd(n.approvalsWaitingSum) : tr("Nobody waits"),
         .tone = n.approvalsWaiting > 0 ? Token::Info : Token::Good});
    m_tiles[Dead]->setWords({.value = formatCount(n.deadLetters),
                             .unit = {},
                             .iconName = n.deadLetters > 0 ? QStringLiteral("octagon-x")
                                                           : QStringLiteral("circle-check"),
                             .words = n.deadLetters > 0 ? tr("Failed too often to be tried again")
                                                        : tr("Everything was handled"),
                             .tone = n.deadLetters > 0 ? Token::Bad : Token::Good});
    m_tiles[Oldest]->setWords(oldestWords());
    if (m_coverage && !m_coverage->languages.isEmpty()) {
        const auto worst =
            std::min_element(m_coverage->languages.cbegin(), m_coverage->languages.cend(),
                             [](const api::LanguageCoverage &a, const api::LanguageCoverage &b) {
                                 return a.all.percent() < b.all.percent();
                             });
        const bool isWhole = worst->all.percent() == 100;
        m_tiles[Coverage]->setWords({.value = QString::number(worst->all.percent()),
                                     .unit = QStringLiteral("%"),
                                     .iconName = isWhole ? QStringLiteral("circle-check")
                                                         : QStringLiteral("triangle-alert"),
                                     .words = isWhole
                                                  ? tr("All languages are complete")
                                                  : tr("%1, %2 texts missing")
                                                        .arg(languageWord(worst->tag))
                                                        .arg(worst->all.total - worst->all.good),
                                     .tone = isWhole ? Token::Good : Token::Warn});
    }
    showWaiting();
}

/// The same figures once more, as a list of what somebody has to do.
void OverviewPage::showWaiting()
{
    const api::OverviewNumbers &n = *m_numbers;
    // Built anew only when it says something else, so that a link keeps the focus.
    const QString figures = QStringLiteral("%1 %2 %3 %4 %5 %6")
                                .arg(n.isOutboundStopped)
                                .arg(n.deadLetters)
                                .arg(n.depositsLate)
                                .arg(n.depositsForPerson)
                                .arg(n.approvalsWaiting)
                                .arg(n.approvalsWaitingSum.micros());
    if (std::exchange(m_waitingFigures, figures) == figures)
        return;
    auto *column = static_cast<QVBoxLayout *>(m_waiting->layout());
    while (QLayoutItem *item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(tr("Waiting for you"));
    title->setContentsMargins(px(14), px(10), px(14), px(10));
    column->addWidget(title);
    const auto add = [&](const char *iconName, const QString &word, Token tone, const QString &what,
                         const QString &more, const QString &link, int tile) {
        column->addWidget(makeWaiting(QLatin1String(iconName), word, tone, what, more, link,
                                      m_waiting, [this, tile] { open(tile); }));
    };
    if (n.isOutboundStopped)
        add("ban", tr("Stopped"), Token::Bad, tr("Nothing is dialled"),
            tr("Somebody used the stop switch"), tr("Open live calls"), LiveCalls);
    if (n.deadLetters > 0)
        add("octagon-x", tr("Dead letter"), Token::Bad,
            counted(n.deadLetters, tr("1 event failed too often"),
                    tr("%1 events failed too often")),
            tr("Nothing of them is lost"), {}, Dead);
    if (n.depositsLate > 0)
        add("timer", tr("Deposit late"), Token::Bad,
            counted(n.depositsLate, tr("1 deposit waits for over 30 min"),
                    tr("%1 deposits wait for over 30 min")),
            tr("Paid, not credited"), tr("Open deposits"), Deposits);
    if (n.depositsForPerson > 0)
        add("hourglass", tr("Review"), Token::Warn,
            counted(n.depositsForPerson, tr("1 deposit needs a person"),
                    tr("%1 deposits need a person")),
            tr("Too little, too much, late, or not matching"), tr("Open deposits"), Deposits);
    if (n.approvalsWaiting > 0)
        add("undo", tr("Approval"), Token::Info,
            counted(n.approvalsWaiting, tr("1 request waits for approval"),
                    tr("%1 requests wait for approval")),
            formatUsd(n.approvalsWaitingSum), tr("Open refunds"), Refunds);
    if (column->count() == 1)
        add("circle-check", tr("Nothing"), Token::Good, tr("Nothing waits for a person"), {},
            tr("Open live calls"), LiveCalls);
}

void OverviewPage::open(int tile)
{
    switch (tile) {
    case LiveCalls: return Q_EMIT pageAsked(QStringLiteral("live_calls"), {});
    case Spend:
        return Q_EMIT pageAsked(QStringLiteral("ledger"),
                                {is(QStringLiteral("kind"), QStringLiteral("charge"))});
    case Refunds: return Q_EMIT pageAsked(QStringLiteral("refunds"), {});
    case Coverage: return Q_EMIT pageAsked(QStringLiteral("translations"), {});
    default:
        return Q_EMIT pageAsked(QStringLiteral("deposits"),
                                {is(QStringLiteral("since"), QStringLiteral("2d"))});
    }
}

} // namespace ui
