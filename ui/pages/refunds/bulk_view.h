#pragma once

#include "ui/pages/refunds/batch_view.h"
#include "ui/pages/refunds/bulk_dialog.h"

#include <QPointer>

class QStackedWidget;

namespace ui {

/// Bulk refunds: all of them, or one with its calls.
class BulkView final : public QWidget {
    Q_OBJECT

public:
    BulkView(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    /// Of the list, or of the calls of the one that is open.
    [[nodiscard]] TablePane &pane() const;
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] bool isBatchOpen() const;
    void reload();
    void showList();
    void showBatch(api::BatchId batch);
    /// The selected one, else the first.
    void openBatch();
    /// Asks for a new one.
    BulkDialog *ask();
    BulkDialog *approve(const api::RefundBatch &batch);
    /// Takes it back, rejects or stops it.
    void cancel(const api::RefundBatch &batch);
    /// The first of that state; nullptr: none is in memory.
    [[nodiscard]] const api::RefundBatch *firstOf(const char *state) const;

Q_SIGNALS:
    void settledChanged();
    /// Something was asked for or decided here.
    void decided();

private:
    void takeChanges(const QList<core::Change> &changes);
    BulkDialog *open(const std::optional<api::RefundBatch> &subject);

    const api::Backend m_backend;
    Display &m_display;
    BatchesModel *m_model = nullptr;
    TablePane *m_list = nullptr;
    BatchView *m_batch = nullptr;
    QStackedWidget *m_views = nullptr;
    QPointer<BulkDialog> m_dialog;
};

} // namespace ui
