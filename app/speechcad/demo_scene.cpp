#include "demo_scene.h"

#include "ui/support/when_ready.h"

#include <QEventLoop>
#include <QTimer>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kSceneTimeout = 240s;
constexpr std::chrono::milliseconds kLookAgain = 1s;
constexpr qsizetype kTalkingWanted = 3;

const QList<api::FilterTerm> kTalking = {
    {.field = QStringLiteral("state"), .value = QStringLiteral("talking")}};
const QList<api::FilterTerm> kRefunds = {
    {.field = QStringLiteral("kind"), .value = QStringLiteral("refund")},
    {.field = QStringLiteral("state"), .value = QStringLiteral("pending_approval")}};
const QList<api::FilterTerm> kPayouts = {
    {.field = QStringLiteral("kind"), .value = QStringLiteral("payout")}};

} // namespace

void waitForScene(const api::Backend &backend)
{
    QEventLoop loop;
    QObject context;
    bool hasRefund = false;
    bool hasPayout = false;
    bool hasBatch = false;
    QTimer::singleShot(kSceneTimeout, &loop, &QEventLoop::quit);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &context, [&] {
        ui::whenReady(backend.refunds.listRequests({.filter = kRefunds, .after = {}, .limit = 1}),
                      &context, [&hasRefund](const Result<api::Page<api::MoneyRequest>> &page) {
                          hasRefund = page && !page->rows.isEmpty();
                      });
        ui::whenReady(backend.refunds.listRequests({.filter = kPayouts, .after = {}, .limit = 1}),
                      &context, [&hasPayout](const Result<api::Page<api::MoneyRequest>> &page) {
                          hasPayout = page && !page->rows.isEmpty();
                      });
        ui::whenReady(backend.refunds.listBatches({.filter = {}, .after = {}, .limit = 1}),
                      &context, [&hasBatch](const Result<api::Page<api::RefundBatch>> &page) {
                          hasBatch = page && !page->rows.isEmpty();
                      });
        ui::whenReady(backend.calls.listCalls({.filter = kTalking, .after = {}}), &context,
                      [&](const Result<api::Page<api::CallRow>> &page) {
                          if (hasRefund && hasPayout && hasBatch && page &&
                              page->rows.size() >= kTalkingWanted)
                              loop.quit();
                      });
    });
    look.start(kLookAgain);
    loop.exec();
}

} // namespace console
