#pragma once

#include "api/refunds.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"
#include "ui/support/theme.h"

namespace ui {

struct RefundStateWords {
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
/// A state this version does not know is shown as it is.
[[nodiscard]] RefundStateWords refundStateWords(const QString &state);
/// "R-3106".
[[nodiscard]] QString refundName(api::RefundId id);

class RefundsModel final : public RowModel<api::RefundRow> {
    Q_OBJECT

public:
    enum class Column {
        Requested,
        Refund,
        Customer,
        Amount,
        State,
        Reason,
        RequestedBy,
        ApprovedBy,
        Expires,
    };
    static constexpr int kColumnCount = 9;

    RefundsModel(api::Refunds &refunds, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Refunds &refunds);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::RefundRow>>>
    list(const api::PageQuery &query) override;
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &ids) override;
    [[nodiscard]] qint64 idOfRow(const api::RefundRow &row) const override { return row.id.value; }
    [[nodiscard]] bool belongs(const api::RefundRow &row) const override;
    [[nodiscard]] QList<QStringList> exportLines(const api::RefundRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::RefundRow &row, Column column, int role) const;
    [[nodiscard]] QString momentWords(Timestamp at) const;

    api::Refunds &m_refunds;
    const Display &m_display;
};

} // namespace ui
