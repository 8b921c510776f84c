#include "ui/pages/deposits/deposits_model.h"

#include "ui/pages/deposits/deposit_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

namespace ui {

namespace {

QVariant tone(Token token)
{
    return static_cast<int>(token);
}

/// "there is none".
QVariant dash(int role)
{
    if (role == Qt::DisplayRole)
        return QString(kDash);
    return role == ToneRole ? tone(Token::Muted) : QVariant();
}

int shownDecimals(const api::DepositRow &row)
{
    return std::max(
        {decimalsOf(row.expectedCrypto), decimalsOf(row.receivedCrypto), usualDecimals(row.coin)});
}

} // namespace

DepositsModel::DepositsModel(api::Deposits &deposits, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_deposits(deposits)
    , m_display(display)
{
}

QList<ColumnSpec> DepositsModel::columns()
{
    return {
        {.name = QStringLiteral("created"),
         .kind = CellKind::Text,
         .width = 96,
         .foldOrder = 3,
         .isSorted = true},
        {.name = QStringLiteral("deposit"), .kind = CellKind::Text, .width = 76},
        {.name = QStringLiteral("customer"),
         .kind = CellKind::Text,
         .width = 107,
         .stretches = true},
        {.name = QStringLiteral("coin"), .kind = CellKind::Text, .width = 102},
        {.name = QStringLiteral("expected"), .kind = CellKind::Money, .width = 89, .isRight = true},
        {.name = QStringLiteral("received"), .kind = CellKind::Money, .width = 89, .isRight = true},
        {.name = QStringLiteral("difference"),
         .kind = CellKind::Money,
         .width = 81,
         .isRight = true,
         .foldOrder = 6},
        {.name = QStringLiteral("confirmations"),
         .kind = CellKind::Meter,
         .width = 108,
         .foldOrder = 4},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 105},
        {.name = QStringLiteral("age"),
         .kind = CellKind::Age,
         .width = 116,
         .isRight = true,
         .foldOrder = 2},
        {.name = QStringLiteral("webhook"), .kind = CellKind::Text, .width = 97, .foldOrder = 7},
        {.name = QStringLiteral("check"), .kind = CellKind::Text, .width = 78, .foldOrder = 9},
        {.name = QStringLiteral("provider"), .kind = CellKind::Code, .width = 78, .foldOrder = 8},
    };
}

int DepositsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

void DepositsModel::tick()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, int(Column::Age)), index(rowCount() - 1, int(Column::Age)));
}

QVariant DepositsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Created: return tr("Created");
    case Column::Deposit: return tr("Deposit");
    case Column::Customer: return tr("Customer");
    case Column::Coin: return tr("Coin");
    case Column::Expected: return tr("Expected");
    case Column::Received: return tr("Received");
    case Column::Difference: return tr("Difference");
    case Column::Confirmations: return tr("Confirmations");
    case Column::State: return tr("State");
    case Column::Age: return tr("Age");
    case Column::LastWebhook: return tr("Last webhook");
    case Column::LastCheck: return tr("Last check");
    case Column::ProviderId: return tr("Provider id");
    }
    Q_UNREACHABLE();
}

QVariant DepositsModel::data(const QModelIndex &index, int role) const
{
    const api::DepositRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant DepositsModel::cell(const api::DepositRow &row, Column column, int role) const
{
    switch (column) {
    case Column::Created: return momentCell(row.createdAt, role, false);
    case Column::Deposit:
        return role == Qt::DisplayRole ? QVariant(depositName(row.id)) : QVariant();
    case Column::Customer: return customerCell(row, role);
    case Column::Coin: return coinCell(row, role);
    case Column::Expected: return amountCell(row, row.expectedCrypto, role);
    case Column::Received: return amountCell(row, row.receivedCrypto, role);
    case Column::Difference: return differenceCell(row, role);
    case Column::Confirmations: return confirmationsCell(row, role);
    case Column::State: return stateCell(row, role);
    case Column::Age: return ageCell(row, role);
    case Column::LastWebhook: return momentCell(row.lastWebhookAt, role, true);
    case Column::LastCheck: return checkCell(row, role);
    case Column::ProviderId:
        if (row.providerPaymentId.isEmpty())
            return dash(role);
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return row.providerPaymentId;
        return role == ToneRole ? tone(Token::Muted) : QVariant();
    }
    Q_UNREACHABLE();
}

QVariant DepositsModel::momentCell(const std::optional<Timestamp> &moment, int role,
                                   bool isMuted) const
{
    if (!moment)
        return dash(role);
    if (role == ToneRole)
        return isMuted ? tone(Token::Muted) : QVariant();
    if (role == Qt::ToolTipRole)
        return formatFullMoment(*moment, QTimeZone::utc()) + QStringLiteral(" UTC");
    if (role != Qt::DisplayRole)
        return {};
    // A time of today, else the day: the column stays narrow, and the tooltip has both.
    const MomentWords words = formatMoment(*moment, m_display.now(), m_display.zone());
    return words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5);
}

