#pragma once

#include "ui/support/parts.h"

#include <QDialog>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// A window with one question: head, body, and a foot whose default button is the safe one. It is
/// opened and answers by signals; nothing waits for it.
class Dialog : public QDialog {
    Q_OBJECT

public:
    /// `name` is for tests: "dialog.endCall".
    Dialog(const QString &name, const QString &title, QWidget *parent);
    /// The window when it is to be seen in a picture of the page behind it.
    [[nodiscard]] static Dialog *openOn(const QWidget &window);

protected:
    [[nodiscard]] QVBoxLayout &head() const { return *m_head; }
    [[nodiscard]] QVBoxLayout &body() const { return *m_body; }
    /// What stands at the leading edge of the foot: validity, a hash.
    void addToFoot(QWidget *widget);
    /// Cancel is there already, and has the focus.
    QPushButton *addButton(const QString &name, const QString &words, const QString &kind);
    [[nodiscard]] QPushButton &cancelButton() const { return *m_cancel; }
    /// A sentence in the body about what went wrong; empty hides it.
    void setProblem(const QString &text);
    /// This wide, and always as tall as its words need.
    void setWordsWidth(int widthPx);
    bool event(QEvent *event) override;

private:
    QVBoxLayout *m_head = nullptr;
    QVBoxLayout *m_body = nullptr;
    QHBoxLayout *m_footLeading = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QPushButton *m_cancel = nullptr;
    Panel *m_problem = nullptr;
    TokenLabel *m_problemText = nullptr;
    bool m_followsWords = false;
};

/// Words that wrap, as most of a dialog is.
[[nodiscard]] TokenLabel *makeWords(const QString &text, Token tone = Token::Text);
/// A label above a field, as forms have them.
[[nodiscard]] QWidget *makeField(const QString &label, QWidget *field);

} // namespace ui
