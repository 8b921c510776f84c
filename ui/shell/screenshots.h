#pragma once

#include "api/backend.h"
#include "ui/support/theme.h"

#include <QString>
#include <QTimer>

namespace ui {

class MainWindow;

/// Shows the window at 1440x900 and writes a picture of each page in light and dark, with and
/// without its drawer: deposits-light.png, deposits-drawer-light.png, ... Each is taken when its
/// data is there.
class Screenshots final : public QObject {
    Q_OBJECT

public:
    Screenshots(const api::Backend &backend, Themes &themes, QString directory);
    ~Screenshots() override;
    void start();

Q_SIGNALS:
    /// False when the data of a page did not come in time or a file could not be written; the rest
    /// is written all the same.
    void finished(bool isGood);

private:
    struct Step {
        int page = 0;
        ThemeChoice theme = ThemeChoice::Light;
        bool hasDrawer = false;
    };

    void startStep();
    void look();
    void take();
    [[nodiscard]] QString fileName() const;

    Themes &m_themes;
    QString m_directory;
    ThemeChoice m_themeBefore;
    std::unique_ptr<MainWindow> m_window;
    QList<Step> m_steps; // the first one is under way
    QTimer m_deadline;
    QTimer m_settle;
    bool m_isGood = true;
};

} // namespace ui
