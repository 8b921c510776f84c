#pragma once

#include "api/audit.h"
#include "ui/support/display.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/row_model.h"
#include "ui/support/smart_table.h"
#include "ui/support/theme.h"

namespace ui {

struct AuditOutcomeWords {
    QString code; // as filters and the database name it
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
[[nodiscard]] AuditOutcomeWords wordsOf(api::AuditOutcome outcome);

class AuditModel final : public RowModel<api::AuditRow> {
    Q_OBJECT

public:
    enum class Column {
        At,
        Who,
        Role,
        Action,
        Object,
        Outcome,
        Reason,
        Origin,
        Sealed,
    };
    static constexpr int kColumnCount = 9;

    AuditModel(api::Audit &audit, const Display &display, QObject *parent = nullptr);
    [[nodiscard]] static QList<ColumnSpec> columns();
    [[nodiscard]] static QList<FilterField> filterFields(api::Audit &audit);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QList<ExportColumn> exportColumns() const override;

protected:
    [[nodiscard]] QFuture<Result<api::Page<api::AuditRow>>>
    list(const api::PageQuery &query) override;
    /// What was written never changes.
    [[nodiscard]] std::optional<QFuture<Rows>> read(const QList<qint64> &) override
    {
        return std::nullopt;
    }
    [[nodiscard]] qint64 idOfRow(const api::AuditRow &row) const override { return row.id; }
    [[nodiscard]] QList<QStringList> exportLines(const api::AuditRow &row) const override;

private:
    [[nodiscard]] QVariant cell(const api::AuditRow &row, Column column, int role) const;

    api::Audit &m_audit;
    const Display &m_display;
};

} // namespace ui
