#pragma once

#include "api/deposits.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

class DepositsModel final : public RowModel<api::DepositRow> {
    Q_OBJECT

public:
    enum class Column {
        Created,
        Deposit,
        Customer,
        Coin,
        Expected,
        Received,
        Difference,
        Confirmations,
        State,
        Age,
        LastWebhook,
        LastCheck,
        ProviderId,
    };
    static constexpr int kColumnCount = 13;

    DepositsModel(api::Deposits &deposits, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Deposits &deposits);
    /// Time has passed: ages are shown anew.
    void tick();

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::DepositRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::DepositRow &row) const override { return row.id.value; }
    [[nodiscard]] bool belongs(const api::DepositRow &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::DepositRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::DepositRow &row, Column column, int role) const;
    [[nodiscard]] QVariant momentCell(const std::optional<Timestamp> &moment, int role,
                                      bool isMuted) const;
    [[nodiscard]] QVariant checkCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant customerCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant coinCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant amountCell(const api::DepositRow &row, const QString &amount,
                                      int role) const;
    [[nodiscard]] QVariant differenceCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant confirmationsCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant stateCell(const api::DepositRow &row, int role) const;
    [[nodiscard]] QVariant ageCell(const api::DepositRow &row, int role) const;

    api::Deposits &m_deposits;
    const Display &m_display;
};

} // namespace ui
