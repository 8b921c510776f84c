#include "long_ledger.h"
#include "parts.h"
#include "timed_application.h"

#include "ledger/ledger_pages.h"
#include "tests/fakes/fake_console.h"
#include "ui/shell/main_window.h"
#include "ui/support/cells.h"
#include "ui/support/page.h"

#include <QFile>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>

namespace benchmarks {

namespace {

constexpr int kPageKeys = 300; // Page Down and Page Up, each
constexpr int kDrags = 300;    // of the scroll bar to its end, which grows
constexpr int kRefills = 100;  // to anywhere that was seen before
constexpr int kPatienceMs = 20'000;

double residentMegabytes()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("no /proc");
    return status.readAll().split(' ').at(1).toDouble() * 4096 / (1024 * 1024);
}

/// The console's window as it is, with the real ledger behind its page and samples behind the
/// others.
class Window {
public:
    explicit Window(const QString &url)
        : m_pool(std::make_unique<database::ReadPool>(url, 2))
        , m_pages(*m_pool, m_clock)
        , m_themes(*qApp)
    {
        m_console.fillWithSamples();
        const api::Backend samples = m_console.backend();
        m_backend =
            std::make_unique<api::Backend>(api::Backend{.overview = samples.overview,
                                                        .calls = samples.calls,
                                                        .customers = samples.customers,
                                                        .deposits = samples.deposits,
                                                        .ledger = m_pages,
                                                        .translations = samples.translations,
                                                        .refunds = samples.refunds,
                                                        .people = samples.people,
                                                        .audit = samples.audit,
                                                        .system = samples.system,
                                                        .session = samples.session,
                                                        .commands = samples.commands,
                                                        .changes = samples.changes,
                                                        .clock = samples.clock,
                                                        .runMode = samples.runMode});
        m_window =
            std::make_unique<ui::MainWindow>(*m_backend, m_themes, ui::MainWindow::Options{});
        m_window->resize(1440, 900);
        m_window->show();
        m_window->showPage(QStringLiteral("ledger"), {});
        wait([&] { return page().state() == ui::PageState::Ready; });
    }

    ~Window()
    {
        m_window.reset();
        m_pool.reset(); // its threads are in the pages
    }

    [[nodiscard]] ui::Page &page() const { return m_window->currentPage(); }
    [[nodiscard]] ui::SmartTable &table() const { return page().pane().table(); }
    [[nodiscard]] QScrollBar &bar() const { return *table().verticalScrollBar(); }

    void press(Qt::Key key)
    {
        QTest::keyClick(&table(), key);
        waitForRows();
    }
    void drag(int place)
    {
        bar().setValue(place);
        waitForRows();
    }
    /// Until no grey bar is seen.
    void waitForRows()
    {
        QCoreApplication::processEvents(); // what is there already has to be painted too
        wait([&] {
            const int height = table().viewport()->height();
            const QAbstractItemModel &rows = *table().model();
            const int first = table().rowAt(0);
            const int last = table().rowAt(height - 1);
            const auto isThere = [&](int row) {
                return row >= 0 && rows.index(row, 0).data(ui::IsLoadedRole).toBool();
            };
            return isThere(first) && isThere(last < 0 ? rows.rowCount() - 1 : last);
        });
        m_peak = std::max(m_peak, residentMegabytes());
    }
    [[nodiscard]] double peakMegabytes() const { return m_peak; }

private:
    static void wait(const std::function<bool()> &condition)
    {
        if (!QTest::qWaitFor(condition, kPatienceMs))
            qFatal("the window does not get there");
    }

    core::SystemClock m_clock;
    std::unique_ptr<database::ReadPool> m_pool;
    ledger::LedgerPages m_pages;
    tests::FakeConsole m_console;
    ui::Themes m_themes;
    std::unique_ptr<api::Backend> m_backend;
    std::unique_ptr<ui::MainWindow> m_window;
    double m_peak = 0;
};

void addLongest(Report &report, const QString &what)
{
    const auto longest = static_cast<TimedApplication *>(qApp)->takeLongest();
    report.add({.what = QStringLiteral("longest event: ") + what,
                .measured = QStringLiteral("%1 ms cpu").arg(longest.processorMs, 0, 'f', 1),
                .value = longest.ms,
                .unit = QStringLiteral("ms"),
                .target = atMost(25),
                .goal = atMost(50)});
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(what), qUtf8Printable(longest.what));
}

} // namespace

Report measureWindow(tests::TestCluster &cluster)
{
    Report report;
    Window window(longLedger(cluster));
    window.waitForRows();
    addLongest(report, QStringLiteral("opening the window"));
    const double before = residentMegabytes();
    for (int i = 0; i < kPageKeys; ++i)
        window.press(Qt::Key_PageDown);
    addLongest(report, QStringLiteral("300 pages down"));
    for (int i = 0; i < kDrags; ++i)
        window.drag(window.bar().maximum());
    addLongest(report, QStringLiteral("scroll bar to its end, 300 times"));
    const int lines = window.table().model()->rowCount();
    for (int i = 0; i < kRefills; ++i)
        window.drag(QRandomGenerator::global()->bounded(window.bar().maximum()));
    addLongest(report, QStringLiteral("to any seen place, 100 times"));
    window.press(Qt::Key_End);
    for (int i = 0; i < kPageKeys; ++i)
        window.press(Qt::Key_PageUp);
    addLongest(report, QStringLiteral("End, and 300 pages up"));
    window.press(Qt::Key_Home);
    addLongest(report, QStringLiteral("Home"));
    report.add({.what = QStringLiteral("lines of postings scrolled to"),
                .measured = QStringLiteral("%1").arg(lines),
                .value = double(lines),
                .unit = QStringLiteral("lines")});
    report.add({.what = QStringLiteral("memory more than with the first page"),
                .measured = QStringLiteral("%1 MB").arg(before, 0, 'f', 0),
                .value = window.peakMegabytes() - before,
                .unit = QStringLiteral("MB"),
                .target = atMost(30),
                .goal = atMost(60)});
    return report;
}

} // namespace benchmarks
