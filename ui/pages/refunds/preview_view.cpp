#include "ui/pages/refunds/preview_view.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/dialog.h"
#include "ui/support/format.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kPreviewLasts = 10min;
constexpr qsizetype kHashShown = 8;

TokenLabel *addPreviewTitle(QVBoxLayout &column, const QString &words)
{
    auto *title = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    title->setText(words);
    column.addWidget(title);
    return title;
}

} // namespace

PreviewView::PreviewView(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    addPreviewTitle(*column, tr("Exact entries"));
    m_entries = new EntriesTable;
    m_noEntries = makeWords(tr("No money is moved."), Token::Muted);
    column->addWidget(m_entries);
    column->addWidget(m_noEntries);
    addPreviewTitle(*column, tr("Message to the customer"));
    auto *messages = new QHBoxLayout;
    messages->setSpacing(px(12));
    m_theirLanguage = new TokenLabel(TextSize::Small, Token::Muted);
    m_theirText = addMessageBox(*messages, m_theirLanguage, Token::Surface);
    auto *mine = new TokenLabel(TextSize::Small, Token::Muted);
    mine->setText(tr("English, for you"));
    m_myText = addMessageBox(*messages, mine, Token::Surface2);
    column->addLayout(messages);

    m_rule = new Panel(Token::InfoTint);
    auto *rule = new QHBoxLayout(m_rule);
    rule->setContentsMargins(px(12), px(9), px(12), px(9));
    rule->setSpacing(px(8));
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_ruleWords = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_ruleWords->setWordWrap(true);
    m_ruleText = makeWords({});
    words->addWidget(m_ruleWords);
    words->addWidget(m_ruleText);
    rule->addWidget(new IconLabel(QStringLiteral("user"), Token::Info, 16), 0, Qt::AlignTop);
    rule->addLayout(words, 1);
    column->addWidget(m_rule);
}

/// One of the two boxes that show the message.
TokenLabel *PreviewView::addMessageBox(QHBoxLayout &row, TokenLabel *title, Token fill)
{
    auto *box = new Panel(fill, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(px(12), px(9), px(12), px(10));
    column->setSpacing(px(4));
    auto *text = makeWords({});
    column->addWidget(title);
    column->addWidget(text);
    column->addStretch(1);
    row.addWidget(box, 1);
    return text;
}

void PreviewView::showPreview(const PreviewWords &words)
{
    m_entries->showEntries(words.entries, words.customerName);
    m_entries->setVisible(!words.entries.isEmpty());
    m_noEntries->setVisible(words.entries.isEmpty());
    const bool isTold = !words.customerText.isEmpty();
    m_theirLanguage->setText(isTold ? tr("%1, what they get").arg(languageWord(words.language))
                                    : tr("No message"));
    m_theirText->setText(isTold ? words.customerText : words.silence);
    m_myText->setText(words.operatorText);
    m_ruleWords->setText(words.rule);
    m_ruleText->setText(words.ruleDetail);
}

PreviewAge::PreviewAge(const QString &name, const core::Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(6));
    m_valid = new TokenLabel(TextSize::Small, Token::Muted);
    auto *word = new TokenLabel(TextSize::Small, Token::Muted);
    word->setText(tr("Preview"));
    m_hash = new TokenLabel(TextSize::Small, Token::Text);
    m_hash->setFont(codeFont());
    m_recalculate = new QPushButton(tr("Recalculate"));
    m_recalculate->setProperty("kind", QStringLiteral("link"));
    m_recalculate->setObjectName(name + QStringLiteral(".recalculate"));
    m_recalculate->setAccessibleName(m_recalculate->text());
    m_recalculate->setAutoDefault(false);
    row->addWidget(new IconLabel(QStringLiteral("timer"), Token::Muted, 15));
    row->addWidget(m_valid);
    row->addSpacing(px(8));
    row->addWidget(word);
    row->addWidget(m_hash);
    row->addSpacing(px(8));
    row->addWidget(m_recalculate);
    connect(m_recalculate, &QPushButton::clicked, this, &PreviewAge::recalculateAsked);
    connect(&m_timer, &QTimer::timeout, this, &PreviewAge::tick);
}

void PreviewAge::begin(const QString &hash)
{
    m_begunAt = m_clock.now();
    m_hash->setText(hash.left(kHashShown));
    m_timer.start(1s);
    tick();
}

bool PreviewAge::isExpired() const
{
    return m_clock.now() - m_begunAt > kPreviewLasts;
}

void PreviewAge::setWaiting(bool isWaiting)
{
    m_recalculate->setEnabled(!isWaiting);
}

void PreviewAge::tick()
{
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(m_begunAt + kPreviewLasts - m_clock.now());
    m_valid->setText(isExpired() ? tr("Too old") : tr("Valid %1").arg(formatDuration(left)));
    m_valid->setToken(isExpired() ? Token::Warn : Token::Muted);
    Q_EMIT ticked();
}

} // namespace ui
