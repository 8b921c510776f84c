#pragma once

#include "api/calls.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

/// Calls, newest first. Durations and costs of live ones grow by themselves, each second.
class CallsModel final : public RowModel<api::CallRow> {
    Q_OBJECT

public:
    enum class Column {
        State,
        Started,
        Duration,
        Customer,
        Callee,
        Language,
        Script,
        Cost,
        HoldLeft,
        Guards,
    };
    static constexpr int kColumnCount = 10;

    CallsModel(api::Calls &calls, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Calls &calls);
    /// A second has passed. Calls that ended a minute ago leave the list of live ones.
    void tick();
    /// Nothing is heard of the backend: what grows stops where it was 10 s later.
    void setSilentSince(const std::optional<Timestamp> &moment);
    /// The moment up to which durations and costs are worked out.
    [[nodiscard]] Timestamp shownNow() const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::CallRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::CallRow &row) const override { return row.id.value; }
    [[nodiscard]] bool belongs(const api::CallRow &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::CallRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::CallRow &row, Column column, int role) const;
    [[nodiscard]] QVariant stateCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant startedCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant durationCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant calleeCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant costCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant holdCell(const api::CallRow &row, int role) const;
    [[nodiscard]] QVariant guardsCell(const api::CallRow &row, int role) const;
    [[nodiscard]] bool isListOfLive() const;

    api::Calls &m_calls;
    const Display &m_display;
    std::optional<Timestamp> m_silentSince;
};

} // namespace ui
