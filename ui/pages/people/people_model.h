#pragma once

#include "api/people.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

class PeopleModel final : public RowModel<api::PersonRow> {
    Q_OBJECT

public:
    enum class Column {
        Name,
        Roles,
        State,
        SecondFactor,
        Sessions,
        LastSeen,
        Since,
    };
    static constexpr int kColumnCount = 7;

    PeopleModel(api::People &people, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields();

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::PersonRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::PersonRow &row) const override { return row.id.value; }
    [[nodiscard]] QList<QStringList> exportLines(const api::PersonRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::PersonRow &row, Column column, int role) const;

    api::People &m_people;
    const Display &m_display;
};

} // namespace ui
