#include "ui/pages/ledger/wallet_head.h"

#include "ui/support/format.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace ui {

WalletHead::WalletHead(QWidget *parent)
    : Panel(Token::Surface, {}, parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), px(12), px(20), px(4));
    row->setSpacing(px(24));
    m_available = addValue(*row, tr("Available"));
    m_held = addValue(*row, tr("Held"));
    m_debt = addValue(*row, tr("Debt"));
    row->addStretch(1);

    auto *words = new QGridLayout;
    words->setHorizontalSpacing(px(6));
    words->setVerticalSpacing(px(6));
    m_sumIcon = new IconLabel(QStringLiteral("circle-check"), Token::Good, 15);
    m_sum = new TokenLabel(TextSize::Small, Token::Good);
    m_chainIcon = new IconLabel(QStringLiteral("link"), Token::Good, 15);
    m_chain = new TokenLabel(TextSize::Small, Token::Good);
    words->addWidget(m_sumIcon, 0, 0);
    words->addWidget(m_sum, 0, 1);
    words->addWidget(m_chainIcon, 1, 0);
    words->addWidget(m_chain, 1, 1);
    row->addLayout(words);
}

FigureLabel *WalletHead::addValue(QHBoxLayout &row, const QString &label)
{
    auto *block = new QVBoxLayout;
    block->setSpacing(px(2));
    auto *name = new TokenLabel(TextSize::Small, Token::Muted);
    name->setText(label);
    auto *line = new QHBoxLayout;
    line->setSpacing(px(4));
    auto *value = new FigureLabel(textFont(TextSize::Value, QFont::DemiBold));
    value->setAccessibleDescription(label);
    auto *unit = new TokenLabel(TextSize::Small, Token::Muted);
    unit->setText(QStringLiteral("USD"));
    line->addWidget(value);
    line->addWidget(unit, 0, Qt::AlignBottom);
    block->addWidget(name);
    block->addLayout(line);
    row.addLayout(block);
    auto *rule = new Panel(Token::Border);
    rule->setFixedWidth(1);
    row.addWidget(rule);
    return value;
}

void WalletHead::showWallet(const api::WalletSummary &wallet)
{
    m_available->setText(formatMoney(wallet.available));
    m_held->setText(formatMoney(wallet.held));
    m_debt->setText(formatMoney(wallet.debt));
    m_debt->setToken(wallet.debt.isZero() ? Token::Text : Token::Bad);
    const Token tone = wallet.isChainIntact ? Token::Good : Token::Bad;
    m_chainIcon->setIcon(wallet.isChainIntact ? QStringLiteral("link") : QStringLiteral("unlink"),
                         tone);
    m_chain->setToken(tone);
    m_chain->setText(wallet.isChainIntact
                         ? tr("Hash chain intact, %1 postings").arg(formatCount(wallet.transfers))
                         : tr("Hash chain is broken"));
}

void WalletHead::showSum(Money sum)
{
    const Token tone = sum.isZero() ? Token::Good : Token::Bad;
    m_sumIcon->setIcon(sum.isZero() ? QStringLiteral("circle-check") : QStringLiteral("octagon-x"),
                       tone);
    m_sum->setToken(tone);
    m_sum->setText(tr("Entries sum to %1").arg(formatMoney(sum)));
}

} // namespace ui
