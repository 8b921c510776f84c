#include "ui/pages/refunds/requests_model.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

#include <QFont>

namespace ui {

namespace {

QVariant shown(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words.isEmpty() ? QString(kDash) : words;
    return role == ToneRole ? QVariant(static_cast<int>(words.isEmpty() ? Token::Muted : token))
                            : QVariant();
}

} // namespace

RequestsModel::RequestsModel(api::Refunds &refunds, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_refunds(refunds)
    , m_display(display)
{
}

QList<ColumnSpec> RequestsModel::columns()
{
    return {
        {.name = QStringLiteral("requested"),
         .kind = CellKind::Text,
         .width = 116,
         .isSorted = true},
        {.name = QStringLiteral("refund"), .kind = CellKind::Text, .width = 84, .foldOrder = 3},
        {.name = QStringLiteral("kind"), .kind = CellKind::Text, .width = 92},
        {.name = QStringLiteral("customer"), .kind = CellKind::Text, .width = 140},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 96, .isRight = true},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 120},
        {.name = QStringLiteral("reason"), .kind = CellKind::Text, .width = 160, .stretches = true},
        {.name = QStringLiteral("by"), .kind = CellKind::Text, .width = 120, .foldOrder = 1},
        {.name = QStringLiteral("approved"), .kind = CellKind::Text, .width = 180, .foldOrder = 4},
        {.name = QStringLiteral("expires"), .kind = CellKind::Text, .width = 112, .foldOrder = 2},
    };
}

QList<FilterField> RequestsModel::filterFields(api::Refunds &refunds)
{
    using Kind = FilterField::Kind;
    QList<FilterWord> states;
    for (const auto &[word, code] : requestStateFilterWords())
        states.append({word, code});
    QList<FilterWord> kinds;
    for (const char *kind :
         {"refund", "goodwill", "correction", "reversal", "deposit_reversal", "payout"})
        kinds.append({QLatin1String(kind), QLatin1String(kind)});
    const auto suggest = [&refunds](const char *field) {
        return [&refunds, name = QString::fromLatin1(field)](const QString &typed) {
            return refunds.suggest(name, typed);
        };
    };
    return {
        {.name = QStringLiteral("state"), .kind = Kind::Word, .words = states},
        {.name = QStringLiteral("kind"), .kind = Kind::Word, .words = kinds},
        {.name = QStringLiteral("customer"), .suggest = suggest("customer")},
        {.name = QStringLiteral("by"), .suggest = suggest("by")},
        {.name = QStringLiteral("id"), .kind = Kind::Id},
    };
}

int RequestsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant RequestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Requested: return tr("Asked for");
    case Column::Name: return tr("Number");
    case Column::Kind: return tr("Kind");
    case Column::Customer: return tr("Customer");
    case Column::Amount: return tr("Amount, USD");
    case Column::State: return tr("State");
    case Column::Reason: return tr("Reason");
    case Column::RequestedBy: return tr("Asked for by");
    case Column::ApprovedBy: return tr("Approved by");
    case Column::Expires: return tr("Expires");
    }
    Q_UNREACHABLE();
}

QVariant RequestsModel::data(const QModelIndex &index, int role) const
{
    const api::MoneyRequest *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QString RequestsModel::momentWords(Timestamp at) const
{
    const MomentWords words = formatMoment(at, m_display.now(), m_display.zone());
    return words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5);
}

QVariant RequestsModel::cell(const api::MoneyRequest &row, Column column, int role) const
{
    switch (column) {
    case Column::Requested: return shown(momentWords(row.requestedAt), role, Token::Muted);
    case Column::Name: return shown(requestName(row), role);
    case Column::Kind: return shown(requestKindWord(row.kind), role);
    case Column::Customer:
        return shown(row.customerName.isEmpty() ? QString::number(row.customer.value)
                                                : row.customerName,
                     role);
    case Column::Amount:
        if (role == WeightRole)
            return QFont::Medium;
        return shown(formatMoney(row.amount), role);
    case Column::State: {
        const RequestStateWords words = requestStateWords(row);
        if (role == IconRole)
            return words.iconName;
        if (role == IconToneRole || role == ToneRole)
            return static_cast<int>(words.tone);
        if (role == IsFilledRole)
            return row.isWaiting() || row.isToSend();
        return shown(words.word, role);
    }
    case Column::Reason: return shown(requestReason(row), role, Token::Muted);
    case Column::RequestedBy: return shown(requesterWord(row), role);
    case Column::ApprovedBy: return shown(row.approvedBy.join(QStringLiteral(", ")), role);
    case Column::Expires:
        return shown(row.isWaiting() && row.expiresAt ? momentWords(*row.expiresAt) : QString(),
                     role, Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> RequestsModel::exportColumns() const
{
    return {{.title = tr("Number"), .isNumber = true},
            {.title = tr("Kind")},
            {.title = tr("Asked for, UTC")},
            {.title = tr("Telegram id"), .isNumber = true},
            {.title = tr("Amount, USD"), .isNumber = true},
            {.title = tr("State")},
            {.title = tr("Reason")},
            {.title = tr("Asked for by")},
            {.title = tr("Approved by")},
            {.title = tr("Posting"), .isNumber = true}};
}

QList<QStringList> RequestsModel::exportLines(const api::MoneyRequest &row) const
{
    return {{QString::number(row.id.value), api::nameOf(row.kind), core::toIso(row.requestedAt),
             QString::number(row.customer.value), row.amount.toString(), row.state, row.reason,
             row.requestedBy, row.approvedBy.join(u' '),
             row.transfer ? QString::number(row.transfer->value) : QString()}};
}

QFuture<Result<api::Page<api::MoneyRequest>>> RequestsModel::list(const api::PageQuery &query)
{
    return m_refunds.listRequests(query);
}

std::optional<QFuture<RequestsModel::Rows>> RequestsModel::read(const QList<qint64> &ids)
{
    QList<api::RequestId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::RequestId{id});
    return m_refunds.loadRequests(wanted);
}

bool RequestsModel::belongs(const api::MoneyRequest &row) const
{
    for (const api::FilterTerm &term : filter()) {
        const bool isState = term.field == QLatin1String("state");
        if (!isState && term.field != QLatin1String("kind"))
            continue;
        const bool isIt =
            term.value.split(u',').contains(isState ? row.state : api::nameOf(row.kind));
        if (isIt != (term.comparison == api::FilterTerm::Comparison::Is))
            return false;
    }
    return true;
}

} // namespace ui
