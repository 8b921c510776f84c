// How the dialog of bulk refunds is put together; what it does is in bulk_dialog.cpp.
#include "ui/pages/refunds/bulk_dialog.h"

#include "ui/pages/refunds/batch_words.h"
#include "ui/support/code_field.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kFoundRowPx = 26;
constexpr int kFoundHeightPx = 236;

QVBoxLayout *columnOf(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

void addBatchWords(QGridLayout &grid, int row, int column, const QString &words)
{
    auto *label = new TokenLabel(TextSize::Small, Token::Muted);
    label->setText(words);
    grid.addWidget(label, row, column,
                   Qt::AlignVCenter | (column > 0 ? Qt::AlignRight : Qt::AlignLeft));
}

FigureLabel *addBatchFigure(QGridLayout &grid, int row, int column, const QString &what)
{
    auto *figure = new FigureLabel(textFont(TextSize::Body, QFont::DemiBold));
    figure->setAccessibleDescription(what);
    grid.addWidget(figure, row, column, Qt::AlignVCenter | Qt::AlignRight);
    return figure;
}

} // namespace

QWidget *BulkDialog::buildInput()
{
    auto *page = new QWidget;
    auto *column = columnOf(page);
    if (!m_subject) {
        column->addWidget(makeWords(
            tr("Calls that ended in a period and match all that is filled in. You see each of them "
               "first; another person agrees to the same figures before any money moves.")));
        m_fields = new BulkFields(objectName(), m_display);
        column->addWidget(m_fields);
        connect(m_fields, &BulkFields::changed, this, &BulkDialog::check);
    }
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    column->addWidget(m_hint);
    return page;
}

/// What the other person decides about.
QWidget *BulkDialog::buildSubject()
{
    return makeFacts(
        {{.label = tr("Asked for by"), .value = m_subject->requestedBy},
         {.label = tr("Which calls"), .value = batchQueryWords(m_subject->wish.query, m_display)},
         {.label = tr("Gives back"), .value = batchShareWords(m_subject->wish)},
         {.label = tr("Reason"),
          .value = m_subject->wish.note.isEmpty()
                       ? refundReasonWord(m_subject->wish.reason)
                       : tr("%1: %2").arg(refundReasonWord(m_subject->wish.reason),
                                          m_subject->wish.note)}});
}

/// The figures of now, and of one that waits those it was asked for with above them.
QWidget *BulkDialog::buildFigures()
{
    auto *box = new Panel(Token::Surface2);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(px(12), px(8), px(12), px(9));
    grid->setHorizontalSpacing(px(20));
    grid->setVerticalSpacing(px(4));
    const QStringList heads = {tr("Calls"), tr("Customers"), tr("Together, USD"), tr("Get nothing"),
                               m_subject ? tr("Figures") : tr("Cost nothing")};
    const int first = m_subject ? 1 : 0;
    for (qsizetype i = 0; i < heads.size(); ++i) {
        const int column = static_cast<int>(i) + first;
        grid->setColumnStretch(column, 1);
        auto *head = new TokenLabel(TextSize::Small, Token::Muted);
        head->setText(heads[i]);
        grid->addWidget(head, 0, column, Qt::AlignVCenter | Qt::AlignRight);
    }
    if (m_subject) {
        addBatchWords(*grid, 1, 0, tr("Asked for"));
        const QStringList asked = {formatCount(m_subject->calls), QString(kDash),
                                   formatMoney(m_subject->total), QString(kDash),
                                   m_subject->hash.left(8)};
        for (qsizetype i = 0; i < asked.size(); ++i)
            addBatchFigure(*grid, 1, static_cast<int>(i) + 1, tr("%1, asked for").arg(heads[i]))
                ->setText(asked[i]);
        addBatchWords(*grid, 2, 0, tr("Now"));
    }
    for (qsizetype i = 0; i < heads.size(); ++i)
        m_now.append(
            addBatchFigure(*grid, m_subject ? 2 : 1, static_cast<int>(i) + first, heads[i]));
    return box;
}

