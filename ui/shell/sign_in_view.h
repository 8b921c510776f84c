#pragma once

#include "api/backend.h"
#include "ui/support/parts.h"

#include <QTimer>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// Name and passphrase, and the code of a second factor where one is asked for. Also stands in
/// place of everything while the console is locked.
class SignInView final : public Panel {
    Q_OBJECT

public:
    explicit SignInView(const api::Backend &backend, QWidget *parent = nullptr);
    /// `lockedBy` is who was here; empty: nobody. `words` say why, where there is a reason.
    void showFor(const QString &lockedBy, const QString &words);
    void takeFocus();

Q_SIGNALS:
    void signedIn(const api::SignedIn &who);

private:
    QWidget *buildCard(const QString &hint);
    void addFields(QVBoxLayout &column);
    QWidget *buildHint(const QString &hint);
    void showStatus(const Result<api::SystemStatus> &status);
    void ask();
    void take(const Result<api::SignInAnswer> &answer);
    void showCode(bool isNeeded);
    void setProblem(const QString &text);

    api::Session &m_session;
    api::System &m_system;
    TokenLabel *m_purpose = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QWidget *m_codeRow = nullptr; // only once the server has asked for it
    QLineEdit *m_code = nullptr;
    QPushButton *m_button = nullptr;
    QWidget *m_problem = nullptr;
    TokenLabel *m_problemText = nullptr;
    IconLabel *m_serverIcon = nullptr;
    TokenLabel *m_server = nullptr;
    bool m_isAsking = false;
    QTimer m_statusTimer;
};

} // namespace ui
