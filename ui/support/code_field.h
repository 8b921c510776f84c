#pragma once

#include <QWidget>

class QLineEdit;

namespace ui {

/// Where a fresh code of the second factor is typed; hidden until the server has asked for one.
class CodeField final : public QWidget {
    Q_OBJECT

public:
    /// `dialog` is the dialog's name, for tests.
    explicit CodeField(const QString &dialog, QWidget *parent = nullptr);
    void ask();
    /// None is asked for, or one is typed.
    [[nodiscard]] bool isReady() const;
    /// What was typed, which is gone from the field then: each is good once.
    [[nodiscard]] QByteArray take();

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_code = nullptr;
};

} // namespace ui
