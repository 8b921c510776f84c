#include "ui/pages/translations/texts_model.h"

#include "ui/support/cells.h"
#include "ui/support/fonts.h"
#include "ui/support/icon.h"

#include <QAbstractItemView>
#include <QPainter>

namespace ui {

namespace {

constexpr int kBarPx = 3;

struct StateLook {
    QString word;
    QString iconName;
    Token tone = Token::Muted;
    int order = 0;
};

StateLook lookOf(api::TextState state)
{
    switch (state) {
    case api::TextState::Missing:
        return {TextsModel::tr("Missing"), QStringLiteral("loader"), Token::Warn, 1};
    case api::TextState::NeedsFix:
        return {TextsModel::tr("Needs fix"), QStringLiteral("octagon-x"), Token::Bad, 0};
    case api::TextState::Stale:
        return {TextsModel::tr("Stale"), QStringLiteral("clock"), Token::Warn, 2};
    case api::TextState::Noted:
        return {TextsModel::tr("Note"), QStringLiteral("note"), Token::Info, 3};
    case api::TextState::Done:
        return {TextsModel::tr("Done"), QStringLiteral("circle-check"), Token::Good, 4};
    }
    Q_UNREACHABLE();
}

} // namespace

void TextsModel::showTexts(QList<api::TextRow> texts)
{
    std::stable_sort(texts.begin(), texts.end(), [](const api::TextRow &a, const api::TextRow &b) {
        return lookOf(a.state).order < lookOf(b.state).order;
    });
    beginResetModel();
    m_texts = std::move(texts);
    endResetModel();
}

int TextsModel::openCount() const
{
    return int(std::count_if(m_texts.cbegin(), m_texts.cend(), [](const api::TextRow &text) {
        return text.state != api::TextState::Done && text.state != api::TextState::Noted;
    }));
}

int TextsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_texts.size());
}

int TextsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant TextsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Key: return tr("Key");
    case State: return tr("State");
    case Source: return tr("English source");
    default: return tr("Translation");
    }
}

QVariant TextsModel::data(const QModelIndex &index, int role) const
{
    const api::TextRow &text = m_texts[index.row()];
    const StateLook look = lookOf(text.state);
    if (index.column() == State && role == IconRole)
        return look.iconName;
    if (index.column() == State && role == IconToneRole)
        return int(look.tone);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Key: return text.key;
    case State: return look.word;
    case Source: return text.source.simplified();
    default: return text.translation.simplified();
    }
}

void TextsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const QRect rect = option.rect;
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(rect, theme[isSelected ? Token::Select : Token::Surface]);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme[Token::Line]);
    const bool isFirst = index.column() == TextsModel::Key;
    if (isSelected && isFirst)
        painter->fillRect(QRect(rect.left(), rect.top(), kBarPx, rect.height()),
                          theme[Token::Accent]);
    QRect words = rect.adjusted(px(isFirst ? 20 : 8), 0, -px(8), 0);
    const QString iconName = index.data(IconRole).toString();
    if (!iconName.isEmpty()) {
        const int side = px(14);
        paintIcon(painter, QRect(words.left(), rect.top() + (rect.height() - side) / 2, side, side),
                  iconName, static_cast<Token>(index.data(IconToneRole).toInt()));
        words.setLeft(words.left() + side + px(6));
    }
    const QFont font = isFirst ? codeFont() : textFont(TextSize::Body);
    painter->setFont(font);
    painter->setPen(theme[index.column() == TextsModel::Source ? Token::Muted : Token::Text]);
    const auto elide = isFirst ? Qt::ElideMiddle : Qt::ElideRight;
    // In its own direction, so that a full stop stands where it belongs.
    painter->setLayoutDirection(index.data().toString().isRightToLeft() ? Qt::RightToLeft
                                                                        : Qt::LeftToRight);
    painter->drawText(
        words, int(Qt::AlignVCenter | Qt::AlignLeft | Qt::AlignAbsolute) | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(index.data().toString(), elide, words.width()));
    painter->restore();
}

} // namespace ui
