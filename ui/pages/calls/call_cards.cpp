#include "ui/pages/calls/call_cards.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

namespace {

constexpr int kWarnThousandths = 900; // of the hold: from here on it is about to end

bool isPassed(const api::GuardFinding &finding)
{
    return finding.ruling == api::Ruling::Allow;
}

} // namespace

/// How much of the hold is spent, with a mark where it gets tight.
class MoneyCard::Bar final : public QWidget {
public:
    Bar() { setFixedHeight(px(12)); }
    void setSpent(int thousandths)
    {
        m_spent = thousandths;
        setAccessibleName(MoneyCard::tr("%1 % of the hold is spent").arg(thousandths / 10));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::current();
        const int height = px(6);
        QRect track(0, (this->height() - height) / 2, width(), height);
        painter.fillRect(track, theme[Token::Hover]);
        QRect part = track;
        part.setWidth(int(qint64(width()) * m_spent / 1000));
        if (isRightToLeft())
            part.moveRight(track.right());
        painter.fillRect(part, theme[m_spent > kWarnThousandths ? Token::Warn : Token::AccentFill]);
        const int mark = int(qint64(width()) * kWarnThousandths / 1000);
        painter.fillRect(QRect(isRightToLeft() ? width() - mark : mark, 0, 2, this->height()),
                         theme[Token::Warn]);
    }

private:
    int m_spent = 0;
};

MoneyCard::MoneyCard(const Display &display, QWidget *parent)
    : QWidget(parent)
    , m_display(display)
    , m_bar(new Bar)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(px(16), px(12), px(16), px(12));
    column->setSpacing(px(8));
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    m_spent = addValue(*row, TextSize::Value, QFont::DemiBold);
    m_hold = addValue(*row, TextSize::Body, QFont::DemiBold);
    m_rate = addValue(*row, TextSize::Body, QFont::DemiBold);
    m_stops = addValue(*row, TextSize::Body, QFont::DemiBold);
    column->addLayout(row);
    column->addWidget(m_bar);
}

MoneyCard::Value MoneyCard::addValue(QHBoxLayout &row, TextSize size, QFont::Weight weight)
{
    Value value{.label = new TokenLabel(TextSize::Small, Token::Muted),
                .value = new FigureLabel(textFont(size, weight)),
                .unit = new TokenLabel(TextSize::Small, Token::Muted)};
    auto *block = new QVBoxLayout;
    block->setSpacing(px(2));
    auto *line = new QHBoxLayout;
    line->setSpacing(px(3));
    line->addWidget(value.value, 0, Qt::AlignBottom);
    line->addWidget(value.unit, 0, Qt::AlignBottom);
    line->addStretch(1);
    block->addWidget(value.label);
    block->addStretch(1);
    block->addLayout(line);
    row.addLayout(block, 1);
    return value;
}

void MoneyCard::showCall(const api::CallRow &row, Timestamp now)
{
    const bool isExact = api::isFinal(row.state);
    const Money cost = costOf(row, now);
    m_spent.label->setText(isExact ? tr("Charged") : tr("Spent, about"));
    m_spent.value->setText(isExact ? formatMoney(cost) : formatAbout(cost));
    m_spent.unit->setText(QStringLiteral("USD"));
    m_hold.label->setText(isExact && row.refunded.isPositive() ? tr("Refunded") : tr("Hold"));
    m_hold.value->setText(isExact && row.refunded.isPositive() ? formatMoney(row.refunded)
                          : row.hold.isPositive()              ? formatMoney(row.hold)
                                                               : QString(kDash));
    m_rate.label->setText(tr("Rate"));
    m_rate.value->setText(formatMoney(row.ratePerMinute));
    m_rate.unit->setText(tr("per min"));
    const auto duration = durationOf(row, now);
    const auto stops = stopsAt(row);
    const auto inZone = [this](Timestamp at) {
        return formatMoment(at, m_display.now(), m_display.zone()).time;
    };
    m_stops.label->setText(isExact ? tr("Lasted") : tr("Stops at"));
    m_stops.value->setText(isExact && duration ? formatDuration(*duration)
                           : !isExact && stops ? inZone(*stops)
                                               : QString(kDash));
    m_bar->setVisible(row.hold.isPositive());
    if (row.hold.isPositive())
        m_bar->setSpent(int(cost.timesRatioDown(1000, row.hold.micros()).micros()));
}

