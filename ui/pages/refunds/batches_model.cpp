#include "ui/pages/refunds/batches_model.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/batch_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

#include <QFont>

namespace ui {

namespace {

QVariant said(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words.isEmpty() ? QString(kDash) : words;
    return role == ToneRole ? QVariant(static_cast<int>(words.isEmpty() ? Token::Muted : token))
                            : QVariant();
}

QVariant stateSaid(const RequestStateWords &words, bool isFilled, int role)
{
    if (role == IconRole)
        return words.iconName;
    if (role == IconToneRole || role == ToneRole)
        return static_cast<int>(words.tone);
    if (role == IsFilledRole)
        return isFilled;
    return said(words.word, role);
}

QString momentSaid(Timestamp at, const Display &display)
{
    const MomentWords words = formatMoment(at, display.now(), display.zone());
    return words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5);
}

QString customerSaid(CustomerId id, const QString &name)
{
    return name.isEmpty() ? QString::number(id.value) : name;
}

QList<FilterWord> wordsFor(const QList<std::pair<QString, QString>> &states)
{
    QList<FilterWord> words;
    for (const auto &[word, code] : states)
        words.append({word, code});
    return words;
}

/// Does a row of this state still match?
bool matchesState(const QList<api::FilterTerm> &filter, const QString &state)
{
    for (const api::FilterTerm &term : filter) {
        if (term.field != QLatin1String("state"))
            continue;
        const bool isIt = term.value.split(u',').contains(state);
        if (isIt != (term.comparison == api::FilterTerm::Comparison::Is))
            return false;
    }
    return true;
}

} // namespace

// ---- bulk refunds

BatchesModel::BatchesModel(api::Refunds &refunds, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_refunds(refunds)
    , m_display(display)
{
}

QList<ColumnSpec> BatchesModel::columns()
{
    return {
        {.name = QStringLiteral("requested"),
         .kind = CellKind::Text,
         .width = 104,
         .isSorted = true},
        {.name = QStringLiteral("batch"), .kind = CellKind::Text, .width = 76, .foldOrder = 3},
        {.name = QStringLiteral("name"), .kind = CellKind::Text, .width = 172},
        {.name = QStringLiteral("query"), .kind = CellKind::Text, .width = 200, .stretches = true},
        {.name = QStringLiteral("calls"), .kind = CellKind::Money, .width = 60, .isRight = true},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 96, .isRight = true},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 124},
        {.name = QStringLiteral("progress"), .kind = CellKind::Meter, .width = 116},
        {.name = QStringLiteral("by"), .kind = CellKind::Text, .width = 116, .foldOrder = 1},
        {.name = QStringLiteral("approved"), .kind = CellKind::Text, .width = 116, .foldOrder = 2},
    };
}

QList<FilterField> BatchesModel::filterFields(api::Refunds &refunds)
{
    using Kind = FilterField::Kind;
    return {
        {.name = QStringLiteral("state"),
         .kind = Kind::Word,
         .words = wordsFor(batchStateFilterWords())},
        {.name = QStringLiteral("name")},
        {.name = QStringLiteral("by"),
         .suggest =
             [&refunds](const QString &typed) {
                 return refunds.suggest(QStringLiteral("by"), typed);
             }},
        {.name = QStringLiteral("id"), .kind = Kind::Id},
    };
}

int BatchesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant BatchesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Requested: return tr("Asked for");
    case Column::Number: return tr("Number");
    case Column::Name: return tr("Name");
    case Column::Query: return tr("Which calls");
    case Column::Calls: return tr("Calls");
    case Column::Amount: return tr("Amount, USD");
    case Column::State: return tr("State");
    case Column::Progress: return tr("Given back");
    case Column::RequestedBy: return tr("Asked for by");
    case Column::ApprovedBy: return tr("Approved by");
    }
    Q_UNREACHABLE();
}

