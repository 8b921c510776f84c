#include "ui/pages/calls/outbound_strip.h"

#include "ui/pages/calls/call_dialogs.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QUuid>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kReadInterval = 2s;
constexpr auto kGrowInterval = 50ms;
constexpr qint64 kHoldMs = 2000;

} // namespace

HoldButton::HoldButton(const QString &words, QWidget *parent)
    : QPushButton(words, parent)
{
    setAccessibleName(words);
    setProperty("kind", QStringLiteral("danger"));
    m_timer.setInterval(kGrowInterval);
    connect(&m_timer, &QTimer::timeout, this, &HoldButton::grow);
    connect(this, &QPushButton::pressed, this, [this] {
        m_heldMs = 0;
        m_timer.start();
    });
    connect(this, &QPushButton::released, this, [this] {
        const bool wasShort = m_timer.isActive();
        m_timer.stop();
        m_heldMs = 0;
        update();
        if (wasShort)
            Q_EMIT pressedShortly();
    });
}

void HoldButton::grow()
{
    m_heldMs += std::chrono::milliseconds(kGrowInterval).count();
    update();
    if (m_heldMs < kHoldMs)
        return;
    m_timer.stop();
    Q_EMIT held();
}

void HoldButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    if (m_heldMs == 0)
        return;
    QPainter painter(this);
    const int filled = int(width() * std::min(m_heldMs, kHoldMs) / kHoldMs);
    painter.fillRect(QRect(isRightToLeft() ? width() - filled : 0, height() - 3, filled, 3),
                     Theme::current()[Token::Bad]);
}

OutboundStrip::OutboundStrip(const api::Backend &backend, QWidget *parent)
    : QWidget(parent)
    , m_calls(backend.calls)
    , m_session(backend.session)
    , m_commands(backend.commands)
    , m_clock(backend.clock)
    , m_icon(new IconLabel(QStringLiteral("phone-call"), Token::Muted, 16))
    , m_words(new TokenLabel(TextSize::Body, Token::Muted))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(6));
    //: A button: a short press asks, holding it for two seconds does it.
    m_stop = new HoldButton(kNoBreakSpace + tr("Stop all outbound, hold 2 s"));
    m_stop->setObjectName(QStringLiteral("page.live_calls.action.stopAll"));
    m_stop->setIcon(icon(QStringLiteral("stop"), Token::Bad));
    m_stop->setToolTip(tr("Hold for two seconds, or press Ctrl+Shift+F12 and type STOP"));
    m_resume = makeButton(QStringLiteral("play"), Token::Text, tr("Resume outbound"));
    m_resume->setObjectName(QStringLiteral("page.live_calls.action.resume"));
    m_resume->setAccessibleName(m_resume->text());
    m_stop->hide();
    m_resume->hide();
    row->addWidget(m_icon);
    row->addWidget(m_words);
    row->addSpacing(px(6));
    row->addWidget(m_stop);
    row->addWidget(m_resume);
    connect(m_stop, &HoldButton::held, this, &OutboundStrip::stopNow);
    connect(m_stop, &HoldButton::pressedShortly, this, &OutboundStrip::ask);
    connect(m_resume, &QPushButton::clicked, this, &OutboundStrip::ask);
    connect(&backend.changes, &api::Changes::readAgain, this, &OutboundStrip::reload);
    connect(&m_timer, &QTimer::timeout, this, &OutboundStrip::reload);
    m_timer.start(kReadInterval);
    reload();
}

void OutboundStrip::reload()
{
    whenReady(m_calls.loadOutbound(), this, [this](const Result<api::Outbound> &outbound) {
        if (outbound)
            show(*outbound);
    });
}

void OutboundStrip::show(const api::Outbound &outbound)
{
    m_outbound = outbound;
    m_icon->setIcon(outbound.isStopped ? QStringLiteral("ban") : QStringLiteral("phone-call"),
                    outbound.isStopped ? Token::Bad : Token::Good);
    m_words->setToken(outbound.isStopped ? Token::Bad : Token::Muted);
    QString words = outbound.isStopped ? tr("Outbound is stopped") : tr("Outbound is on");
    if (outbound.isStopped && outbound.since) {
        const auto age = std::chrono::floor<std::chrono::seconds>(m_clock.now() - *outbound.since);
        words = tr("Outbound is stopped since %1").arg(formatAge(age));
    }
    if (outbound.isStopped && !outbound.by.isEmpty())
        words = tr("%1, by %2").arg(words, outbound.by);
    if (const auto &asked = outbound.resumeAsked)
        words = tr("%1. %2 asks to resume").arg(words, asked->by);
    m_words->setText(words);
    m_stop->setVisible(!outbound.isStopped && may(m_session, "calls.stop_all"));
    m_resume->setVisible(outbound.isStopped && may(m_session, "calls.resume"));
    Q_EMIT outboundChanged();
}

void OutboundStrip::ask()
{
    const bool isAllowed = m_outbound.isStopped ? !m_resume->isHidden() : !m_stop->isHidden();
    if (!isAllowed)
        return;
    auto *dialog = new OutboundDialog(m_outbound.isStopped ? OutboundDialog::Way::Resume
                                                           : OutboundDialog::Way::Stop,
                                      m_outbound, m_commands, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &OutboundStrip::reload);
    dialog->open();
}

/// In an emergency nobody types reasons.
void OutboundStrip::stopNow()
{
    const QString key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_words->setText(tr("Stopping"));
    whenReady(m_commands.submit(QStringLiteral("calls.stop_all"),
                                {{"v", 1}, {"reason", QStringLiteral("emergency stop")}}, key),
              this, [this](const Result<api::CommandResult> &result) {
                  if (!result)
                      m_words->setText(failureWords(result.error()));
                  else if (result->state != api::CommandState::Done)
                      m_words->setText(refusalWords(*result));
                  else
                      reload();
              });
}

} // namespace ui