QWidget *BulkDialog::buildRule()
{
    auto *panel = new Panel(Token::InfoTint);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(12), px(9), px(12), px(9));
    row->setSpacing(px(8));
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_ruleWords = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_ruleWords->setWordWrap(true);
    m_ruleText = makeWords({});
    words->addWidget(m_ruleWords);
    words->addWidget(m_ruleText);
    row->addWidget(new IconLabel(QStringLiteral("user"), Token::Info, 16), 0, Qt::AlignTop);
    row->addLayout(words, 1);
    return panel;
}

QWidget *BulkDialog::buildPreview()
{
    auto *page = new QWidget;
    auto *column = columnOf(page);
    if (m_subject)
        column->addWidget(buildSubject());
    column->addWidget(buildFigures());
    m_changed = new Panel(Token::BadTint);
    auto *changed = new QHBoxLayout(m_changed);
    changed->setContentsMargins(px(12), px(9), px(12), px(9));
    changed->setSpacing(px(8));
    changed->addWidget(new IconLabel(QStringLiteral("octagon-x"), Token::Bad, 16), 0, Qt::AlignTop);
    changed->addWidget(makeWords(tr("Figures changed. Something was given back, or the rules are "
                                    "others, since it was asked for. Reject it; it has to be asked "
                                    "for again, under another name.")),
                       1);
    m_changed->hide();
    column->addWidget(m_changed);
    auto *table = new SmartTable;
    table->setObjectName(objectName() + QStringLiteral(".table"));
    table->setAccessibleName(tr("Calls"));
    table->setList(m_found, BatchPreviewModel::columns(), px(kFoundRowPx));
    table->setFixedHeight(px(kFoundHeightPx));
    column->addWidget(table);
    column->addWidget(buildRule());
    auto *fields = new QHBoxLayout;
    fields->setSpacing(px(12));
    if (!m_subject) {
        m_key = new QLineEdit;
        m_key->setObjectName(objectName() + QStringLiteral(".key"));
        m_key->setPlaceholderText(
            QStringLiteral("outage-%1")
                .arg(formatFullMoment(m_display.now(), m_display.zone()).left(10)));
        fields->addWidget(makeField(tr("Name, good once"), m_key), 1);
        connect(m_key, &QLineEdit::textChanged, this, &BulkDialog::checkPreview);
    }
    m_again = new QLineEdit;
    m_again->setObjectName(objectName() + QStringLiteral(".again"));
    m_confirm = makeField(tr("Over 50 USD: type the amount again"), m_again);
    m_confirm->hide();
    fields->addWidget(m_confirm, 1);
    if (m_subject)
        fields->addStretch(2);
    column->addLayout(fields);
    m_code = new CodeField(objectName());
    column->addWidget(m_code);
    m_previewHint = new TokenLabel(TextSize::Small, Token::Muted);
    column->addWidget(m_previewHint);
    connect(m_again, &QLineEdit::textChanged, this, &BulkDialog::checkPreview);
    connect(m_code, &CodeField::changed, this, &BulkDialog::checkPreview);
    return page;
}

QWidget *BulkDialog::buildDone()
{
    auto *page = new QWidget;
    auto *column = columnOf(page);
    m_doneState = new StateLabel;
    m_doneText = makeWords({});
    column->addWidget(m_doneState);
    column->addWidget(m_doneText);
    return page;
}

void BulkDialog::buildFoot()
{
    m_age = new PreviewAge(objectName(), m_clock);
    addToFoot(m_age);
    m_back = addButton(QStringLiteral("back"), tr("Back"), {});
    m_verb = addButton(QStringLiteral("verb"), tr("Preview"), QStringLiteral("primary"));
    connect(m_age, &PreviewAge::recalculateAsked, this, &BulkDialog::askPreview);
    connect(m_age, &PreviewAge::ticked, this, &BulkDialog::checkPreview);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setProblem({});
        if (m_isLooking)
            return stopLooking();
        if (m_subject)
            return askPreview();
        goTo(Input);
        check();
    });
    connect(m_verb, &QPushButton::clicked, this, [this] {
        if (m_step == Input)
            askPreview();
        else
            execute();
    });
}

} // namespace ui
