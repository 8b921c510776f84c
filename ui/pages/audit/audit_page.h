#pragma once

#include "ui/pages/audit/audit_model.h"
#include "ui/support/page.h"

namespace ui {

class VerifyBar;

/// What people did, newest first, and whether it still is what they did. Support sees their own.
class AuditPage final : public Page {
    Q_OBJECT

public:
    AuditPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;
    /// Who may open it at all.
    [[nodiscard]] static bool isFor(api::Roles roles);

protected:
    void showObject(qint64 id) override;

private:
    void showFoot();

    Display &m_display;
    AuditModel *m_model = nullptr;
    VerifyBar *m_verify = nullptr;
};

} // namespace ui
