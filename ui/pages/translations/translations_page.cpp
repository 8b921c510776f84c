#include "ui/pages/translations/translations_page.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>

namespace ui {

namespace {

constexpr int kRowPx = 30;
constexpr int kTextRowPx = 28;
constexpr int kHeadPx = 42;
constexpr int kLanguagePx = 190;
constexpr int kNumberPx = 76;
constexpr int kGroupPxMin = 72;
constexpr int kKeyPx = 260;
constexpr int kStatePx = 110;
constexpr int kTextPx = 372;

QTableView *makeTable(QAbstractTableModel *model, QAbstractItemDelegate *delegate, int rowPx)
{
    auto *table = new QTableView;
    table->setModel(model);
    table->setItemDelegate(delegate);
    table->setProperty("kind", QStringLiteral("plain"));
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(px(rowPx));
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFont(textFont(TextSize::Small, QFont::Medium));
    return table;
}

TokenLabel *addWords(QVBoxLayout &column, TextSize size, Token tone)
{
    auto *label = new TokenLabel(size, tone);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column.addWidget(label);
    return label;
}

} // namespace

TranslationsPage::TranslationsPage(const api::Backend &backend, QWidget *parent)
    : Page(QStringLiteral("translations"), tr("Translations"), QStringLiteral("translations"),
           parent)
    , m_translations(backend.translations)
    , m_coverage(new CoverageModel(this))
    , m_texts(new TextsModel(this))
{
    m_states = new StatePane(build());
    buildWith(m_states);
    connect(m_states, &StatePane::retryAsked, this, &TranslationsPage::reload);
    connect(&backend.changes, &api::Changes::readAgain, this, &TranslationsPage::reload);
    reload();
}

QWidget *TranslationsPage::build()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(12), 0, px(20), 0);
    row->setSpacing(px(8));
    auto *tabs = new TabRow;
    tabs->addTab(tr("Coverage"));
    tabs->setAccessibleName(tr("What to show"));
    m_catalogue = new TokenLabel(TextSize::Small, Token::Muted);
    m_errorsIcon = new IconLabel(QStringLiteral("circle-check"), Token::Good, 15);
    m_errors = new TokenLabel(TextSize::Small, Token::Muted);
    row->addWidget(tabs, 0, Qt::AlignBottom);
    row->addStretch(1);
    row->addWidget(m_catalogue);
    row->addSpacing(px(8));
    row->addWidget(m_errorsIcon);
    row->addWidget(m_errors);
    column->addWidget(head);
    auto *split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(buildMatrix());
    auto *below = new QSplitter(Qt::Horizontal);
    below->setHandleWidth(1);
    below->setChildrenCollapsible(false);
    below->addWidget(buildTexts());
    below->addWidget(buildText());
    below->setStretchFactor(0, 1);
    below->setSizes({px(800), px(kTextPx)});
    split->addWidget(below);
    split->setStretchFactor(1, 1);
    column->addWidget(split, 1);
    return content;
}

QWidget *TranslationsPage::buildMatrix()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_matrix = makeTable(m_coverage, new CoverageDelegate(this), kRowPx);
    m_matrix->setObjectName(objectName() + QStringLiteral(".table"));
    m_matrix->setAccessibleName(tr("Languages by groups of texts"));
    m_matrix->horizontalHeader()->setFixedHeight(px(kHeadPx));
    m_matrix->horizontalHeader()->setMinimumSectionSize(px(kGroupPxMin));
    column->addWidget(m_matrix, 1);
    auto *legend = new Panel(Token::Surface2, Qt::TopEdge | Qt::BottomEdge);
    auto *row = new QHBoxLayout(legend);
    row->setContentsMargins(px(20), px(6), px(20), px(6));
    row->setSpacing(px(6));
    const auto add = [row](const char *iconName, Token tone, const QString &words) {
        auto *label = new TokenLabel(TextSize::Small, Token::Muted);
        label->setText(words);
        row->addWidget(new IconLabel(QLatin1String(iconName), tone, 14));
        row->addWidget(label);
        row->addSpacing(px(12));
    };
    add("check", Token::Muted, tr("complete"));
    add("triangle-alert", Token::Warn, tr("90 to 99 %"));
    add("octagon-x", Token::Bad, tr("under 90 %"));
    row->addStretch(1);
    auto *meaning = new TokenLabel(TextSize::Small, Token::Muted);
    meaning->setText(tr("Per cent of finished and clean texts"));
    row->addWidget(meaning);
    column->addWidget(legend);
    connect(m_matrix->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TranslationsPage::loadTexts);
    return box;
}

