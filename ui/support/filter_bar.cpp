#include "ui/support/filter_bar.h"

#include "ui/support/fonts.h"
#include "ui/support/icon.h"
#include "ui/support/when_ready.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kDebounce = 200ms;
constexpr int kFieldPx = 30;
constexpr int kRowPaddingPx = 9;
constexpr int kListPx = 240;

/// The frame round chips and text; it shows the focus for the whole field.
class FieldBox final : public QFrame {
public:
    FieldBox(const QLineEdit *edit, const FilterReading &reading)
        : m_edit(edit)
        , m_reading(reading)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = Theme::current();
        const bool isFocused = m_edit->hasFocus();
        const bool isWrong = m_reading.validity == FilterReading::Validity::Wrong;
        const Token edge = isFocused ? Token::Focus : isWrong ? Token::Bad : Token::Control;
        const qreal width = isFocused ? 2 : 1;
        painter.setPen(QPen(theme[edge], width));
        painter.setBrush(theme[isWrong ? Token::BadTint : Token::Surface]);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 4, 4);
    }

private:
    const QLineEdit *m_edit;
    const FilterReading &m_reading;
};

/// "state: waiting" and a cross. Pressing it takes the condition away.
class Chip final : public QAbstractButton {
public:
    Chip(const QString &field, const QString &value)
        : m_field(field)
        , m_value(value)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAccessibleName(FilterBar::tr("Remove filter %1 %2").arg(field, value));
        setToolTip(accessibleName());
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics words(textFont(TextSize::Small));
        const int text = words.horizontalAdvance(m_field + u' ') + words.horizontalAdvance(m_value);
        return {px(6) + text + px(6) + px(12) + px(5), px(20)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = Theme::current();
        painter.setPen(hasFocus() ? QPen(theme[Token::Focus], 2) : QPen(Qt::NoPen));
        painter.setBrush(theme[Token::Hover]);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
        painter.setFont(textFont(TextSize::Small));
        QRect words = rect().adjusted(px(6), 0, 0, 0);
        painter.setPen(theme[Token::Muted]);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, m_field);
        words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(m_field + u' '));
        painter.setPen(theme[Token::Text]);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, m_value);
        const int side = px(11);
        paintIcon(&painter, QRect(width() - px(5) - side, (height() - side) / 2, side, side),
                  QStringLiteral("x"), Token::Muted);
    }

private:
    QString m_field;
    QString m_value;
};

} // namespace

FilterBar::FilterBar(QList<FilterField> fields, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_fields(std::move(fields))
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounce);
    connect(&m_debounce, &QTimer::timeout, this, &FilterBar::applyText);

    m_edit = new QLineEdit;
    m_edit->setProperty("kind", QStringLiteral("bare"));
    m_edit->setFrame(false);
    m_edit->setPlaceholderText(hint);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setAccessibleDescription(hint);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::readText);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            hideOffer(); // what there is, Down tells
        else
            offer();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &FilterBar::turnIntoChips);

    m_box = new FieldBox(m_edit, m_reading);
    m_box->setFixedHeight(px(kFieldPx));
    m_icon = new QLabel;
    m_icon->setFixedSize(px(16), px(16));
    auto *inside = new QHBoxLayout(m_box);
    inside->setContentsMargins(px(8), 0, px(8), 0);
    inside->setSpacing(px(6));
    inside->addWidget(m_icon);
    m_chipRow = new QHBoxLayout;
    m_chipRow->setSpacing(px(4));
    inside->addLayout(m_chipRow);
    inside->addWidget(m_edit, 1);

    m_explanation = new QLabel;
    m_explanation->setWordWrap(true);
    m_explanation->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, px(kRowPaddingPx), 0, px(kRowPaddingPx));
    column->setSpacing(px(4));
    column->addWidget(m_box);
    column->addWidget(m_explanation);
    setFocusProxy(m_edit);
    showValidity();
}

FilterBar::~FilterBar()
{
    delete m_list;
}

QList<api::FilterTerm> FilterBar::terms() const
{
    return m_chips + (m_reading.validity == FilterReading::Validity::Valid
                          ? m_reading.terms
                          : QList<api::FilterTerm>());
}

void FilterBar::setTerms(const QList<api::FilterTerm> &terms)
{
    m_chips = terms;
    rebuildChips();
    m_edit->clear();
    announce();
}

void FilterBar::nameValue(const QString &field, const FilterWord &known)
{
    for (FilterField &mine : m_fields) {
        if (mine.name == field)
            mine.words = {known};
    }
}

void FilterBar::clear()
{
    setTerms({});
}

void FilterBar::focusField()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::FocusIn)
        m_box->update();
    if (watched == m_edit && event->type() == QEvent::FocusOut) {
        m_box->update();
        hideOffer();
    }
    if (watched == m_edit && event->type() == QEvent::KeyPress &&
        takeKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool FilterBar::takeKey(int key)
{
    if (!offered().isEmpty() && takeListKey(key))
        return true;
    const bool isAtStart = m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText();
    switch (key) {
    case Qt::Key_Down: offer(); return true;
    case Qt::Key_Backspace:
        if (!isAtStart || m_chips.isEmpty())
            return false;
        removeChip(int(m_chips.size()) - 1);
        return true;
    case Qt::Key_Escape:
        if (m_edit->text().isEmpty())
            return false;
        m_edit->clear();
        return true;
    default: return false;
    }
}

bool FilterBar::takeListKey(int key)
{
    switch (key) {
    case Qt::Key_Down: m_list->step(1); return true;
    case Qt::Key_Up: m_list->step(-1); return true;
    case Qt::Key_Escape: hideOffer(); return true;
    case Qt::Key_Tab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_list->current() < 0)
            return false;
        insertOffered(m_list->current());
        return true;
    default: return false;
    }
}

