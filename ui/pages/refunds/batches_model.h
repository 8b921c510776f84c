#pragma once

#include "api/refunds.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

/// Bulk refunds, the newest first.
class BatchesModel final : public RowModel<api::RefundBatch> {
    Q_OBJECT

public:
    enum class Column {
        Requested,
        Number,
        Name,
        Query,
        Calls,
        Amount,
        State,
        Progress,
        RequestedBy,
        ApprovedBy,
    };
    static constexpr int kColumnCount = 10;

    BatchesModel(api::Refunds &refunds, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Refunds &refunds);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::RefundBatch>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::RefundBatch &row) const override
    {
        return row.id.value;
    }
    [[nodiscard]] bool belongs(const api::RefundBatch &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::RefundBatch &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::RefundBatch &row, Column column, int role) const;

    api::Refunds &m_refunds;
    const Display &m_display;
};

/// The calls of one bulk refund and what became of each.
class BatchCallsModel final : public RowModel<api::RefundBatchCall> {
    Q_OBJECT

public:
    enum class Column {
        Call,
        Customer,
        Amount,
        State,
        Why,
        Refund,
        Decided,
    };
    static constexpr int kColumnCount = 7;

    BatchCallsModel(api::Refunds &refunds, const Display &display, QObject *parent = nullptr);
    /// Of which batch; the list is read with its term then.
    void setBatch(api::BatchId batch) { m_batch = batch; }
    /// Reads again what is in memory and was not decided yet.
    void noteProgress();
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Refunds &refunds);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::RefundBatchCall>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::RefundBatchCall &row) const override
    {
        return row.call.value;
    }
    [[nodiscard]] bool belongs(const api::RefundBatchCall &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::RefundBatchCall &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::RefundBatchCall &row, Column column, int role) const;

    api::Refunds &m_refunds;
    const Display &m_display;
    api::BatchId m_batch;
};

/// The calls that a bulk refund would give back, or would not: what a preview found, which is all
/// in memory.
class BatchPreviewModel final : public RowModel<api::BulkRefundRow> {
    Q_OBJECT

public:
    enum class Column {
        Call,
        Customer,
        Paid,
        Refunded,
        Amount,
        Why,
    };
    static constexpr int kColumnCount = 6;

    using RowModel::RowModel;
    void setFound(const QList<api::BulkRefundRow> &found);
    [[nodiscard]] static QList<ColumnSpec> columns();

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override { return {}; }

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::BulkRefundRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &) override
    {
        return std::nullopt;
    }
    [[nodiscard]] qint64 idOfRow(const api::BulkRefundRow &row) const override
    {
        return row.call.value;
    }
    [[nodiscard]] QList<QStringList> exportLines(const api::BulkRefundRow &) const override
    {
        return {};
    }

private:
    QList<api::BulkRefundRow> m_found;
};

} // namespace ui
