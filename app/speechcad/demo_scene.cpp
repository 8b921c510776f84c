#include "demo_scene.h"

#include "ui/support/when_ready.h"

#include <QEventLoop>
#include <QTimer>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kSceneTimeout = 60s;
constexpr std::chrono::milliseconds kLookAgain = 500ms;
constexpr qsizetype kDepositsWanted = 12;
constexpr qsizetype kCreditedWanted = 4;

bool isSceneReady(const QList<api::DepositRow> &deposits)
{
    const auto credited =
        std::count_if(deposits.cbegin(), deposits.cend(),
                      [](const api::DepositRow &row) { return row.transfer.has_value(); });
    return deposits.size() >= kDepositsWanted && credited >= kCreditedWanted;
}

} // namespace

void waitForScene(const api::Backend &backend)
{
    QEventLoop loop;
    QObject context;
    QTimer::singleShot(kSceneTimeout, &loop, &QEventLoop::quit);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &context, [&] {
        ui::whenReady(backend.deposits.listDeposits({}), &context,
                      [&loop](const Result<api::Page<api::DepositRow>> &page) {
                          if (page && isSceneReady(page->rows))
                              loop.quit();
                      });
    });
    look.start(kLookAgain);
    loop.exec();
}

} // namespace console
