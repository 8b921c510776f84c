#include "ui/pages/refunds/refund_parts.h"

#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Refunds)
};

constexpr int kCirclePx = 20;
constexpr int kJoinPx = 22;
constexpr int kLinePx = 32;
constexpr int kHeadPx = 30;
constexpr int kColumns = 5;
constexpr int kMoneyColumnPx = 108;

enum Column {
    Account,
    Debit,
    Credit,
    Before,
    After,
};

} // namespace

Steps::Steps(QStringList names, QWidget *parent)
    : QWidget(parent)
    , m_names(std::move(names))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Steps::setCurrent(int step)
{
    m_current = step;
    const int shown = std::min(step, int(m_names.size()) - 1);
    setAccessibleName(
        tr("Step %1 of %2, %3").arg(shown + 1).arg(m_names.size()).arg(m_names[shown]));
    update();
}

QSize Steps::sizeHint() const
{
    const QFontMetrics metrics(textFont(TextSize::Body, QFont::DemiBold));
    int width = 0;
    for (const QString &name : m_names)
        width += px(kCirclePx) + px(6) + metrics.horizontalAdvance(name) + px(kJoinPx);
    return {width - px(kJoinPx) + px(12), px(kCirclePx) + 2};
}

void Steps::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::current();
    int left = 0;
    for (int i = 0; i < int(m_names.size()); ++i) {
        const bool isCurrent = i == m_current;
        const bool isDone = i < m_current;
        const QRect circle(left + 1, 1, px(kCirclePx) - 2, px(kCirclePx) - 2);
        painter.setPen(QPen(theme[isDone      ? Token::Good
                                  : isCurrent ? Token::AccentFill
                                              : Token::Control],
                            1));
        painter.setBrush(isCurrent ? QBrush(theme[Token::AccentFill]) : QBrush(Qt::NoBrush));
        painter.drawEllipse(circle);
        if (isDone) {
            paintIcon(&painter, QRect(circle.left() + px(3), circle.top() + px(3), px(12), px(12)),
                      QStringLiteral("check"), Token::Good);
        } else {
            painter.setFont(textFont(TextSize::Tiny, QFont::DemiBold));
            painter.setPen(theme[isCurrent ? Token::OnAccent : Token::Muted]);
            painter.drawText(circle, Qt::AlignCenter, QString::number(i + 1));
        }
        left += px(kCirclePx) + px(6);
        const QFont font = textFont(TextSize::Body, isCurrent ? QFont::DemiBold : QFont::Normal);
        const int words = QFontMetrics(font).horizontalAdvance(m_names[i]);
        painter.setFont(font);
        painter.setPen(theme[isCurrent ? Token::Text : Token::Muted]);
        painter.drawText(QRect(left, 0, words + 2, height()), Qt::AlignVCenter, m_names[i]);
        left += words + px(6);
        if (i + 1 < int(m_names.size()))
            painter.fillRect(QRect(left, height() / 2, px(kJoinPx) - px(10), 1),
                             theme[Token::Border]);
        left += px(kJoinPx) - px(6);
    }
}

AmountHead::AmountHead(const QStringList &steps, QWidget *parent)
    : QWidget(parent)
    , m_what(new TokenLabel(TextSize::Small, Token::Muted))
    , m_steps(new Steps(steps))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    auto *left = new QVBoxLayout;
    left->setSpacing(px(2));
    auto *line = new QHBoxLayout;
    line->setSpacing(px(6));
    QFont big = textFont(TextSize::Value, QFont::DemiBold);
    big.setPixelSize(big.pixelSize() + px(6));
    m_amount = new FigureLabel(big);
    m_amount->setText(QStringLiteral("0.00"));
    auto *unit = new TokenLabel(TextSize::Section, Token::Muted);
    unit->setText(QStringLiteral("USD"));
    line->addWidget(m_amount);
    line->addWidget(unit, 0, Qt::AlignBottom);
    line->addStretch(1);
    left->addWidget(m_what);
    left->addLayout(line);
    row->addLayout(left, 1);
    row->addWidget(m_steps, 0, Qt::AlignVCenter);
}

