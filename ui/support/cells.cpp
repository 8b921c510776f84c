#include "ui/support/cells.h"

#include "ui/support/console_style.h"
#include "ui/support/figures.h"
#include "ui/support/fonts.h"
#include "ui/support/icon.h"
#include "ui/support/smart_table.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int kBarPx = 3;

QRect squareAt(int left, const QRect &row, int side)
{
    return {left, row.top() + (row.height() - side) / 2, side, side};
}

/// Draws at the leading edge of `rect` and takes what it used off it.
void takeText(QPainter *painter, QRect &rect, const QFont &font, Token token, const QString &text)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const Figures &figures = figuresFor(font);
    const int width = figures.width(text);
    painter->setPen(Theme::current()[token]);
    if (width <= rect.width()) {
        figures.draw(painter, rect, Qt::AlignLeft | Qt::AlignVCenter, text);
    } else {
        const QString elided = QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width());
        painter->setFont(font);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, elided);
    }
    rect.setLeft(rect.left() + width);
}

QFont fontOf(const QModelIndex &index)
{
    const QVariant weight = index.data(WeightRole);
    return textFont(TextSize::Body,
                    weight.isValid() ? QFont::Weight(weight.toInt()) : QFont::Normal);
}

} // namespace

int pillWidth(const QString &word)
{
    const int icon = px(12);
    return px(6) + icon + px(4) + figuresFor(textFont(TextSize::Small, QFont::Medium)).width(word) +
           px(7);
}

int paintPill(QPainter *painter, const QRect &rect, const QString &iconName, const QString &word,
              Token tone)
{
    const int height = px(20);
    const QRect pill(rect.left(), rect.top() + (rect.height() - height) / 2, pillWidth(word),
                     height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isContrast = Theme::current().name == ThemeName::Contrast;
    painter->setPen(isContrast ? QPen(Theme::current()[tone], 1) : QPen(Qt::NoPen));
    painter->setBrush(Theme::current()[tintOf(tone)]);
    painter->drawRoundedRect(
        isContrast ? QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(pill), 4, 4);
    painter->restore();
    paintIcon(painter, squareAt(pill.left() + px(6), pill, px(12)), iconName, tone);
    painter->setPen(Theme::current()[tone]);
    const QRect words = pill.adjusted(px(6) + px(12) + px(4), 0, 0, 0);
    figuresFor(textFont(TextSize::Small, QFont::Medium))
        .draw(painter, words, Qt::AlignLeft | Qt::AlignVCenter, word);
    return pill.width();
}

CellDelegate::CellDelegate(SmartTable &table)
    : QStyledItemDelegate(&table)
    , m_table(table)
{
}

Token CellDelegate::toneOf(const QModelIndex &index, int role) const
{
    if (m_table.isDimmed())
        return Token::Muted;
    const QVariant tone = index.data(role);
    return tone.isValid() ? static_cast<Token>(tone.toInt()) : Token::Text;
}

void CellDelegate::paintFrame(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const bool isSelected = m_table.isSelected(index);
    painter->fillRect(rect, theme[isSelected ? Token::Select : Token::Surface]);
    const QVariant isLast = index.data(IsLastLineRole);
    if (!isLast.isValid() || isLast.toBool())
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                          theme[isLast.isValid() ? Token::Border : Token::Line]);
    if (isSelected && m_table.isFirstColumn(index.column())) {
        const int left = m_table.isRightToLeft() ? rect.right() - kBarPx + 1 : rect.left();
        painter->fillRect(QRect(left, rect.top(), kBarPx, rect.height()), theme[Token::Accent]);
    }
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    paintFrame(painter, option.rect, index);
    const QRect content = m_table.contentRect(option.rect, index.column());
    painter->setClipRect(option.rect);
    if (index.data(IsLoadedRole).toBool()) {
        paintContent(painter, content, index);
    } else {
        m_table.paintGreyBar(painter, content, index.row() + index.column());
    }
    if (m_table.showsCellFocus() && option.state & QStyle::State_HasFocus)
        paintFocusRing(painter, option.rect);
    painter->restore();
}

