#include "ui/shell/status_strip.h"

#include "ui/support/format.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kAskInterval = 2s;
constexpr auto kAgeInterval = 1s;
constexpr auto kChangeDelay = 250ms;
constexpr auto kStaleAfter = 10s;
constexpr int kHeightPx = 28;

} // namespace

StatusStrip::StatusStrip(const api::Backend &backend, QWidget *parent)
    : Panel(Token::Surface2, Qt::TopEdge, parent)
    , m_system(backend.system)
    , m_clock(backend.clock)
    , m_session(backend.session)
    , m_runMode(backend.runMode)
{
    setFixedHeight(px(kHeightPx));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), 1, px(20), 0);
    row->setSpacing(px(12));
    m_connection = addPart(*row, QStringLiteral("connection"), false);
    m_mode = addPart(*row, QStringLiteral("mode"), false);
    m_inbox = addPart(*row, QStringLiteral("conservation"), false);
    m_sum = addPart(*row, QStringLiteral("sum"), false);
    row->addStretch(1);
    m_age = addPart(*row, QStringLiteral("age"), true);
    m_dead = addPart(*row, QStringLiteral("dead"), true);

    connect(&backend.changes, &api::Changes::connected, this, [this] {
        m_feed = Feed::Connected;
        ask();
    });
    connect(&backend.changes, &api::Changes::lost, this, [this] {
        m_feed = Feed::Lost;
        showAll();
    });
    connect(&backend.changes, &api::Changes::changed, this, &StatusStrip::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &StatusStrip::ask);
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(kChangeDelay);
    connect(&m_changeTimer, &QTimer::timeout, this, &StatusStrip::ask);
    connect(&m_askTimer, &QTimer::timeout, this, &StatusStrip::ask);
    connect(&m_ageTimer, &QTimer::timeout, this, &StatusStrip::showAll);
    m_askTimer.start(kAskInterval);
    m_ageTimer.start(kAgeInterval);
    showAll();
    ask();
}

StatusStrip::Part StatusStrip::addPart(QHBoxLayout &row, const QString &name, bool isTrailing)
{
    Part part{.box = new QWidget,
              .icon = new IconLabel(QStringLiteral("circle-dot"), Token::Muted, 15),
              .words = new TokenLabel(TextSize::Small, Token::Muted)};
    part.box->setObjectName(QStringLiteral("status.") + name);
    auto *inside = new QHBoxLayout(part.box);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(px(6));
    auto *rule = new Panel(Token::Border);
    rule->setFixedSize(1, px(16));
    if (isTrailing && row.count() > 0)
        inside->addWidget(rule);
    if (isTrailing)
        inside->addSpacing(px(6));
    inside->addWidget(part.icon);
    inside->addWidget(part.words);
    if (!isTrailing) {
        inside->addSpacing(px(6));
        inside->addWidget(rule);
    }
    row.addWidget(part.box);
    return part;
}

void StatusStrip::show(const Part &part, const QString &iconName, Token iconTone,
                       const QString &words, Token tone)
{
    part.box->setVisible(!words.isEmpty());
    part.icon->setVisible(!iconName.isEmpty());
    if (!iconName.isEmpty())
        part.icon->setIcon(iconName, iconTone);
    part.words->setToken(tone);
    part.words->setText(words);
    part.box->setAccessibleName(words);
}

void StatusStrip::ask()
{
    if (m_isAsking) {
        m_asksAgain = true;
        return;
    }
    m_isAsking = true;
    whenReady(m_system.loadStatus(), this,
              [this](const Result<api::SystemStatus> &status) { take(status); });
}

void StatusStrip::take(const Result<api::SystemStatus> &status)
{
    m_isAsking = false;
    m_hasFailed = !status.has_value();
    if (status)
        m_status = *status;
    showAll();
    Q_EMIT statusChanged();
    if (m_asksAgain && status)
        m_changeTimer.start();
    m_asksAgain = false;
}