void AmountHead::setWhat(const QString &words)
{
    m_what->setText(words);
}

void AmountHead::setAmount(const QString &amount)
{
    m_amount->setText(amount);
}

void AmountHead::setStep(int step)
{
    m_steps->setCurrent(step);
}

EntriesTable::EntriesTable(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Exact entries"));
}

void EntriesTable::showEntries(const QList<api::RefundEntry> &entries, const QString &customerName)
{
    m_entries = entries;
    m_customerName = customerName;
    // Debits first, as in the ledger.
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const api::RefundEntry &a, const api::RefundEntry &b) {
                         return a.amount.isNegative() && !b.amount.isNegative();
                     });
    QStringList words;
    for (const api::RefundEntry &entry : std::as_const(m_entries))
        words << entry.account + u' ' + formatUsd(entry.amount);
    setAccessibleDescription(words.join(u'\n'));
    setFixedHeight(sizeHint().height());
    update();
}

QSize EntriesTable::sizeHint() const
{
    return {px(600), px(kHeadPx) + int(m_entries.size() + 1) * px(kLinePx) + 2};
}

QRect EntriesTable::cell(int column, const QRect &line) const
{
    const int money = px(kMoneyColumnPx);
    const int first = line.width() - (kColumns - 1) * money;
    const QRect rect = column == Account ? QRect(line.left(), line.top(), first, line.height())
                                         : QRect(line.left() + first + (column - 1) * money,
                                                 line.top(), money, line.height());
    return rect.adjusted(px(12), 0, -px(12), 0);
}

void EntriesTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::current();
    const QRect box = rect().adjusted(0, 0, -1, -1);
    QRect line(box.left(), box.top(), box.width(), px(kHeadPx));
    painter.fillRect(line, theme[Token::Surface2]);
    painter.setFont(textFont(TextSize::Small, QFont::Medium));
    painter.setPen(theme[Token::Muted]);
    const QStringList titles = {tr("Account"), tr("Debit"), tr("Credit"), tr("Before"),
                                tr("After")};
    for (int column = 0; column < kColumns; ++column)
        painter.drawText(cell(column, line),
                         Qt::AlignVCenter | (column == Account ? Qt::AlignLeft : Qt::AlignRight),
                         titles[column]);
    painter.fillRect(QRect(line.left(), line.bottom(), line.width(), 1), theme[Token::Border]);
    line = QRect(box.left(), line.bottom() + 1, box.width(), px(kLinePx));
    for (const api::RefundEntry &entry : m_entries) {
        paintEntry(painter, entry, line);
        painter.fillRect(QRect(line.left(), line.bottom(), line.width(), 1), theme[Token::Line]);
        line.translate(0, px(kLinePx));
    }
    paintSum(painter, line);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme[Token::Border]);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, 0.5, 0.5), 4, 4);
}

void EntriesTable::paintEntry(QPainter &painter, const api::RefundEntry &entry,
                              const QRect &line) const
{
    const Theme &theme = Theme::current();
    const Figures &figures = figuresFor(textFont(TextSize::Body));
    QRect words = cell(Account, line);
    if (!entry.amount.isNegative()) {
        paintIcon(&painter,
                  QRect(words.left(), words.top() + (words.height() - px(14)) / 2, px(14), px(14)),
                  QStringLiteral("elbow"), Token::Muted);
        words.setLeft(words.left() + px(18));
    }
    const QFont bold = textFont(TextSize::Body, QFont::Medium);
    painter.setFont(bold);
    painter.setPen(theme[Token::Text]);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, entry.account);
    words.setLeft(words.left() + QFontMetrics(bold).horizontalAdvance(entry.account) + px(6));
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(theme[Token::Muted]);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     entry.isCustomers ? m_customerName : accountWord(entry.account));
    const auto money = [&](Column column, Money amount, Token tone) {
        painter.setPen(theme[tone]);
        figures.draw(&painter, cell(column, line), Qt::AlignRight | Qt::AlignVCenter,
                     formatMoney(amount));
    };
    if (entry.amount.isNegative())
        money(Debit, -entry.amount, Token::Text);
    else
        money(Credit, entry.amount, Token::Text);
    if (entry.before)
        money(Before, *entry.before, Token::Muted);
    if (entry.after)
        money(After, *entry.after, Token::Text);
}