QWidget *TranslationsPage::buildTexts()
{
    auto *box = new Panel(Token::Surface);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(px(20), px(11), px(20), px(11));
    head->setSpacing(px(8));
    m_cellTitle = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    m_cellCount = new TokenLabel(TextSize::Small, Token::Muted);
    head->addWidget(m_cellTitle);
    head->addWidget(m_cellCount, 0, Qt::AlignVCenter);
    head->addStretch(1);
    column->addLayout(head);
    m_list = makeTable(m_texts, new TextsDelegate(this), kTextRowPx);
    m_list->setObjectName(objectName() + QStringLiteral(".texts"));
    m_list->setAccessibleName(tr("Texts"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_textStates = new StatePane(m_list);
    connect(m_textStates, &StatePane::retryAsked, this, &TranslationsPage::loadTexts);
    column->addWidget(m_textStates, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TranslationsPage::showText);
    return box;
}

QWidget *TranslationsPage::buildText()
{
    auto *box = new Panel(Token::Surface);
    box->setMinimumWidth(px(280));
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(px(16), px(14), px(16), px(14));
    column->setSpacing(px(6));
    m_key = addWords(*column, TextSize::Body, Token::Text);
    m_key->setFont(codeFont());
    column->addSpacing(px(6));
    addWords(*column, TextSize::Small, Token::Muted)->setText(tr("English source"));
    auto *source =
        new Panel(Token::Surface2, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *sourceColumn = new QVBoxLayout(source);
    sourceColumn->setContentsMargins(px(12), px(9), px(12), px(10));
    m_source = addWords(*sourceColumn, TextSize::Body, Token::Text);
    column->addWidget(source);
    column->addSpacing(px(6));
    m_language = addWords(*column, TextSize::Small, Token::Muted);
    m_translation = addWords(*column, TextSize::Body, Token::Text);
    column->addSpacing(px(6));
    m_notes = addWords(*column, TextSize::Small, Token::Warn);
    column->addStretch(1);
    return box;
}

bool TranslationsPage::isSettled() const
{
    return !m_isReading && !m_isReadingTexts && state() != PageState::Loading;
}

void TranslationsPage::takeFocus()
{
    m_matrix->setFocus();
}

void TranslationsPage::reload()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_states->setLoading();
    whenReady(m_translations.loadCoverage(), this,
              [this](const Result<api::TranslationCoverage> &coverage) { takeCoverage(coverage); });
}

void TranslationsPage::takeCoverage(const Result<api::TranslationCoverage> &coverage)
{
    m_isReading = false;
    if (!coverage) {
        m_states->setFailed(coverage.error());
    } else if (coverage->languages.isEmpty()) {
        m_states->setEmpty(QStringLiteral("translations"),
                           tr("The languages of the bot appear here"));
    } else {
        m_coverage->showCoverage(*coverage);
        m_states->setReady();
        m_catalogue->setText(tr("Catalogue %1").arg(coverage->catalogue));
        int errors = 0;
        for (const api::LanguageCoverage &language : coverage->languages)
            errors += language.all.errors;
        m_errorsIcon->setIcon(errors > 0 ? QStringLiteral("octagon-x")
                                         : QStringLiteral("circle-check"),
                              errors > 0 ? Token::Bad : Token::Good);
        m_errors->setToken(errors > 0 ? Token::Bad : Token::Good);
        m_errors->setText(errors == 0   ? tr("No errors")
                          : errors == 1 ? tr("1 error stops a release")
                                        : tr("%1 errors stop a release").arg(errors));
        chooseWorst();
    }
    Q_EMIT settledChanged();
}

/// Where most is to do is where one looks first; a choice made before stays.
void TranslationsPage::chooseWorst()
{
    QHeaderView *header = m_matrix->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(CoverageModel::Language, QHeaderView::Fixed);
    header->setSectionResizeMode(CoverageModel::All, QHeaderView::Fixed);
    header->setSectionResizeMode(CoverageModel::Stale, QHeaderView::Fixed);
    header->resizeSection(CoverageModel::Language, px(kLanguagePx));
    header->resizeSection(CoverageModel::All, px(kNumberPx));
    header->resizeSection(CoverageModel::Stale, px(kNumberPx));
    m_matrix->setMinimumHeight(px(kHeadPx) + m_coverage->rowCount() * px(kRowPx) + 2);
    if (m_matrix->currentIndex().isValid())
        return loadTexts();
    QModelIndex worst = m_coverage->index(0, CoverageModel::FirstGroup);
    for (int row = 0; row < m_coverage->rowCount(); ++row) {
        for (int column = CoverageModel::FirstGroup; column < m_coverage->columnCount(); ++column) {
            const QModelIndex index = m_coverage->index(row, column);
            if (m_coverage->cellAt(index)->percent() < m_coverage->cellAt(worst)->percent())
                worst = index;
        }
    }
    m_matrix->setCurrentIndex(worst);
}

void TranslationsPage::loadTexts()
{
    const QModelIndex index = m_matrix->currentIndex();
    if (!index.isValid())
        return;
    m_matrix->viewport()->update();
    const api::LanguageCoverage &language = m_coverage->coverage().languages[index.row()];
    const QString group = m_coverage->groupOf(index.column());
    const QString word = languageWord(language.tag);
    m_cellTitle->setText(group.isEmpty() ? word : tr("%1, %2").arg(word, groupWord(group)));
    m_language->setText(word);
    m_askedFor = language.tag + u'/' + group;
    m_isReadingTexts = true;
    m_textStates->setLoading();
    whenReady(m_translations.loadTexts(language.tag, group), this,
              [this, asked = m_askedFor](const Result<QList<api::TextRow>> &texts) {
                  if (asked == m_askedFor)
                      takeTexts(texts);
              });
}

void TranslationsPage::takeTexts(const Result<QList<api::TextRow>> &texts)
{
    m_isReadingTexts = false;
    if (!texts) {
        m_textStates->setFailed(texts.error());
    } else {
        m_texts->showTexts(*texts);
        m_textStates->setReady();
        QHeaderView *header = m_list->horizontalHeader();
        header->resizeSection(TextsModel::Key, px(kKeyPx));
        header->resizeSection(TextsModel::State, px(kStatePx));
        header->setSectionResizeMode(TextsModel::Source, QHeaderView::Stretch);
        header->setSectionResizeMode(TextsModel::Translation, QHeaderView::Stretch);
        const int open = m_texts->openCount();
        m_cellCount->setText(open == 0 ? tr("%1 texts, all done").arg(texts->size())
                                       : tr("%1 texts, %2 to do").arg(texts->size()).arg(open));
        if (!texts->isEmpty())
            m_list->setCurrentIndex(m_texts->index(0, 0));
    }
    showText();
    Q_EMIT settledChanged();
}

void TranslationsPage::showText()
{
    const int row = m_list->currentIndex().row();
    const bool isThere = row >= 0 && row < m_texts->rowCount();
    const api::TextRow text = isThere ? m_texts->textAt(row) : api::TextRow();
    m_key->setText(text.key);
    m_source->setText(text.source);
    m_translation->setText(text.state == api::TextState::Missing && isThere
                               ? tr("Missing: customers see the English text.")
                               : text.translation);
    m_translation->setToken(text.state == api::TextState::Missing ? Token::Warn : Token::Text);
    m_notes->setText(text.notes.join(u'\n'));
    m_notes->setVisible(!text.notes.isEmpty());
}

} // namespace ui
