#pragma once

#include "ui/support/filter_completion.h"

#include <QPointer>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace ui {

/// One field for all conditions of a list. Typed text applies 200 ms after the last key, Enter
/// turns it into chips, Backspace at the start takes the last chip away. What is wrong is explained
/// below. While one types, a list offers the fields and the values they can have; Down goes into
/// it, Enter or Tab takes the chosen one.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    FilterBar(QList<FilterField> fields, const QString &hint, QWidget *parent = nullptr);
    ~FilterBar() override;
    /// Chips and typed text together.
    [[nodiscard]] QList<api::FilterTerm> terms() const;
    void setTerms(const QList<api::FilterTerm> &terms);
    /// Chips write `known.word` where the condition says `known.value`: a name instead of a number.
    void nameValue(const QString &field, const FilterWord &known);
    void clear();
    void focusField();
    /// What is offered now; empty while the list is hidden.
    [[nodiscard]] QList<Completion> offered() const;
    [[nodiscard]] FilterReading::Validity validity() const { return m_reading.validity; }
    [[nodiscard]] QString explanation() const { return m_reading.explanation; }

Q_SIGNALS:
    void termsChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] bool takeKey(int key);
    [[nodiscard]] bool takeListKey(int key);
    void offer();
    void showOffer(const Completions &completions);
    void hideOffer();
    void insertOffered(int item);
    void readText();
    void applyText();
    void turnIntoChips();
    void rebuildChips();
    void removeChip(int index);
    void announce();
    void showValidity();

    QList<FilterField> m_fields;
    QList<api::FilterTerm> m_chips;
    QList<api::FilterTerm> m_announced;
    FilterReading m_reading;
    QTimer m_debounce;
    Completions m_completions;
    QPointer<CompletionList> m_list; // a child of the window, above everything in it
    QFrame *m_box = nullptr;
    QHBoxLayout *m_chipRow = nullptr;
    QLabel *m_icon = nullptr;
    QLineEdit *m_edit = nullptr;
    QLabel *m_explanation = nullptr;
};

} // namespace ui
