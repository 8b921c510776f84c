#pragma once

#include "ui/support/filter_grammar.h"
#include "ui/support/parts.h"

namespace ui {

/// What may stand where one types.
struct Completion {
    QString text;  // goes in as it is
    QString label; // what is read in the list
    QString hint;  // muted, behind it
    friend bool operator==(const Completion &, const Completion &) = default;
};

struct Completions {
    int start = 0; // of the text they replace
    int length = 0;
    QList<Completion> items;
    QString field = {};  // not empty: the backend may know more values of this field ...
    QString typed = {};  // ... that begin so
    QString before = {}; // what stands before such a value: "customer:"
};

/// The fields that begin as the word at `cursor` does, or the values of its field. Pure.
[[nodiscard]] Completions completionsAt(const QString &text, int cursor,
                                        const QList<FilterField> &fields);
/// The same with the values that the backend knows.
[[nodiscard]] Completions withValues(Completions known, const QStringList &values);

/// The list under a filter field. It never takes the focus: the field passes its keys on.
class CompletionList final : public Panel {
    Q_OBJECT

public:
    explicit CompletionList(QWidget *parent);
    void showItems(const QList<Completion> &items, const QPoint &topLeft, int widthMin);
    /// -1: none is chosen yet.
    [[nodiscard]] int current() const { return m_current; }
    void step(int by);
    [[nodiscard]] const QList<Completion> &items() const { return m_items; }

Q_SIGNALS:
    void chosen(int item);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int itemAt(const QPoint &place) const;
    void setCurrent(int item);

    QList<Completion> m_items;
    int m_current = -1;
};

} // namespace ui
