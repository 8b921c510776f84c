#include "ui/pages/ledger/ledger_model.h"

#include "ui/pages/ledger/ledger_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

namespace ui {

LedgerModel::LedgerModel(api::Ledger &ledger, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_ledger(ledger)
    , m_display(display)
{
    connect(&display, &Display::changed, this,
            [this] { Q_EMIT headerDataChanged(Qt::Horizontal, 0, 0); });
}

QList<ColumnSpec> LedgerModel::columns()
{
    return {
        {.name = QStringLiteral("time"), .kind = CellKind::Text, .width = 128, .isSorted = true},
        {.name = QStringLiteral("posting"), .kind = CellKind::Text, .width = 68},
        {.name = QStringLiteral("kind"), .kind = CellKind::Text, .width = 78},
        {.name = QStringLiteral("account"),
         .kind = CellKind::Text,
         .width = 176,
         .stretches = true},
        {.name = QStringLiteral("debit"), .kind = CellKind::Money, .width = 94, .isRight = true},
        {.name = QStringLiteral("credit"), .kind = CellKind::Money, .width = 94, .isRight = true},
        {.name = QStringLiteral("balance"), .kind = CellKind::Money, .width = 122, .isRight = true},
        {.name = QStringLiteral("cause"),
         .kind = CellKind::Text,
         .width = 104,
         .stretches = true,
         .foldOrder = 1},
    };
}

int LedgerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Time: return tr("Time, %1").arg(m_display.zoneWord());
    case Column::Posting: return tr("Posting");
    case Column::Kind: return tr("Kind");
    case Column::Account: return tr("Account");
    case Column::Debit: return tr("Debit, USD");
    case Column::Credit: return tr("Credit, USD");
    case Column::BalanceAfter: return tr("Balance after");
    case Column::Cause: return tr("Cause");
    }
    Q_UNREACHABLE();
}

QVariant LedgerModel::data(const QModelIndex &index, int role) const
{
    const api::TransferRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    const int line = lineAt(index.row());
    if (role == ObjectRole)
        return row->id.value;
    if (role == IsLastLineRole)
        return line + 1 == linesOf(*row);
    const auto column = static_cast<Column>(index.column());
    const bool isOfTransfer = column == Column::Time || column == Column::Posting ||
                              column == Column::Kind || column == Column::Cause;
    if (isOfTransfer)
        return line == 0 ? headCell(*row, column, role) : QVariant();
    return line < row->entries.size() ? entryCell(*row, row->entries[line], column, role)
                                      : QVariant();
}

QVariant LedgerModel::headCell(const api::TransferRow &row, Column column, int role) const
{
    if (column == Column::Time)
        return timeCell(row, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case Column::Posting:
        return role == Qt::DisplayRole ? QString::number(row.id.value) : row.requestKey;
    case Column::Kind: return transferKindWord(row.kind);
    case Column::Cause: return row.causeText;
    default: return {};
    }
}

QVariant LedgerModel::timeCell(const api::TransferRow &row, int role) const
{
    const QString full = formatFullMoment(row.at, m_display.zone());
    const bool isThisYear =
        full.startsWith(formatFullMoment(m_display.now(), m_display.zone()).left(4));
    switch (role) {
    case Qt::DisplayRole: return full.section(u' ', 1);
    case PrefixRole: return full.section(u' ', 0, 0).mid(isThisYear ? 5 : 0);
    case Qt::ToolTipRole:
        return formatFullMoment(row.at, QTimeZone::utc()) + QStringLiteral(" UTC");
    default: return {};
    }
}

QVariant LedgerModel::entryCell(const api::TransferRow &row, const api::EntryRow &entry,
                                Column column, int role) const
{
    switch (column) {
    case Column::Account: return accountCell(row, entry, role);
    case Column::Debit:
        return role == Qt::DisplayRole && entry.amount.isNegative()
                   ? QVariant(formatMoney(-entry.amount))
                   : QVariant();
    case Column::Credit:
        return role == Qt::DisplayRole && !entry.amount.isNegative()
                   ? QVariant(formatMoney(entry.amount))
                   : QVariant();
    case Column::BalanceAfter: return balanceCell(entry, role);
    default: return {};
    }
}

QVariant LedgerModel::accountCell(const api::TransferRow &row, const api::EntryRow &entry,
                                  int role) const
{
    const bool isCredit = !entry.amount.isNegative();
    switch (role) {
    case Qt::DisplayRole: return entry.account;
    case PrefixRole: return entry.isCustomers ? QVariant(customerWord(row)) : QVariant();
    case IconRole: return isCredit ? QVariant(QStringLiteral("elbow")) : QVariant();
    case IconToneRole: return static_cast<int>(Token::Muted);
    default: return {};
    }
}

QVariant LedgerModel::balanceCell(const api::EntryRow &entry, int role) const
{
    if (role == ToneRole)
        return static_cast<int>(entry.isCustomers ? Token::Text : Token::Muted);
    if (role == Qt::ToolTipRole && !entry.balanceAfter)
        return tr("The postings of this account are being summed up; reload to see the balance");
    if (role != Qt::DisplayRole)
        return {};
    return entry.balanceAfter ? formatMoney(*entry.balanceAfter) : QString(kDash);
}

/// A line for each entry, as in the table.
QList<ExportColumn> LedgerModel::exportColumns() const
{
    return {
        {.title = tr("Posting"), .isNumber = true},
        {.title = tr("Time, UTC")},
        {.title = tr("Kind")},
        {.title = tr("Customer id"), .isNumber = true},
        {.title = tr("Customer")},
        {.title = tr("Account")},
        {.title = tr("Amount, USD"), .isNumber = true},
        {.title = tr("Balance after, USD"), .isNumber = true},
        {.title = tr("Cause")},
        {.title = tr("Request key")},
    };
}

QList<QStringList> LedgerModel::exportLines(const api::TransferRow &row) const
{
    QList<QStringList> lines;
    for (const api::EntryRow &entry : row.entries)
        lines.append({
            QString::number(row.id.value),
            core::toIso(row.at),
            row.kind,
            entry.isCustomers ? QString::number(row.customer.value) : QString(),
            entry.isCustomers ? row.customerName : QString(),
            entry.account,
            entry.amount.toString(),
            entry.balanceAfter ? entry.balanceAfter->toString() : QString(),
            row.causeText,
            row.requestKey,
        });
    return lines;
}

QFuture<Result<api::Page<api::TransferRow>>> LedgerModel::list(const api::PageQuery &query)
{
    return m_ledger.listTransfers(query);
}

/// Append-only: what is there never changes.
std::optional<QFuture<LedgerModel::Rows>> LedgerModel::read(const QList<qint64> &)
{
    return std::nullopt;
}

int LedgerModel::linesOf(const api::TransferRow &row) const
{
    return std::clamp(int(row.entries.size()), 1, kLinesMax);
}

} // namespace ui