// ---- suggestions

QList<Completion> FilterBar::offered() const
{
    return m_list != nullptr && m_list->isVisible() ? m_list->items() : QList<Completion>();
}

void FilterBar::offer()
{
    const Completions completions =
        completionsAt(m_edit->text(), m_edit->cursorPosition(), m_fields);
    showOffer(completions);
    if (completions.field.isEmpty())
        return;
    const auto field =
        std::find_if(m_fields.cbegin(), m_fields.cend(),
                     [&](const FilterField &known) { return known.name == completions.field; });
    whenReady(field->suggest(completions.typed), this,
              [this, completions](const Result<QStringList> &values) {
                  const bool isAsked = m_completions.field == completions.field &&
                                       m_completions.typed == completions.typed;
                  if (values && isAsked && m_edit->hasFocus())
                      showOffer(withValues(completions, *values));
              });
}

void FilterBar::showOffer(const Completions &completions)
{
    m_completions = completions;
    if (m_list == nullptr) {
        m_list = new CompletionList(window());
        connect(m_list, &CompletionList::chosen, this, &FilterBar::insertOffered);
    }
    const int left =
        m_edit->fontMetrics().horizontalAdvance(m_edit->text().left(completions.start));
    const QPoint under = m_edit->mapTo(window(), QPoint(std::min(left, m_edit->width()), 0));
    m_list->showItems(completions.items,
                      {under.x(), m_box->mapTo(window(), QPoint(0, m_box->height())).y() + px(2)},
                      kListPx);
    showValidity();
}

void FilterBar::hideOffer()
{
    m_completions = {};
    if (m_list != nullptr)
        m_list->hide();
    showValidity();
}

/// A field goes on with its values; a value is the end of its condition.
void FilterBar::insertOffered(int item)
{
    const QString text = m_list->items()[item].text;
    QString line = m_edit->text();
    line.replace(m_completions.start, m_completions.length, text);
    const int cursor = m_completions.start + int(text.size());
    hideOffer();
    m_edit->setText(line);
    m_edit->setCursorPosition(cursor);
    if (text.endsWith(u':'))
        offer();
}

void FilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showValidity();
    QWidget::changeEvent(event);
}

void FilterBar::readText()
{
    m_reading = readFilter(m_edit->text(), m_fields);
    showValidity();
    m_debounce.start();
}

void FilterBar::applyText()
{
    if (m_reading.validity == FilterReading::Validity::Valid)
        announce();
}

void FilterBar::turnIntoChips()
{
    hideOffer();
    if (m_reading.validity != FilterReading::Validity::Valid || m_reading.terms.isEmpty())
        return;
    m_chips += m_reading.terms;
    rebuildChips();
    m_edit->clear();
    announce();
}

void FilterBar::rebuildChips()
{
    while (QLayoutItem *item = m_chipRow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was pressed
        delete item;
    }
    for (int i = 0; i < m_chips.size(); ++i) {
        const QString text = writeTerm(m_chips[i], m_fields);
        const qsizetype cut = m_chips[i].field.isEmpty()
                                  ? 0
                                  : text.indexOf(m_chips[i].field) + m_chips[i].field.size() + 1;
        auto *chip = new Chip(text.left(cut), text.mid(cut).remove(u'"'));
        connect(chip, &QAbstractButton::clicked, this, [this, i] { removeChip(i); });
        m_chipRow->addWidget(chip);
        setTabOrder(chip, m_edit);
    }
}

void FilterBar::removeChip(int index)
{
    m_chips.removeAt(index);
    rebuildChips();
    m_edit->setFocus();
    announce();
}

void FilterBar::announce()
{
    m_debounce.stop();
    const QList<api::FilterTerm> now = terms();
    if (now == m_announced)
        return;
    m_announced = now;
    Q_EMIT termsChanged();
}

void FilterBar::showValidity()
{
    using Validity = FilterReading::Validity;
    const bool isWrong = m_reading.validity == Validity::Wrong;
    const bool isIncomplete = m_reading.validity == Validity::Incomplete;
    const Token tone = isWrong ? Token::Bad : Token::Muted;
    const QString name = isWrong ? QStringLiteral("octagon-x") : QStringLiteral("filter");
    m_icon->setPixmap(iconPixmap(name, Theme::current()[tone], px(16), devicePixelRatioF()));
    m_explanation->setFont(textFont(TextSize::Small));
    QPalette colours = m_explanation->palette();
    colours.setColor(QPalette::WindowText, Theme::current()[tone]);
    m_explanation->setPalette(colours);
    m_explanation->setText(m_reading.explanation);
    // The list tells what is missing better than a sentence.
    m_explanation->setVisible(isWrong || (isIncomplete && offered().isEmpty()));
    m_edit->setAccessibleDescription(m_reading.explanation.isEmpty() ? m_edit->placeholderText()
                                                                     : m_reading.explanation);
    m_box->update();
}

} // namespace ui
