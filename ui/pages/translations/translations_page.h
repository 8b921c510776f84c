#pragma once

#include "api/backend.h"
#include "ui/pages/translations/coverage_model.h"
#include "ui/pages/translations/texts_model.h"
#include "ui/support/page.h"
#include "ui/support/state_pane.h"

class QTableView;

class QVBoxLayout;

namespace ui {

/// How complete the texts of customers are: a matrix, and the texts behind each of its cells.
class TranslationsPage final : public Page {
    Q_OBJECT

public:
    TranslationsPage(const api::Backend &backend, QWidget *parent = nullptr);

    [[nodiscard]] PageState state() const override { return m_states->state(); }
    [[nodiscard]] bool isSettled() const override;
    void reload() override;
    void focusFilter() override {}
    void askExport() override {}
    void showColumnMenu() override {}
    void takeFocus() override;
    void openDrawer() override {}
    void closeDrawer() override {}
    [[nodiscard]] QStringList scenes() const override { return {QString()}; }
    void showScene(const QString &) override {}

protected:
    void showObject(qint64) override {}

private:
    QWidget *build();
    QWidget *buildMatrix();
    QWidget *buildTexts();
    QWidget *buildText();
    void takeCoverage(const Result<api::TranslationCoverage> &coverage);
    void chooseWorst();
    void loadTexts();
    void takeTexts(const Result<QList<api::TextRow>> &texts);
    void showText();

    api::Translations &m_translations;
    CoverageModel *m_coverage = nullptr;
    TextsModel *m_texts = nullptr;
    StatePane *m_states = nullptr;
    StatePane *m_textStates = nullptr;
    QTableView *m_matrix = nullptr;
    QTableView *m_list = nullptr;
    TokenLabel *m_catalogue = nullptr;
    IconLabel *m_errorsIcon = nullptr;
    TokenLabel *m_errors = nullptr;
    TokenLabel *m_cellTitle = nullptr;
    TokenLabel *m_cellCount = nullptr;
    TokenLabel *m_key = nullptr;
    TokenLabel *m_source = nullptr;
    TokenLabel *m_language = nullptr;
    TokenLabel *m_translation = nullptr;
    TokenLabel *m_notes = nullptr;
    bool m_isReading = false;
    bool m_isReadingTexts = false;
    QString m_askedFor; // language and group of the texts under way
};

} // namespace ui
