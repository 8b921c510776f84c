#include "ui/support/export_band.h"

#include "ui/support/format.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStandardPaths>

namespace ui {

namespace {

constexpr int kHashShown = 12;

} // namespace

ExportBand::ExportBand(WindowedModel &model, const QString &listName, QWidget *parent)
    : Panel(Token::InfoTint, Qt::BottomEdge, parent)
    , m_model(model)
    , m_listName(listName)
    , m_icon(new IconLabel(QStringLiteral("download"), Token::Info, 16))
    , m_title(new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold))
    , m_text(new TokenLabel(TextSize::Body, Token::Text))
    , m_code(new TokenLabel(TextSize::Small, Token::Muted))
    , m_button(new QPushButton)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), px(6), px(20), px(7));
    row->setSpacing(px(8));
    row->addWidget(m_icon);
    row->addWidget(m_title);
    row->addWidget(m_text, 1);
    row->addWidget(m_code);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, [this] {
        end();
        hide();
    });
    hide();
}

ExportBand::~ExportBand() = default;

void ExportBand::askPath()
{
    auto *dialog = new QFileDialog(this, tr("Export as CSV"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("CSV files (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(QStringLiteral("%1-%2.csv")
                           .arg(m_listName, QDateTime::currentDateTimeUtc().toString(
                                                QStringLiteral("yyyyMMdd-HHmmss"))));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportBand::exportTo);
    dialog->open();
}

void ExportBand::exportTo(const QString &path)
{
    end();
    m_export = std::make_unique<CsvExport>(m_model, path);
    connect(m_export.get(), &CsvExport::progressed, this, &ExportBand::showProgress);
    connect(m_export.get(), &CsvExport::finished, this, &ExportBand::finish);
    connect(m_export.get(), &CsvExport::failed, this, &ExportBand::fail);
    showProgress();
    m_export->start();
    Q_EMIT changed();
}

void ExportBand::showProgress()
{
    show(QStringLiteral("download"), Token::Info, tr("Exporting"),
         //: How far an export is: "12,500 of about 1.2 M rows".
         tr("%1 of %2 rows")
             .arg(formatCount(m_export->rows()),
                  formatTotal(std::max(m_export->total(), m_export->rows()),
                              m_export->isTotalExact())),
         tr("Cancel"));
}

void ExportBand::finish(const QString &sha256)
{
    show(QStringLiteral("circle-check"), Token::Good, tr("Exported"),
         //: %1 is a number of rows, %2 the path of a file.
         tr("%1 rows to %2")
             .arg(formatCount(m_export->rows()), QDir::toNativeSeparators(m_export->path())),
         tr("Close"));
    m_code->setText(QStringLiteral("SHA-256 ") + sha256.left(kHashShown));
    m_code->setToolTip(sha256);
    end();
}

void ExportBand::fail(const QString &sentence)
{
    show(QStringLiteral("octagon-x"), Token::Bad, tr("Not exported"),
         tr("%1 No file was left.").arg(sentence), tr("Close"));
    end();
}

void ExportBand::end()
{
    if (m_export == nullptr)
        return;
    // It may be the one that is speaking just now.
    m_export->disconnect(this);
    m_export.release()->deleteLater();
    Q_EMIT changed();
}

void ExportBand::show(const QString &iconName, Token tone, const QString &title,
                      const QString &text, const QString &button)
{
    setFill(tintOf(tone));
    m_icon->setIcon(iconName, tone);
    m_title->setText(title);
    m_text->setText(text);
    m_text->setToolTip(text);
    m_code->clear();
    m_button->setText(button);
    m_button->setAccessibleName(button == tr("Cancel") ? tr("Cancel the export") : button);
    setVisible(true);
}

} // namespace ui
