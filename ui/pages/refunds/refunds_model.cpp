#include "ui/pages/refunds/refunds_model.h"

#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

#include <QFont>

namespace ui {

namespace {

constexpr std::array kStates = {"pending_approval", "approved", "done", "rejected",
                                "cancelled",        "expired",  "void", "failed"};

QVariant shown(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words.isEmpty() ? QString(kDash) : words;
    return role == ToneRole ? QVariant(static_cast<int>(words.isEmpty() ? Token::Muted : token))
                            : QVariant();
}

} // namespace

RefundStateWords refundStateWords(const QString &state)
{
    const QHash<QString, RefundStateWords> words = {
        {QStringLiteral("pending_approval"),
         {RefundsModel::tr("Waits"), QStringLiteral("hourglass"), Token::Warn}},
        {QStringLiteral("approved"),
         {RefundsModel::tr("One agreed"), QStringLiteral("hourglass"), Token::Warn}},
        {QStringLiteral("done"),
         {RefundsModel::tr("Given back"), QStringLiteral("circle-check"), Token::Good}},
        {QStringLiteral("rejected"), {RefundsModel::tr("Rejected"), QStringLiteral("ban")}},
        {QStringLiteral("cancelled"), {RefundsModel::tr("Taken back"), QStringLiteral("undo")}},
        {QStringLiteral("expired"), {RefundsModel::tr("Too late"), QStringLiteral("timer")}},
        {QStringLiteral("void"), {RefundsModel::tr("Void"), QStringLiteral("circle-minus")}},
        {QStringLiteral("failed"),
         {RefundsModel::tr("Failed"), QStringLiteral("octagon-x"), Token::Bad}},
    };
    return words.value(state, {state, QStringLiteral("circle-dot"), Token::Muted});
}

QString refundName(api::RefundId id)
{
    return QStringLiteral("R-%1").arg(id.value);
}

RefundsModel::RefundsModel(api::Refunds &refunds, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_refunds(refunds)
    , m_display(display)
{
}

QList<ColumnSpec> RefundsModel::columns()
{
    return {
        {.name = QStringLiteral("requested"),
         .kind = CellKind::Text,
         .width = 120,
         .isSorted = true},
        {.name = QStringLiteral("refund"), .kind = CellKind::Text, .width = 96, .foldOrder = 3},
        {.name = QStringLiteral("customer"),
         .kind = CellKind::Text,
         .width = 150,
         .stretches = true},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 108, .isRight = true},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 130},
        {.name = QStringLiteral("reason"), .kind = CellKind::Text, .width = 180, .foldOrder = 2},
        {.name = QStringLiteral("by"), .kind = CellKind::Text, .width = 130},
        {.name = QStringLiteral("approved"), .kind = CellKind::Text, .width = 120, .foldOrder = 4},
        {.name = QStringLiteral("expires"), .kind = CellKind::Text, .width = 120, .foldOrder = 1},
    };
}

QList<FilterField> RefundsModel::filterFields(api::Refunds &refunds)
{
    using Kind = FilterField::Kind;
    QList<FilterWord> states;
    for (const char *state : kStates) {
        const QString code = QString::fromLatin1(state);
        states.append({refundStateWords(code).word.toLower().replace(u' ', u'-'), code});
    }
    return {
        {.name = QStringLiteral("state"), .kind = Kind::Word, .words = states},
        {.name = QStringLiteral("customer"),
         .suggest =
             [&refunds](const QString &typed) {
                 return refunds.suggest(QStringLiteral("customer"), typed);
             }},
        {.name = QStringLiteral("id"), .kind = Kind::Id, .prefix = QStringLiteral("R-")},
    };
}

int RefundsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant RefundsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Requested: return tr("Asked for");
    case Column::Refund: return tr("Refund");
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

QVariant RefundsModel::data(const QModelIndex &index, int role) const
{
    const api::RefundRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QString RefundsModel::momentWords(Timestamp at) const
{
    const MomentWords words = formatMoment(at, m_display.now(), m_display.zone());
    return words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5);
}

QVariant RefundsModel::cell(const api::RefundRow &row, Column column, int role) const
{
    switch (column) {
    case Column::Requested: return shown(momentWords(row.requestedAt), role, Token::Muted);
    case Column::Refund: return shown(refundName(row.id), role);
    case Column::Customer:
        return shown(row.customerName.isEmpty() ? QString::number(row.customer.value)
                                                : row.customerName,
                     role);
    case Column::Amount:
        if (role == WeightRole)
            return QFont::Medium;
        return shown(formatMoney(row.amount), role);
    case Column::State: {
        const RefundStateWords words = refundStateWords(row.state);
        if (role == IconRole)
            return words.iconName;
        if (role == IconToneRole || role == ToneRole)
            return static_cast<int>(words.tone);
        if (role == IsFilledRole)
            return row.isWaiting();
        return shown(words.word, role);
    }
    case Column::Reason: return shown(refundReasonWord(row.reason), role, Token::Muted);
    case Column::RequestedBy:
        return shown(row.requestedBy.isEmpty() ? tr("The customer") : row.requestedBy, role);
    case Column::ApprovedBy: return shown(row.approvedBy, role);
    case Column::Expires:
        return shown(row.isWaiting() && row.expiresAt ? momentWords(*row.expiresAt) : QString(),
                     role, Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> RefundsModel::exportColumns() const
{
    return {{.title = tr("Refund"), .isNumber = true},
            {.title = tr("Asked for, UTC")},
            {.title = tr("Telegram id"), .isNumber = true},
            {.title = tr("Amount, USD"), .isNumber = true},
            {.title = tr("State")},
            {.title = tr("Reason")},
            {.title = tr("Asked for by")},
            {.title = tr("Approved by")},
            {.title = tr("Posting"), .isNumber = true}};
}

QList<QStringList> RefundsModel::exportLines(const api::RefundRow &row) const
{
    return {{QString::number(row.id.value), core::toIso(row.requestedAt),
             QString::number(row.customer.value), row.amount.toString(), row.state, row.reason,
             row.requestedBy, row.approvedBy,
             row.transfer ? QString::number(row.transfer->value) : QString()}};
}

QFuture<Result<api::Page<api::RefundRow>>> RefundsModel::list(const api::PageQuery &query)
{
    return m_refunds.listRefunds(query);
}

std::optional<QFuture<RefundsModel::Rows>> RefundsModel::read(const QList<qint64> &ids)
{
    QList<api::RefundId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::RefundId{id});
    return m_refunds.loadRefunds(wanted);
}

bool RefundsModel::belongs(const api::RefundRow &row) const
{
    for (const api::FilterTerm &term : filter()) {
        if (term.field != QLatin1String("state"))
            continue;
        const bool isIt = term.value.split(u',').contains(row.state);
        if (isIt != (term.comparison == api::FilterTerm::Comparison::Is))
            return false;
    }
    return true;
}

} // namespace ui
