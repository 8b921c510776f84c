#include "ui/support/state_pane.h"

#include "ui/support/format.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kWordsDelay = 150ms; // a quick answer is not announced

} // namespace

StatePane::StatePane(QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_content(content)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_band = new Panel(Token::BadTint, Qt::BottomEdge);
    auto *row = new QHBoxLayout(m_band);
    row->setContentsMargins(px(20), px(9), px(20), px(9));
    row->setSpacing(px(8));
    m_bandTitle = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    auto *means = new TokenLabel(TextSize::Body, Token::Text);
    means->setText(tr("What you see is older. No money has moved because of this."));
    m_bandCode = new TokenLabel(TextSize::Small, Token::Muted);
    auto *again = new QPushButton(tr("Read again"));
    again->setAccessibleName(again->text());
    connect(again, &QPushButton::clicked, this, &StatePane::retryAsked);
    row->addWidget(new IconLabel(QStringLiteral("octagon-x"), Token::Bad, 16));
    row->addWidget(m_bandTitle);
    row->addWidget(means, 1);
    row->addWidget(m_bandCode);
    row->addWidget(again);
    m_band->hide();
    column->addWidget(m_band);
    column->addWidget(m_content, 1);

    m_message = new QWidget;
    auto *middle = new QVBoxLayout(m_message);
    middle->setSpacing(px(12));
    m_icon = new IconLabel(QStringLiteral("loader"), Token::Muted, 32);
    m_text = new TokenLabel(TextSize::Body, Token::Muted);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_retry = new QPushButton(tr("Read again"));
    m_retry->setObjectName(QStringLiteral("state.retry"));
    m_retry->setAccessibleName(m_retry->text());
    connect(m_retry, &QPushButton::clicked, this, &StatePane::retryAsked);
    middle->addStretch(2);
    middle->addWidget(m_icon, 0, Qt::AlignHCenter);
    middle->addWidget(m_text);
    middle->addWidget(m_retry, 0, Qt::AlignHCenter);
    middle->addStretch(3);
    column->addWidget(m_message, 1);

    m_loadingTimer.setSingleShot(true);
    m_loadingTimer.setInterval(kWordsDelay);
    connect(&m_loadingTimer, &QTimer::timeout, this, [this] { m_message->show(); });
    setLoading();
}

void StatePane::show(PageState state)
{
    m_state = state;
    m_loadingTimer.stop();
    m_content->setVisible(m_hasContent);
    m_band->setVisible(m_hasContent && state == PageState::Failed);
    m_message->setVisible(!m_hasContent && state != PageState::Loading);
}

void StatePane::showMessage(const QString &iconName, const QString &text, bool canRetry)
{
    m_icon->setIcon(iconName, Token::Muted);
    m_text->setText(text);
    m_retry->setVisible(canRetry);
}

void StatePane::setLoading()
{
    if (m_hasContent)
        return; // what is there stays until the answer has come
    showMessage(QStringLiteral("loader"), tr("Reading"), false);
    show(PageState::Loading);
    m_loadingTimer.start();
}

void StatePane::setReady()
{
    m_hasContent = true;
    show(PageState::Ready);
}

void StatePane::setEmpty(const QString &iconName, const QString &text)
{
    m_hasContent = false;
    showMessage(iconName, text, false);
    show(PageState::EmptyNew);
}

void StatePane::setFailed(const core::Error &error)
{
    m_bandTitle->setText(sentenceOf(error.code));
    m_bandCode->setText(core::name(error.code));
    showMessage(QStringLiteral("octagon-x"),
                sentenceOf(error.code) + u'\n' + tr("No money has moved because of this."), true);
    show(PageState::Failed);
}

} // namespace ui
