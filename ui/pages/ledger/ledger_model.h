#pragma once

#include "api/ledger.h"
#include "ui/support/display.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

/// Transfers, a line for each entry: debits first, credits below them.
class LedgerModel final : public RowModel<api::TransferRow> {
    Q_OBJECT

public:
    enum class Column {
        Time,
        Posting,
        Kind,
        Account,
        Debit,
        Credit,
        BalanceAfter,
        Cause,
    };
    static constexpr int kColumnCount = 8;

    LedgerModel(api::Ledger &ledger, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::TransferRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::TransferRow &row) const override
    {
        return row.id.value;
    }
    [[nodiscard]] int linesOf(const api::TransferRow &row) const override;
    [[nodiscard]] int linesMin() const override { return 2; }
    [[nodiscard]] QList<QStringList> exportLines(const api::TransferRow &row) const override;

private:
    [[nodiscard]] QVariant headCell(const api::TransferRow &row, Column column, int role) const;
    [[nodiscard]] QVariant timeCell(const api::TransferRow &row, int role) const;
    [[nodiscard]] QVariant entryCell(const api::TransferRow &row, const api::EntryRow &entry,
                                     Column column, int role) const;
    [[nodiscard]] QVariant accountCell(const api::TransferRow &row, const api::EntryRow &entry,
                                       int role) const;
    [[nodiscard]] QVariant balanceCell(const api::EntryRow &entry, int role) const;

    api::Ledger &m_ledger;
    const Display &m_display;
};

} // namespace ui
