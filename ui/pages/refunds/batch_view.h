#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/batches_model.h"
#include "ui/support/figures.h"
#include "ui/support/table_pane.h"

class QHBoxLayout;

namespace ui {

/// One bulk refund: what was asked for, how far it is, and each of its calls with its result.
class BatchView final : public QWidget {
    Q_OBJECT

public:
    BatchView(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    void showBatch(api::BatchId batch);
    void reload();
    [[nodiscard]] api::BatchId batch() const { return m_id; }
    [[nodiscard]] TablePane &pane() const { return *m_pane; }
    /// The calls have arrived, and what is said about the whole.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void backAsked();
    void approveAsked(const api::RefundBatch &batch);
    void cancelAsked(const api::RefundBatch &batch);
    void stateChanged();

private:
    QWidget *buildHead();
    void buildFigures(QHBoxLayout &row);
    void takeChanges(const QList<core::Change> &changes);
    void read();
    void take(const Result<QList<api::RefundBatch>> &batches);
    void showHead();
    void showActions();
    [[nodiscard]] QString peopleWords() const;

    const api::Backend m_backend;
    Display &m_display;
    api::BatchId m_id;
    std::optional<api::RefundBatch> m_batch;
    bool m_isReading = false;
    bool m_readsAgain = false; // it changed while it was read

    BatchCallsModel *m_model = nullptr;
    TablePane *m_pane = nullptr;
    TokenLabel *m_name = nullptr;
    StateLabel *m_state = nullptr;
    TokenLabel *m_query = nullptr;
    TokenLabel *m_people = nullptr;
    QList<FigureLabel *> m_figures;
    QPushButton *m_approve = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace ui