void EntriesTable::paintSum(QPainter &painter, const QRect &line) const
{
    const Theme &theme = Theme::current();
    painter.fillRect(line.adjusted(1, 0, 0, 0), theme[Token::Surface2]);
    Money sum;
    Money debits;
    for (const api::RefundEntry &entry : m_entries) {
        sum += entry.amount;
        if (entry.amount.isNegative())
            debits -= entry.amount;
    }
    const Token tone = sum.isZero() ? Token::Good : Token::Bad;
    QRect words = cell(Account, line);
    paintIcon(&painter,
              QRect(words.left(), words.top() + (words.height() - px(15)) / 2, px(15), px(15)),
              sum.isZero() ? QStringLiteral("circle-check") : QStringLiteral("octagon-x"), tone);
    words.setLeft(words.left() + px(20));
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(theme[tone]);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     sum.isZero() ? tr("Balanced, sum 0.00")
                                  : tr("Does not balance, sum %1").arg(formatMoney(sum)));
    painter.setPen(theme[Token::Text]);
    const Figures &figures = figuresFor(textFont(TextSize::Body, QFont::Medium));
    figures.draw(&painter, cell(Debit, line), Qt::AlignRight | Qt::AlignVCenter,
                 formatMoney(debits));
    figures.draw(&painter, cell(Credit, line), Qt::AlignRight | Qt::AlignVCenter,
                 formatMoney(debits + sum));
    painter.setFont(textFont(TextSize::Small));
    painter.setPen(theme[Token::Muted]);
    painter.drawText(cell(After, line), Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("USD"));
}

QString refundReasonWord(const QString &reason)
{
    const QHash<QString, QString> words = {
        {QStringLiteral("call_failed"), Words::tr("The call failed")},
        {QStringLiteral("bad_audio"), Words::tr("Bad audio")},
        {QStringLiteral("wrong_destination"), Words::tr("Wrong destination")},
        {QStringLiteral("not_answered_but_charged"), Words::tr("Not answered, but charged")},
        {QStringLiteral("ai_malfunction"), Words::tr("The agent went wrong")},
        {QStringLiteral("duplicate_charge"), Words::tr("Charged twice")},
        {QStringLiteral("overcharged"), Words::tr("Charged too much")},
        {QStringLiteral("price_error"), Words::tr("Wrong price")},
        {QStringLiteral("plan_not_used"), Words::tr("Plan not used")},
        {QStringLiteral("goodwill"), Words::tr("Goodwill")},
        {QStringLiteral("other"), Words::tr("Other, see the note")},
    };
    return words.value(reason, reason);
}

QString accountWord(const QString &account)
{
    const QHash<QString, QString> words = {
        {QStringLiteral("revenue_calls"), Words::tr("Call revenue")},
        {QStringLiteral("revenue_plans"), Words::tr("Plan revenue")},
        {QStringLiteral("adjust_goodwill"), Words::tr("Goodwill")},
        {QStringLiteral("adjust_correction"), Words::tr("Corrections")},
        {QStringLiteral("payouts"), Words::tr("Paid out of the system")},
        {QStringLiteral("write_off"), Words::tr("Written off")},
        {QStringLiteral("dynopay_clearing"), Words::tr("On its way from the provider")},
        {QStringLiteral("suspense"), Words::tr("Waits for a decision")},
    };
    return words.value(account);
}

QString needsWords(api::RefundNeeds needs)
{
    switch (needs) {
    case api::RefundNeeds::Nobody: return {};
    case api::RefundNeeds::SeniorOrFinance:
        return Words::tr("One other person must approve: Senior or Finance.");
    case api::RefundNeeds::Finance: return Words::tr("One other person must approve: Finance.");
    case api::RefundNeeds::TwoPeople:
        return Words::tr("Two other people must approve: Senior or Finance, then Finance.");
    }
    Q_UNREACHABLE();
}

} // namespace ui
