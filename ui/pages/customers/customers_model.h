#pragma once

#include "api/customers.h"
#include "ui/support/display.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

class CustomersModel final : public RowModel<api::CustomerRow> {
    Q_OBJECT

public:
    enum class Column {
        Name,
        Id,
        Language,
        Balance,
        Held,
        LastActivity,
        Calls,
        Spend,
        Refunds,
        Tier,
        Status,
    };
    static constexpr int kColumnCount = 11;

    CustomersModel(api::Customers &customers, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::CustomerRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::CustomerRow &row) const override
    {
        return row.id.value;
    }
    [[nodiscard]] QList<QStringList> exportLines(const api::CustomerRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::CustomerRow &row, Column column, int role) const;
    [[nodiscard]] QVariant activityCell(const api::CustomerRow &row, int role) const;

    api::Customers &m_customers;
    const Display &m_display;
};

} // namespace ui
