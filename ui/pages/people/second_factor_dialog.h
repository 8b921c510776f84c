#pragma once

#include "api/backend.h"
#include "ui/support/dialog.h"

class QLineEdit;

namespace ui {

/// One's own second factor: the secret as a picture for an app, a code that proves the app has it,
/// and then the recovery codes, shown once.
class SecondFactorDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Begin,
        Scan,
        Codes,
    };

    SecondFactorDialog(const api::Backend &backend, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// As if Begin had been pressed: for a picture.
    void begin();

Q_SIGNALS:
    void settledChanged();
    /// From now on a code is asked for.
    void enrolled();

private:
    QWidget *buildBegin();
    QWidget *buildScan();
    QWidget *buildCodes();
    void takeSecret(const Result<api::CommandResult> &result);
    void takePicture(const Result<QByteArray> &picture);
    void confirm();
    void takeCodes(const Result<api::CommandResult> &result);
    [[nodiscard]] bool isRefused(const Result<api::CommandResult> &result);
    void setWaiting(bool isWaiting);
    void goTo(Step step);

    api::Commands &m_commands;
    api::People &m_people;
    QString m_key;
    Step m_step = Begin;
    bool m_isWaiting = false;
    QList<QWidget *> m_pages; // one a step
    QLabel *m_picture = nullptr;
    TokenLabel *m_secret = nullptr;
    QLineEdit *m_code = nullptr;
    TokenLabel *m_codes = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