void StatusStrip::takeChanges(const QList<core::Change> &changes)
{
    const bool concernsUs =
        std::any_of(changes.cbegin(), changes.cend(), [](const core::Change &change) {
            return change.topic == Topic::Inbox || change.topic == Topic::Transfer;
        });
    if (concernsUs && !m_changeTimer.isActive())
        m_changeTimer.start();
}

std::chrono::seconds StatusStrip::age() const
{
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(m_clock.now() - m_status->readAt);
    return std::max(age, std::chrono::seconds(0));
}

void StatusStrip::showAll()
{
    showConnection();
    QString mode = m_status && m_status->isLeader ? tr("%1, leader").arg(m_runMode) : m_runMode;
    const auto who = m_session.current();
    if (who && who->isSolo) // second approvals are off, which everybody must see
        mode = tr("%1, solo").arg(mode);
    show(m_mode, QStringLiteral("server"), Token::Muted, mode, Token::Muted);
    showConservation();
    showAge();
}

void StatusStrip::showConnection()
{
    const bool isOffline = m_hasFailed && (!m_status || age() > kStaleAfter);
    if (isOffline)
        show(m_connection, QStringLiteral("octagon-x"), Token::Bad, tr("Offline"), Token::Bad);
    else if (m_hasFailed || m_feed == Feed::Lost)
        show(m_connection, QStringLiteral("plug"), Token::Warn, tr("Reconnecting"), Token::Warn);
    else if (!m_status)
        show(m_connection, QStringLiteral("plug"), Token::Muted, tr("Connecting"), Token::Muted);
    else
        show(m_connection, QStringLiteral("circle-check"), Token::Good, tr("Connected"),
             Token::Muted);
}

void StatusStrip::showConservation()
{
    if (!m_status) {
        show(m_inbox, {}, Token::Muted, {}, Token::Muted);
        show(m_sum, {}, Token::Muted, {}, Token::Muted);
        return;
    }
    const api::SystemStatus &s = *m_status;
    QString inbox = tr("Inbox %1 = %2 done + %3 waiting + %4 retrying + %5 dead")
                        .arg(formatCount(s.inboxReceived), formatCount(s.inboxDone),
                             formatCount(s.inboxWaiting), formatCount(s.inboxRetrying),
                             formatCount(s.inboxDead));
    const bool isInboxRight =
        s.inboxReceived == s.inboxDone + s.inboxWaiting + s.inboxRetrying + s.inboxDead;
    if (!isInboxRight)
        inbox = tr("MISMATCH  %1").arg(inbox);
    show(m_inbox, isInboxRight ? QStringLiteral("scale") : QStringLiteral("octagon-x"),
         isInboxRight ? Token::Good : Token::Bad, inbox, isInboxRight ? Token::Muted : Token::Bad);
    QString sum = tr("Ledger sum %1").arg(formatMoney(s.ledgerSum));
    const bool isSumRight = s.ledgerSum.isZero();
    if (!isSumRight)
        sum = tr("MISMATCH  %1").arg(sum);
    show(m_sum, isSumRight ? QString() : QStringLiteral("octagon-x"), Token::Bad, sum,
         isSumRight ? Token::Muted : Token::Bad);
    //: %n dead letters: inbox rows that failed too often.
    const QString dead =
        tr("%n dead letters", nullptr, int(std::min<qint64>(s.inboxDead, INT_MAX)));
    const bool hasDead = s.inboxDead > 0;
    show(m_dead, QStringLiteral("octagon-x"), hasDead ? Token::Bad : Token::Muted,
         s.inboxDead == 1 ? tr("1 dead letter") : dead, hasDead ? Token::Bad : Token::Muted);
}

void StatusStrip::showAge()
{
    if (!m_status)
        return show(m_age, {}, Token::Muted, {}, Token::Muted);
    const bool isStale = age() > kStaleAfter;
    show(m_age, QStringLiteral("clock"), isStale ? Token::Warn : Token::Muted,
         tr("Read %1 ago").arg(formatAge(age())), isStale ? Token::Warn : Token::Muted);
}

} // namespace ui
