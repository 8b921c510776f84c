#pragma once

#include "ui/support/page.h"

namespace ui {

/// In the place of a page that is not for whoever sits here: says so, and for whom it is.
class ClosedPage final : public Page {
    Q_OBJECT

public:
    ClosedPage(const QString &name, const QString &title, const QString &iconName,
               const QString &words, QWidget *parent = nullptr);

    [[nodiscard]] PageState state() const override { return PageState::Ready; }
    [[nodiscard]] bool isSettled() const override { return true; }
    void reload() override {}
    void focusFilter() override {}
    void askExport() override {}
    void showColumnMenu() override {}
    void takeFocus() override { setFocus(); }
    void showStart() override {}
    void openDrawer() override {}
    void closeDrawer() override {}
    [[nodiscard]] QStringList scenes() const override { return {QString()}; }

protected:
    void showObject(qint64) override {}
};

} // namespace ui
