#include "ui/support/filter_completion.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>

namespace ui {

namespace {

constexpr int kItemsMax = 16;
constexpr int kRowPx = 28;
constexpr int kPaddingPx = 4;
constexpr int kGapPx = 16;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Filter)
};

/// Where the word at the cursor begins: behind the last blank that is not in quotes.
int wordStart(const QString &text, int cursor)
{
    int start = 0;
    bool isQuoted = false;
    for (int i = 0; i < cursor; ++i) {
        if (text[i] == u'"')
            isQuoted = !isQuoted;
        else if (text[i].isSpace() && !isQuoted)
            start = i + 1;
    }
    return start;
}

QString hintOf(const FilterField &field)
{
    switch (field.kind) {
    case FilterField::Kind::Number: return Words::tr("a number; also with < and :");
    case FilterField::Kind::Id: return Words::tr("a whole number");
    case FilterField::Kind::Age: return Words::tr("newer than 30m, 2h or 7d");
    case FilterField::Kind::Word: return Words::tr("one of %1 words").arg(field.words.size());
    case FilterField::Kind::Text: return Words::tr("begins with");
    }
    Q_UNREACHABLE();
}

QList<Completion> fieldsLike(const QString &word, const QList<FilterField> &fields)
{
    const bool isNegated = word.startsWith(u'-');
    const QString beginning = word.mid(isNegated ? 1 : 0);
    QList<Completion> items;
    for (const FilterField &field : fields) {
        const bool isNumber = field.kind == FilterField::Kind::Number;
        if (!field.name.startsWith(beginning, Qt::CaseInsensitive) || (isNegated && isNumber))
            continue;
        const QString text =
            (isNegated ? QStringLiteral("-") : QString()) + field.name + (isNumber ? u'>' : u':');
        items.append({.text = text, .label = text, .hint = hintOf(field)});
    }
    return items;
}

QStringList valuesOf(const FilterField &field)
{
    if (field.kind == FilterField::Kind::Age)
        return {QStringLiteral("30m"), QStringLiteral("2h"), QStringLiteral("24h"),
                QStringLiteral("7d")};
    QStringList values;
    for (const FilterWord &word : field.words)
        values << word.word;
    return values;
}

} // namespace

Completions withValues(Completions known, const QStringList &values)
{
    for (const QString &value : values) {
        const Completion item{
            .text = known.before + quotedValue(value) + u' ', .label = value, .hint = {}};
        const bool isNew = value.startsWith(known.typed, Qt::CaseInsensitive) &&
                           value.compare(known.typed, Qt::CaseInsensitive) != 0;
        if (isNew && !known.items.contains(item) && known.items.size() < kItemsMax)
            known.items.append(item);
    }
    return known;
}

Completions completionsAt(const QString &text, int cursor, const QList<FilterField> &fields)
{
    Completions all{.start = wordStart(text, cursor), .length = 0, .items = {}};
    all.length = cursor - all.start;
    const QString word = text.mid(all.start, all.length);
    const qsizetype colon = word.indexOf(u':');
    if (colon < 0) {
        if (!word.contains(u'"') && !word.contains(u'>') && !word.contains(u'<'))
            all.items = fieldsLike(word, fields);
        return all;
    }
    const QString name = word.left(colon).mid(word.startsWith(u'-') ? 1 : 0);
    const auto field = std::find_if(fields.cbegin(), fields.cend(), [&](const FilterField &known) {
        return known.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (field == fields.cend())
        return all;
    all.before = word.left(colon + 1);
    all.typed = word.mid(colon + 1).remove(u'"');
    all.field = field->suggest ? field->name : QString();
    return withValues(all, valuesOf(*field));
}

CompletionList::CompletionList(QWidget *parent)
    : Panel(Token::Surface, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge, parent)
{
    setAccessibleName(tr("Suggestions"));
    setMouseTracking(true);
    hide();
}

void CompletionList::showItems(const QList<Completion> &items, const QPoint &topLeft, int widthMin)
{
    m_items = items;
    setCurrent(-1);
    int width = px(widthMin);
    const QFontMetrics words(textFont(TextSize::Body));
    const QFontMetrics hints(textFont(TextSize::Small));
    for (const Completion &item : items)
        width = std::max(width, words.horizontalAdvance(item.label) + px(kGapPx) +
                                    hints.horizontalAdvance(item.hint) + 2 * px(12));
    setGeometry(topLeft.x(), topLeft.y(), width,
                int(items.size()) * px(kRowPx) + 2 * px(kPaddingPx));
    setVisible(!items.isEmpty());
    raise();
    update();
}

void CompletionList::step(int by)
{
    const int count = int(m_items.size());
    if (count > 0)
        setCurrent(m_current < 0 && by < 0 ? count - 1 : (m_current + by + count) % count);
}

void CompletionList::setCurrent(int item)
{
    m_current = item;
    setAccessibleDescription(item < 0 ? QString() : m_items[item].label);
    update();
}

int CompletionList::itemAt(const QPoint &place) const
{
    const int item = (place.y() - px(kPaddingPx)) / px(kRowPx);
    return place.y() >= px(kPaddingPx) && item < m_items.size() ? item : -1;
}

void CompletionList::mouseMoveEvent(QMouseEvent *event)
{
    setCurrent(itemAt(event->position().toPoint()));
}

void CompletionList::mousePressEvent(QMouseEvent *event)
{
    const int item = itemAt(event->position().toPoint());
    if (item >= 0)
        Q_EMIT chosen(item);
}

void CompletionList::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    QPainter painter(this);
    const Theme &theme = Theme::current();
    for (int i = 0; i < m_items.size(); ++i) {
        const QRect row(1, px(kPaddingPx) + i * px(kRowPx), width() - 2, px(kRowPx));
        if (i == m_current)
            painter.fillRect(row, theme[Token::Select]);
        const QRect words = row.adjusted(px(11), 0, -px(11), 0);
        painter.setFont(textFont(TextSize::Body));
        painter.setPen(theme[Token::Text]);
        painter.drawText(words, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                         m_items[i].label);
        painter.setFont(textFont(TextSize::Small));
        painter.setPen(theme[Token::Muted]);
        painter.drawText(words, Qt::AlignTrailing | Qt::AlignVCenter | Qt::TextSingleLine,
                         m_items[i].hint);
    }
}

} // namespace ui
