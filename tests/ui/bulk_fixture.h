#pragma once

#include "tests/ui/request_fixture.h"
#include "ui/pages/refunds/bulk_view.h"

#include <QComboBox>
#include <QDateTimeEdit>

namespace tests {

using ui::BulkDialog;
using ui::BulkView;

/// Bulk refunds on the samples, and somebody of Finance before them.
struct BulkFixture : RequestFixture {
    using RequestFixture::RequestFixture;

    [[nodiscard]] std::unique_ptr<ui::RefundsPage> openBulk()
    {
        auto page = std::make_unique<ui::RefundsPage>(*backend, display);
        page->resize(1256, 800);
        page->show();
        tabs(*page)->setCurrentIndex(kBulkTab);
        (void)QTest::qWaitFor([&] { return page->isSettled(); });
        return page;
    }
    /// With the first of this state in front of the list.
    [[nodiscard]] std::unique_ptr<ui::RefundsPage> openBatch(const char *state)
    {
        auto page = openBulk();
        page->findChild<BulkView *>()->showBatch(batchOf(state).id);
        (void)QTest::qWaitFor([&] { return page->isSettled(); });
        return page;
    }
    [[nodiscard]] api::RefundBatch &batchOf(const char *state)
    {
        for (api::RefundBatch &batch : console.refunds.batches) {
            if (batch.state == QLatin1String(state))
                return batch;
        }
        qFatal("no such sample");
    }
    static ui::TabRow *tabs(const ui::RefundsPage &page)
    {
        return page.findChild<ui::TabRow *>(QStringLiteral("page.refunds.tabs"));
    }
    static ui::SmartTable *list(const ui::RefundsPage &page)
    {
        return page.findChild<ui::SmartTable *>(QStringLiteral("page.refunds.bulk.table"));
    }
    static ui::SmartTable *calls(const ui::RefundsPage &page)
    {
        return page.findChild<ui::SmartTable *>(QStringLiteral("page.refunds.batch.table"));
    }
    [[nodiscard]] std::unique_ptr<BulkDialog>
    bulk(const std::optional<api::RefundBatch> &subject = {})
    {
        auto opened = std::make_unique<BulkDialog>(subject, *backend, display, nullptr);
        opened->show();
        return opened;
    }
    static QPushButton *verbOf(const BulkDialog &dialog)
    {
        return button(dialog, QStringLiteral("dialog.bulk.verb"));
    }
    static void choose(const BulkDialog &dialog, const char *reason)
    {
        auto *box = dialog.findChild<QComboBox *>(QStringLiteral("dialog.bulk.reason"));
        box->setCurrentIndex(box->findData(QLatin1String(reason)));
    }
    static void setPeriod(const BulkDialog &dialog, Timestamp from, Timestamp to)
    {
        const auto set = [&](const char *name, Timestamp at) {
            dialog.findChild<QDateTimeEdit *>(QStringLiteral("dialog.bulk.") + QLatin1String(name))
                ->setDateTime(QDateTime::fromMSecsSinceEpoch(core::toMicros(at) / 1000, Qt::UTC));
        };
        set("from", from);
        set("to", to);
    }
    /// A whole wish, previewed.
    [[nodiscard]] std::unique_ptr<BulkDialog> previewed()
    {
        auto dialog = bulk();
        choose(*dialog, "call_failed");
        verbOf(*dialog)->click();
        (void)QTest::qWaitFor([&] { return dialog->step() == BulkDialog::Preview; });
        return dialog;
    }
    [[nodiscard]] QString askedBy(const QString &name) { return console.session.who->name = name; }
};

inline QString cellOf(const ui::SmartTable &table, int row, int column)
{
    return table.model()->index(row, column).data().toString();
}

} // namespace tests
