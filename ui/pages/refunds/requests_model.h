#pragma once

#include "api/refunds.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"
#include "ui/support/theme.h"

namespace ui {

/// Refunds, adjustments and payouts, the newest first.
class RequestsModel final : public RowModel<api::MoneyRequest> {
    Q_OBJECT

public:
    enum class Column {
        Requested,
        Name,
        Kind,
        Customer,
        Amount,
        State,
        Reason,
        RequestedBy,
        ApprovedBy,
        Expires,
    };
    static constexpr int kColumnCount = 10;

    RequestsModel(api::Refunds &refunds, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Refunds &refunds);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::MoneyRequest>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::MoneyRequest &row) const override
    {
        return row.id.value;
    }
    [[nodiscard]] bool belongs(const api::MoneyRequest &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::MoneyRequest &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::MoneyRequest &row, Column column, int role) const;
    [[nodiscard]] QString momentWords(Timestamp at) const;

    api::Refunds &m_refunds;
    const Display &m_display;
};

} // namespace ui
