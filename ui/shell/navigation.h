#pragma once

#include "ui/support/parts.h"

class QAbstractButton;
class QButtonGroup;
class QVBoxLayout;

namespace ui {

/// The pages at the leading edge, as icons and words or, folded, as icons.
class Navigation final : public Panel {
    Q_OBJECT

public:
    explicit Navigation(QWidget *parent = nullptr);
    void addPage(const QString &name, const QString &title, const QString &iconName,
                 const QString &shortcut);
    void setCurrent(int page);
    void setFolded(bool isFolded);
    [[nodiscard]] bool isFolded() const { return m_isFolded; }

Q_SIGNALS:
    void chosen(int page);
    void foldedChanged();

private:
    QButtonGroup *m_buttons = nullptr;
    QVBoxLayout *m_pages = nullptr;
    QLabel *m_brand = nullptr;
    QAbstractButton *m_fold = nullptr;
    bool m_isFolded = false;
};

} // namespace ui
