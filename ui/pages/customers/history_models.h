#pragma once

#include "api/customers.h"
#include "ui/support/display.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"

namespace ui {

/// Everything that happened to one customer, newest first; the day stands at its first row.
class TimelineModel final : public RowModel<api::TimelineRow> {
    Q_OBJECT

public:
    enum class Column {
        Time,
        What,
        Detail,
        Amount,
    };
    static constexpr int kColumnCount = 4;

    TimelineModel(api::Customers &customers, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::TimelineRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::TimelineRow &row) const override { return row.id; }
    [[nodiscard]] QList<QStringList> exportLines(const api::TimelineRow &row) const override;

private:
    [[nodiscard]] QVariant cell(int row, const api::TimelineRow &event, Column column,
                                int role) const;
    [[nodiscard]] QString dayBefore(int row) const;

    api::Customers &m_customers;
    const Display &m_display;
};

/// The conversation with one customer: what they saw, its key, and the same in my language.
class MessagesModel final : public RowModel<api::MessageRow> {
    Q_OBJECT

public:
    enum class Column {
        Time,
        Who,
        Shown,
        Source,
        Mine,
        State,
    };
    static constexpr int kColumnCount = 6;

    MessagesModel(api::Customers &customers, QString language, const Display &display,
                  QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::MessageRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::MessageRow &row) const override { return row.id; }
    [[nodiscard]] QList<QStringList> exportLines(const api::MessageRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::MessageRow &message, Column column, int role) const;

    api::Customers &m_customers;
    QString m_language;
    const Display &m_display;
};

} // namespace ui