QVariant BatchesModel::data(const QModelIndex &index, int role) const
{
    const api::RefundBatch *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant BatchesModel::cell(const api::RefundBatch &row, Column column, int role) const
{
    switch (column) {
    case Column::Requested: return said(momentSaid(row.requestedAt, m_display), role, Token::Muted);
    case Column::Number: return said(batchName(row.id), role);
    case Column::Name: return role == WeightRole ? QVariant(QFont::Medium) : said(row.key, role);
    case Column::Query: return said(batchQueryWords(row.wish.query, m_display), role, Token::Muted);
    case Column::Calls: return said(formatCount(row.calls), role);
    case Column::Amount:
        return role == WeightRole ? QVariant(QFont::Medium) : said(formatMoney(row.total), role);
    case Column::State:
        return stateSaid(batchStateWords(row), row.isWaiting() || row.isRunning(), role);
    case Column::Progress: {
        if (!row.startedAt)
            return said({}, role);
        if (role == MeterRole)
            return static_cast<int>(1000 * row.done / std::max<qint64>(row.calls, 1));
        if (role == IconToneRole)
            return static_cast<int>(row.isRunning() ? Token::Info : Token::Control);
        return said(QStringLiteral("%1/%2").arg(row.done).arg(row.calls), role);
    }
    case Column::RequestedBy: return said(row.requestedBy, role);
    case Column::ApprovedBy: return said(row.approvedBy.join(QStringLiteral(", ")), role);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> BatchesModel::exportColumns() const
{
    return {{.title = tr("Number"), .isNumber = true},
            {.title = tr("Name")},
            {.title = tr("Asked for, UTC")},
            {.title = tr("Which calls")},
            {.title = tr("Calls"), .isNumber = true},
            {.title = tr("Amount, USD"), .isNumber = true},
            {.title = tr("State")},
            {.title = tr("Given back, calls"), .isNumber = true},
            {.title = tr("Given back, USD"), .isNumber = true},
            {.title = tr("Refused, calls"), .isNumber = true},
            {.title = tr("Reason")},
            {.title = tr("Asked for by")},
            {.title = tr("Approved by")}};
}

QList<QStringList> BatchesModel::exportLines(const api::RefundBatch &row) const
{
    return {{QString::number(row.id.value), row.key, core::toIso(row.requestedAt),
             QString::fromUtf8(core::toBytes(api::toJson(row.wish.query))),
             QString::number(row.calls), row.total.toString(), row.state, QString::number(row.done),
             row.given.toString(), QString::number(row.refused), row.wish.reason, row.requestedBy,
             row.approvedBy.join(u' ')}};
}

QFuture<Result<api::Page<api::RefundBatch>>> BatchesModel::list(const api::PageQuery &query)
{
    return m_refunds.listBatches(query);
}

std::optional<QFuture<BatchesModel::Rows>> BatchesModel::read(const QList<qint64> &ids)
{
    QList<api::BatchId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::BatchId{id});
    return m_refunds.loadBatches(wanted);
}

bool BatchesModel::belongs(const api::RefundBatch &row) const
{
    return matchesState(filter(), row.state);
}

// ---- the calls of one

BatchCallsModel::BatchCallsModel(api::Refunds &refunds, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_refunds(refunds)
    , m_display(display)
{
}

void BatchCallsModel::noteProgress()
{
    QList<qint64> ids;
    forEachRow([&](const api::RefundBatchCall &row) {
        if (row.state == QLatin1String("planned"))
            ids.append(row.call.value);
    });
    if (!ids.isEmpty())
        noteChanged(ids);
}

QList<ColumnSpec> BatchCallsModel::columns()
{
    return {
        {.name = QStringLiteral("call"), .kind = CellKind::Text, .width = 96, .isSorted = true},
        {.name = QStringLiteral("customer"), .kind = CellKind::Text, .width = 180},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 104, .isRight = true},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 132},
        {.name = QStringLiteral("why"), .kind = CellKind::Text, .width = 240, .stretches = true},
        {.name = QStringLiteral("refund"), .kind = CellKind::Text, .width = 96, .foldOrder = 1},
        {.name = QStringLiteral("decided"), .kind = CellKind::Text, .width = 112, .foldOrder = 2},
    };
}

QList<FilterField> BatchCallsModel::filterFields(api::Refunds &refunds)
{
    using Kind = FilterField::Kind;
    return {
        {.name = QStringLiteral("state"),
         .kind = Kind::Word,
         .words = wordsFor(batchCallStateFilterWords())},
        {.name = QStringLiteral("customer"),
         .suggest =
             [&refunds](const QString &typed) {
                 return refunds.suggest(QStringLiteral("customer"), typed);
             }},
        {.name = QStringLiteral("id"), .kind = Kind::Id},
    };
}

int BatchCallsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant BatchCallsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Call: return tr("Call");
    case Column::Customer: return tr("Customer");
    case Column::Amount: return tr("Amount, USD");
    case Column::State: return tr("Result");
    case Column::Why: return tr("Why not");
    case Column::Refund: return tr("Refund");
    case Column::Decided: return tr("When");
    }
    Q_UNREACHABLE();
}

