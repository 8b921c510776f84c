#include "ui/pages/translations/coverage_model.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/console_style.h"
#include "ui/support/figures.h"
#include "ui/support/fonts.h"
#include "ui/support/icon.h"

#include <QAbstractItemView>
#include <QPainter>

namespace ui {

namespace {

constexpr int kWarnPercent = 100;
constexpr int kBadPercent = 90;
constexpr int kBarPx = 3;

/// How a share looks: complete, not quite, or too little.
struct Look {
    QString iconName;
    Token tone = Token::Muted;
};

Look lookOf(const api::CoverageCell &cell)
{
    if (cell.percent() < kBadPercent)
        return {QStringLiteral("octagon-x"), Token::Bad};
    if (cell.percent() < kWarnPercent || cell.errors > 0)
        return {QStringLiteral("triangle-alert"), Token::Warn};
    return {QStringLiteral("check"), Token::Good};
}

} // namespace

QString groupWord(const QString &group)
{
    return group.isEmpty() ? group : group.left(1).toUpper() + group.mid(1).replace(u'_', u' ');
}

void CoverageModel::showCoverage(const api::TranslationCoverage &coverage)
{
    const bool hasShape = m_coverage.groups == coverage.groups &&
                          m_coverage.languages.size() == coverage.languages.size();
    if (!hasShape)
        beginResetModel();
    m_coverage = coverage;
    if (!hasShape)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString CoverageModel::groupOf(int column) const
{
    return column < FirstGroup ? QString() : m_coverage.groups.value(column - FirstGroup);
}

const api::CoverageCell *CoverageModel::cellAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() == Language || index.column() == Stale)
        return nullptr;
    const api::LanguageCoverage &language = m_coverage.languages[index.row()];
    return index.column() == All ? &language.all : &language.groups[index.column() - FirstGroup];
}

int CoverageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_coverage.languages.size());
}

int CoverageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstGroup + int(m_coverage.groups.size());
}

QVariant CoverageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(section == Language ? Qt::AlignLeft : Qt::AlignHCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Language: return tr("Language");
    case All: return tr("Static");
    case Stale: return tr("Stale");
    default: break;
    }
    const QString words = groupWord(groupOf(section));
    if (m_coverage.languages.isEmpty())
        return words;
    return QStringLiteral("%1\n%2").arg(words).arg(
        m_coverage.languages.first().groups[section - FirstGroup].total);
}

QVariant CoverageModel::data(const QModelIndex &index, int role) const
{
    const api::LanguageCoverage &language = m_coverage.languages[index.row()];
    const api::CoverageCell *cell = cellAt(index);
    if (role == Qt::ToolTipRole && cell != nullptr)
        return tr("%1 of %2 finished and clean, %3 errors, %4 notes")
            .arg(cell->good)
            .arg(cell->total)
            .arg(cell->errors)
            .arg(cell->warnings);
    if (role == Qt::ToolTipRole && index.column() == Language)
        return language.name;
    if (role == Qt::AccessibleTextRole && cell != nullptr)
        return tr("%1 per cent").arg(cell->percent());
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == Language)
        return languageWord(language.tag);
    if (index.column() == Stale)
        return language.stale;
    return cell->percent();
}

void CoverageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const auto &model = static_cast<const CoverageModel &>(*index.model());
    const Theme &theme = Theme::current();
    const QRect rect = option.rect;
    const bool isCurrent = option.state & QStyle::State_Selected;
    const api::CoverageCell *cell = model.cellAt(index);
    const Look look = cell != nullptr ? lookOf(*cell) : Look{};
    const bool needsWork = cell != nullptr && index.column() >= CoverageModel::FirstGroup &&
                           (look.tone == Token::Bad || cell->errors > 0);
    painter->save();
    painter->fillRect(rect, theme[needsWork ? tintOf(look.tone) : Token::Surface]);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme[Token::Line]);
    if (index.column() >= CoverageModel::FirstGroup)
        painter->fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), theme[Token::Line]);
    if (index.column() == CoverageModel::Language) {
        const api::LanguageCoverage &language = model.coverage().languages[index.row()];
        QRect words = rect.adjusted(px(20), 0, -px(8), 0);
        const QFont font = textFont(TextSize::Body, QFont::Medium);
        painter->setFont(font);
        painter->setPen(theme[Token::Text]);
        const QString name = languageWord(language.tag);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, name);
        words.setLeft(words.left() + QFontMetrics(font).horizontalAdvance(name) + px(5));
        painter->setFont(textFont(TextSize::Small));
        painter->setPen(theme[Token::Muted]);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, language.tag);
    } else {
        const bool isWhole = look.tone == Token::Good || cell == nullptr;
        const Figures &figures =
            figuresFor(textFont(TextSize::Body, isWhole ? QFont::Normal : QFont::Medium));
        const QString number = index.data().toString();
        const int side = px(13);
        const int middle = rect.center().x() + px(6);
        const QRect room(rect.left(), rect.top(), middle - rect.left(), rect.height());
        painter->setPen(theme[isWhole ? Token::Muted : Token::Text]);
        figures.draw(painter, room, Qt::AlignRight | Qt::AlignVCenter, number);
        if (cell != nullptr)
            paintIcon(painter,
                      QRect(middle + px(7), rect.top() + (rect.height() - side) / 2, side, side),
                      look.iconName, look.tone == Token::Good ? Token::Muted : look.tone);
    }
    if (isCurrent)
        paintFocusRing(painter, rect.adjusted(0, 0, 0, -1));
    const bool isRowCurrent =
        static_cast<const QAbstractItemView *>(option.widget)->currentIndex().row() == index.row();
    if (isRowCurrent && index.column() == CoverageModel::Language)
        painter->fillRect(QRect(rect.left(), rect.top(), kBarPx, rect.height()),
                          theme[Token::Accent]);
    painter->restore();
}

} // namespace ui