/// A tick a rule; the words of each are in its tooltip.
class VerdictCard::Strip final : public QWidget {
public:
    Strip()
    {
        setFixedHeight(px(32));
        setMouseTracking(true);
    }
    void setFindings(const QList<api::GuardFinding> &findings)
    {
        m_findings = findings;
        QStringList words;
        for (const api::GuardFinding &finding : findings)
            words << wordsFor(finding);
        setAccessibleName(VerdictCard::tr("Rules"));
        setAccessibleDescription(words.join(u'\n'));
        setVisible(!findings.isEmpty());
        update();
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::ToolTip)
            return QWidget::event(event);
        auto *help = static_cast<QHelpEvent *>(event);
        for (int i = 0; i < int(m_findings.size()); ++i) {
            if (cell(i).contains(help->pos()))
                QToolTip::showText(help->globalPos(), wordsFor(m_findings[i]), this);
        }
        return true;
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QFont font = textFont(TextSize::Tiny);
        font.setPixelSize(font.pixelSize() - 1);
        for (int i = 0; i < int(m_findings.size()); ++i) {
            const RulingWords words = wordsOf(m_findings[i].ruling);
            const bool hasPassed = isPassed(m_findings[i]);
            const QRect rect = cell(i);
            painter.fillRect(rect.adjusted(1, 0, -1, 0),
                             Theme::current()[hasPassed ? Token::Surface2 : tintOf(words.tone)]);
            const QRect icon(rect.center().x() - px(6), rect.top() + px(3), px(12), px(12));
            paintIcon(&painter, icon,
                      hasPassed ? QStringLiteral("check")
                      : m_findings[i].ruling == api::Ruling::NotJudged
                          ? QStringLiteral("circle-minus")
                          : words.iconName,
                      words.tone);
            painter.setFont(font);
            painter.setPen(Theme::current()[hasPassed ? Token::Muted : words.tone]);
            painter.drawText(rect.adjusted(0, px(15), 0, 0), Qt::AlignCenter,
                             m_findings[i].code.mid(1));
        }
    }

private:
    [[nodiscard]] QRect cell(int i) const
    {
        const int count = std::max(1, int(m_findings.size()));
        const int step = std::min(px(30), width() / count);
        const int place = isRightToLeft() ? width() - (i + 1) * step : i * step;
        return {place, 0, step, height()};
    }
    static QString wordsFor(const api::GuardFinding &finding)
    {
        QStringList parts = {finding.code + QStringLiteral(": ") + wordsOf(finding.ruling).word};
        if (!finding.words.isEmpty())
            parts << finding.words;
        if (!finding.seen.isEmpty())
            parts << VerdictCard::tr("Seen: %1").arg(finding.seen);
        if (!finding.limit.isEmpty())
            parts << VerdictCard::tr("Limit: %1").arg(finding.limit);
        return parts.join(u'\n');
    }

    QList<api::GuardFinding> m_findings;
};

VerdictCard::VerdictCard(QWidget *parent)
    : QWidget(parent)
    , m_strip(new Strip)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(px(16), px(12), px(16), px(12));
    column->setSpacing(px(8));
    auto *row = new QHBoxLayout;
    row->setSpacing(px(6));
    m_icon = new IconLabel(QStringLiteral("shield"), Token::Muted, 16);
    m_word = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_counts = new TokenLabel(TextSize::Small, Token::Muted);
    m_policy = new TokenLabel(TextSize::Small, Token::Muted);
    row->addWidget(m_icon);
    row->addWidget(m_word);
    row->addWidget(m_counts);
    row->addStretch(1);
    row->addWidget(m_policy);
    column->addLayout(row);
    column->addWidget(m_strip);
    m_words = new TokenLabel(TextSize::Small, Token::Muted);
    m_words->setWordWrap(true);
    column->addWidget(m_words);
}

void VerdictCard::showVerdict(const api::GuardVerdict &verdict)
{
    const RulingWords words = wordsOf(verdict.ruling);
    m_icon->setIcon(words.iconName, words.tone);
    m_word->setText(words.word);
    m_word->setToken(words.tone);
    int passed = 0;
    int unjudged = 0;
    QStringList lines;
    for (const api::GuardFinding &finding : verdict.findings) {
        passed += isPassed(finding) ? 1 : 0;
        unjudged += finding.ruling == api::Ruling::NotJudged ? 1 : 0;
        if (!isPassed(finding) && finding.ruling != api::Ruling::NotJudged)
            lines << finding.code + u' ' + finding.words;
    }
    QString counts = tr("%1 of %2 rules pass").arg(passed).arg(verdict.findings.size());
    if (unjudged > 0)
        counts = tr("%1, %2 not judged").arg(counts).arg(unjudged);
    m_counts->setText(verdict.findings.isEmpty() ? QString() : counts);
    m_policy->setText(verdict.policyVersion > 0 ? tr("policy v%1").arg(verdict.policyVersion)
                                                : QString());
    m_strip->setFindings(verdict.findings);
    m_words->setText(lines.join(u'\n'));
    m_words->setVisible(!lines.isEmpty());
}

} // namespace ui
