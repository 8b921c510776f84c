#pragma once

#include "ui/support/csv.h"
#include "ui/support/parts.h"

class QPushButton;

namespace ui {

/// The strip above a table that tells how its export goes: how far it is, where the file is, or
/// why there is none. Hidden while there is nothing to tell.
class ExportBand final : public Panel {
    Q_OBJECT

public:
    /// `listName` is what the file is called unless somebody says otherwise: "deposits".
    ExportBand(WindowedModel &model, const QString &listName, QWidget *parent = nullptr);
    ~ExportBand() override;
    /// Asks for a path, then exports.
    void askPath();
    void exportTo(const QString &path);
    [[nodiscard]] bool isRunning() const { return m_export != nullptr; }

Q_SIGNALS:
    void changed();

private:
    void showProgress();
    void finish(const QString &sha256);
    void fail(const QString &sentence);
    void end();
    void show(const QString &iconName, Token tone, const QString &title, const QString &text,
              const QString &button);

    WindowedModel &m_model;
    QString m_listName;
    std::unique_ptr<CsvExport> m_export;
    IconLabel *m_icon = nullptr;
    TokenLabel *m_title = nullptr;
    TokenLabel *m_text = nullptr;
    TokenLabel *m_code = nullptr;
    QPushButton *m_button = nullptr; // Cancel, then Close
};

} // namespace ui