QVariant BatchCallsModel::data(const QModelIndex &index, int role) const
{
    const api::RefundBatchCall *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->call.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant BatchCallsModel::cell(const api::RefundBatchCall &row, Column column, int role) const
{
    switch (column) {
    case Column::Call: return said(callName(row.call), role);
    case Column::Customer: return said(customerSaid(row.customer, row.customerName), role);
    case Column::Amount:
        return role == WeightRole ? QVariant(QFont::Medium) : said(formatMoney(row.amount), role);
    case Column::State:
        return stateSaid(batchCallStateWords(row.state), row.state == QLatin1String("refused"),
                         role);
    case Column::Why: return said(batchWhyWords(row.why), role);
    case Column::Refund:
        return said(row.refund ? QStringLiteral("R-%1").arg(row.refund->value) : QString(), role);
    case Column::Decided:
        return said(row.decidedAt ? momentSaid(*row.decidedAt, m_display) : QString(), role,
                    Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> BatchCallsModel::exportColumns() const
{
    return {{.title = tr("Call"), .isNumber = true},
            {.title = tr("Telegram id"), .isNumber = true},
            {.title = tr("Amount, USD"), .isNumber = true},
            {.title = tr("Result")},
            {.title = tr("Why not")},
            {.title = tr("Refund"), .isNumber = true},
            {.title = tr("When, UTC")}};
}

QList<QStringList> BatchCallsModel::exportLines(const api::RefundBatchCall &row) const
{
    return {{QString::number(row.call.value), QString::number(row.customer.value),
             row.amount.toString(), row.state, row.why,
             row.refund ? QString::number(row.refund->value) : QString(),
             row.decidedAt ? core::toIso(*row.decidedAt) : QString()}};
}

QFuture<Result<api::Page<api::RefundBatchCall>>> BatchCallsModel::list(const api::PageQuery &query)
{
    api::PageQuery ofBatch = query;
    ofBatch.filter.append(
        {.field = QStringLiteral("batch"), .value = QString::number(m_batch.value)});
    return m_refunds.listBatchCalls(ofBatch);
}

std::optional<QFuture<BatchCallsModel::Rows>> BatchCallsModel::read(const QList<qint64> &ids)
{
    QList<api::BatchCallId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::BatchCallId{id});
    return m_refunds.loadBatchCalls(m_batch, wanted);
}

bool BatchCallsModel::belongs(const api::RefundBatchCall &row) const
{
    return matchesState(filter(), row.state);
}

// ---- what a preview found

void BatchPreviewModel::setFound(const QList<api::BulkRefundRow> &found)
{
    m_found = found;
    reload();
}

QList<ColumnSpec> BatchPreviewModel::columns()
{
    return {
        {.name = QStringLiteral("call"), .kind = CellKind::Text, .width = 88},
        {.name = QStringLiteral("customer"), .kind = CellKind::Text, .width = 112},
        {.name = QStringLiteral("paid"), .kind = CellKind::Money, .width = 84, .isRight = true},
        {.name = QStringLiteral("refunded"),
         .kind = CellKind::Money,
         .width = 100,
         .isRight = true},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 96, .isRight = true},
        {.name = QStringLiteral("why"), .kind = CellKind::Text, .width = 180, .stretches = true},
    };
}

int BatchPreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant BatchPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Call: return tr("Call");
    case Column::Customer: return tr("Customer");
    case Column::Paid: return tr("Paid");
    case Column::Refunded: return tr("Given before");
    case Column::Amount: return tr("Gives back");
    case Column::Why: return tr("Why nothing");
    }
    Q_UNREACHABLE();
}

QVariant BatchPreviewModel::data(const QModelIndex &index, int role) const
{
    const api::BulkRefundRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->call.value;
    const bool isGiven = row->amount.isPositive();
    const auto money = [&](Money amount) {
        return said(amount.isZero() ? QString() : formatMoney(amount), role,
                    isGiven ? Token::Text : Token::Muted);
    };
    switch (static_cast<Column>(index.column())) {
    case Column::Call: return said(callName(row->call), role, isGiven ? Token::Text : Token::Muted);
    case Column::Customer: return said(QString::number(row->customer.value), role, Token::Muted);
    case Column::Paid: return money(row->paid);
    case Column::Refunded: return money(row->refunded);
    case Column::Amount: return role == WeightRole ? QVariant(QFont::Medium) : money(row->amount);
    case Column::Why:
        if (role == Qt::DisplayRole)
            return batchWhyWords(row->why);
        return said(row->why, role, Token::Warn);
    }
    Q_UNREACHABLE();
}

QFuture<Result<api::Page<api::BulkRefundRow>>> BatchPreviewModel::list(const api::PageQuery &query)
{
    api::Page<api::BulkRefundRow> page;
    const bool isBackwards = query.isBackwards;
    qsizetype edge = query.after.toLongLong();
    if (isBackwards)
        edge = query.after.isEmpty() ? m_found.size() : edge;
    const qsizetype from = isBackwards ? std::max<qsizetype>(edge - query.limit, 0) : edge;
    const qsizetype to =
        isBackwards ? edge : std::min<qsizetype>(edge + query.limit, m_found.size());
    page.rows = m_found.mid(from, to - from);
    if (isBackwards ? from > 0 : to < m_found.size())
        page.next = QString::number(isBackwards ? from : to);
    page.total = m_found.size();
    return QtFuture::makeReadyFuture(Result<api::Page<api::BulkRefundRow>>(std::move(page)));
}

} // namespace ui