/// A narrow column: the day alone where it is not today.
QVariant DepositsModel::checkCell(const api::DepositRow &row, int role) const
{
    if (role != Qt::DisplayRole || !row.lastCheckAt)
        return momentCell(row.lastCheckAt, role, true);
    const MomentWords words = formatMoment(*row.lastCheckAt, m_display.now(), m_display.zone());
    return words.date.isEmpty() ? words.time : words.date;
}

QVariant DepositsModel::customerCell(const api::DepositRow &row, int role) const
{
    if (row.customer == CustomerId{})
        return role == Qt::DisplayRole ? QVariant(tr("No match")) : dash(role);
    if (role == Qt::DisplayRole)
        return row.customerName.isEmpty() ? QString::number(row.customer.value) : row.customerName;
    return role == Qt::ToolTipRole ? QVariant(tr("Customer %1").arg(row.customer.value))
                                   : QVariant();
}

QVariant DepositsModel::coinCell(const api::DepositRow &row, int role) const
{
    const CoinWords words = coinWords(row.coin);
    if (role == Qt::DisplayRole)
        return words.symbol;
    return role == SuffixRole ? QVariant(words.network) : QVariant();
}

QVariant DepositsModel::amountCell(const api::DepositRow &row, const QString &amount,
                                   int role) const
{
    if (amount.isEmpty())
        return dash(role);
    return role == Qt::DisplayRole ? QVariant(padDecimals(amount, shownDecimals(row))) : QVariant();
}

QVariant DepositsModel::differenceCell(const api::DepositRow &row, int role) const
{
    const QString difference = formatDifference(row.receivedCrypto, row.expectedCrypto);
    if (difference.isEmpty())
        return role == Qt::DisplayRole ? QVariant(QString()) : QVariant();
    const bool isNone = difference == QLatin1String("0");
    if (role == Qt::DisplayRole)
        return isNone ? difference : padDecimals(difference, usualDecimals(row.coin));
    return role == ToneRole ? tone(isNone ? Token::Muted : Token::Warn) : QVariant();
}

QVariant DepositsModel::confirmationsCell(const api::DepositRow &row, int role) const
{
    const bool isAll = row.confirmations >= row.confirmationsRequired;
    if (row.confirmationsRequired <= 0)
        return dash(role);
    if (role == Qt::DisplayRole)
        return QStringLiteral("%1/%2").arg(row.confirmations).arg(row.confirmationsRequired);
    if (role == ToneRole)
        return isAll ? tone(Token::Muted) : QVariant();
    if (role == IconToneRole)
        return tone(isAll ? Token::Control : Token::Info);
    return role == MeterRole
               ? QVariant(std::min(1000, 1000 * row.confirmations / row.confirmationsRequired))
               : QVariant();
}

QVariant DepositsModel::stateCell(const api::DepositRow &row, int role) const
{
    const DepositStateWords &words = wordsOf(row.state);
    switch (role) {
    case Qt::DisplayRole: return words.word;
    case Qt::ToolTipRole: return row.note;
    case IconRole: return words.iconName;
    case IconToneRole: return tone(words.tone);
    case IsFilledRole: return words.needsPerson;
    case ToneRole: return words.tone == Token::Muted ? tone(Token::Muted) : QVariant();
    default: return {};
    }
}