void TextDelegate::paintContent(QPainter *painter, const QRect &rect,
                                const QModelIndex &index) const
{
    QRect rest = rect;
    const QString iconName = index.data(IconRole).toString();
    if (!iconName.isEmpty()) {
        paintIcon(painter, squareAt(rest.left(), rest, px(14)), iconName,
                  toneOf(index, IconToneRole));
        rest.setLeft(rest.left() + px(14) + px(5));
    }
    const QFont font = fontOf(index);
    const QString prefix = index.data(PrefixRole).toString();
    if (!prefix.isEmpty())
        takeText(painter, rest, font, Token::Muted, prefix + u' ');
    takeText(painter, rest, font, toneOf(index), index.data().toString());
    const QString suffix = index.data(SuffixRole).toString();
    if (!suffix.isEmpty()) {
        rest.setLeft(rest.left() + px(4));
        takeText(painter, rest, textFont(TextSize::Small), Token::Muted, suffix);
    }
}

void CodeDelegate::paintContent(QPainter *painter, const QRect &rect,
                                const QModelIndex &index) const
{
    const QFont font = codeFont();
    painter->setFont(font);
    painter->setPen(Theme::current()[toneOf(index)]);
    const QString elided =
        QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, elided);
}

void StateDelegate::paintContent(QPainter *painter, const QRect &rect,
                                 const QModelIndex &index) const
{
    const QString iconName = index.data(IconRole).toString();
    if (index.data(IsFilledRole).toBool()) {
        paintPill(painter, rect, iconName, index.data().toString(), toneOf(index, IconToneRole));
        return;
    }
    paintIcon(painter, squareAt(rect.left(), rect, px(15)), iconName, toneOf(index, IconToneRole));
    QRect words = rect.adjusted(px(15) + px(6), 0, 0, 0);
    takeText(painter, words, textFont(TextSize::Body), toneOf(index), index.data().toString());
}

/// A number is never cut: a long one takes the padding before it, then a smaller size.
void MoneyDelegate::paintContent(QPainter *painter, const QRect &rect,
                                 const QModelIndex &index) const
{
    const QString text = index.data().toString();
    const QRect room = rect.adjusted(-px(8), 0, 0, 0);
    QFont font = fontOf(index);
    for (const TextSize size : {TextSize::Small, TextSize::Tiny}) {
        if (figuresFor(font).width(text) > room.width())
            font = textFont(size, font.weight());
    }
    painter->setPen(Theme::current()[toneOf(index)]);
    figuresFor(font).draw(painter, room, Qt::AlignRight | Qt::AlignVCenter, text);
}

void MeterDelegate::paintContent(QPainter *painter, const QRect &rect,
                                 const QModelIndex &index) const
{
    const QVariant filled = index.data(MeterRole);
    QRect words = rect;
    if (filled.isValid()) {
        const QRect track(rect.left(), rect.top() + (rect.height() - px(6)) / 2, px(48), px(6));
        const bool isSelected = table().isSelected(index);
        painter->fillRect(track, Theme::current()[isSelected ? Token::Border : Token::Hover]);
        QRect part = track;
        part.setWidth(track.width() * filled.toInt() / 1000);
        painter->fillRect(part, Theme::current()[toneOf(index, IconToneRole)]);
        words.setLeft(rect.left() + px(48) + px(6));
    }
    takeText(painter, words, textFont(TextSize::Body), toneOf(index), index.data().toString());
}

/// An age has a pill only when its state has none, so the state's pill may reach in here.
void AgeDelegate::paintStateOverhang(QPainter *painter, const QModelIndex &index) const
{
    const QModelIndex state = index.siblingAtColumn(index.column() - 1);
    if (!state.isValid() || !state.data(IsFilledRole).toBool() ||
        table().isColumnHidden(state.column()))
        return;
    const QRect rect = table().contentRect(table().visualRect(state), state.column());
    paintPill(painter, rect, state.data(IconRole).toString(), state.data().toString(),
              toneOf(state, IconToneRole));
}

void AgeDelegate::paintContent(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const Figures &figures = figuresFor(textFont(TextSize::Body));
    const QString text = index.data().toString();
    painter->setPen(Theme::current()[toneOf(index)]);
    figures.draw(painter, rect, Qt::AlignRight | Qt::AlignVCenter, text);
    const QString badge = index.data(BadgeRole).toString();
    if (badge.isEmpty())
        return paintStateOverhang(painter, index);
    const int numberWidth = std::max(figures.width(text), px(42));
    QRect pill = rect;
    pill.setLeft(rect.right() + 1 - numberWidth - px(8) - pillWidth(badge));
    paintPill(painter, pill, index.data(IconRole).toString(), badge, toneOf(index, IconToneRole));
}

} // namespace ui
