#pragma once

#include <QObject>

namespace ui {
class MainWindow;
}

namespace console {

/// Writes into the log when the window can be used and when the first page has its rows, from which
/// one knows how long a start takes.
class StartReport final : public QObject {
public:
    explicit StartReport(ui::MainWindow &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void shown();
    void look();

    ui::MainWindow &m_window;
    bool m_isSignedIn = false;
    bool m_isDone = false;
};

} // namespace console