QVariant DepositsModel::ageCell(const api::DepositRow &row, int role) const
{
    const auto age = ageOf(row, m_display.now());
    if (!age)
        return dash(role);
    const Slowness slowness = slownessOf(row, m_display.now());
    switch (role) {
    case Qt::DisplayRole: return formatAge(*age);
    case ToneRole: return isFinal(row.state) ? tone(Token::Muted) : QVariant();
    case BadgeRole:
        if (slowness == Slowness::Fine)
            return {};
        return slowness == Slowness::Late ? tr("Late") : tr("Slow");
    case IconRole: return QStringLiteral("timer");
    case IconToneRole: return tone(slowness == Slowness::Late ? Token::Bad : Token::Warn);
    default: return {};
    }
}

QList<ExportColumn> DepositsModel::exportColumns() const
{
    return {
        {.title = tr("Deposit"), .isNumber = true},
        {.title = tr("Created, UTC")},
        {.title = tr("Customer id"), .isNumber = true},
        {.title = tr("Customer")},
        {.title = tr("Coin")},
        {.title = tr("Asked for, USD"), .isNumber = true},
        {.title = tr("Expected"), .isNumber = true},
        {.title = tr("Received"), .isNumber = true},
        {.title = tr("Credited, USD"), .isNumber = true},
        {.title = tr("Confirmations"), .isNumber = true},
        {.title = tr("Confirmations needed"), .isNumber = true},
        {.title = tr("State")},
        {.title = tr("Last webhook, UTC")},
        {.title = tr("Last check, UTC")},
        {.title = tr("Provider id")},
        {.title = tr("Posting"), .isNumber = true},
        {.title = tr("Note")},
    };
}

QList<QStringList> DepositsModel::exportLines(const api::DepositRow &row) const
{
    const auto moment = [](const std::optional<Timestamp> &at) {
        return at ? core::toIso(*at) : QString();
    };
    return {{
        QString::number(row.id.value),
        core::toIso(row.createdAt),
        QString::number(row.customer.value),
        row.customerName,
        row.coin,
        row.requested.toString(),
        row.expectedCrypto,
        row.receivedCrypto,
        row.credited.toString(),
        QString::number(row.confirmations),
        QString::number(row.confirmationsRequired),
        wordsOf(row.state).code,
        moment(row.lastWebhookAt),
        moment(row.lastCheckAt),
        row.providerPaymentId,
        row.transfer ? QString::number(row.transfer->value) : QString(),
        row.note,
    }};
}

QList<FilterField> DepositsModel::filterFields(api::Deposits &deposits)
{
    using Kind = FilterField::Kind;
    const auto suggest = [&deposits](const char *field) {
        return [&deposits, name = QString::fromLatin1(field)](const QString &typed) {
            return deposits.suggest(name, typed);
        };
    };
    return {
        {.name = QStringLiteral("state"), .kind = Kind::Word, .words = depositStateFilterWords()},
        {.name = QStringLiteral("customer"), .suggest = suggest("customer")},
        {.name = QStringLiteral("coin"), .suggest = suggest("coin")},
        {.name = QStringLiteral("amount"), .kind = Kind::Number},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
        {.name = QStringLiteral("review"),
         .kind = Kind::Word,
         .words = {{QStringLiteral("waiting"), QStringLiteral("waiting")}}},
        {.name = QStringLiteral("id"), .kind = Kind::Id, .prefix = QStringLiteral("D-")},
        {.name = QStringLiteral("provider")},
    };
}

QFuture<Result<api::Page<api::DepositRow>>> DepositsModel::list(const api::PageQuery &query)
{
    return m_deposits.listDeposits(query);
}

std::optional<QFuture<DepositsModel::Rows>> DepositsModel::read(const QList<qint64> &ids)
{
    QList<DepositId> wanted;
    for (const qint64 id : ids)
        wanted.append(DepositId{id});
    return m_deposits.loadDeposits(wanted);
}

/// Of all conditions only those on the state can end while a deposit goes on.
bool DepositsModel::belongs(const api::DepositRow &row) const
{
    using Comparison = api::FilterTerm::Comparison;
    for (const api::FilterTerm &term : filter()) {
        const bool isState = term.field == QLatin1String("state");
        if (!isState && term.field != QLatin1String("review"))
            continue;
        const bool isIt = isState ? term.value == wordsOf(row.state).code : row.waitingReviews > 0;
        if (isIt != (term.comparison == Comparison::Is))
            return false;
    }
    return true;
}

} // namespace ui
