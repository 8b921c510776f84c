#include "ui/pages/customers/customers_model.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/customers/customer_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

#include <QFont>

namespace ui {

namespace {

QVariant tone(Token token)
{
    return static_cast<int>(token);
}

QVariant plain(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words;
    return role == ToneRole ? tone(token) : QVariant();
}

/// Zero is there and says little.
QVariant money(Money amount, int role)
{
    return plain(formatMoney(amount), role, amount.isZero() ? Token::Muted : Token::Text);
}

} // namespace

CustomersModel::CustomersModel(api::Customers &customers, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_customers(customers)
    , m_display(display)
{
}

QList<ColumnSpec> CustomersModel::columns()
{
    const auto money = [](const QString &name, int width, int foldOrder) {
        return ColumnSpec{.name = name,
                          .kind = CellKind::Money,
                          .width = width,
                          .isRight = true,
                          .foldOrder = foldOrder};
    };
    return {
        {.name = QStringLiteral("name"), .kind = CellKind::Text, .width = 170, .stretches = true},
        {.name = QStringLiteral("id"), .kind = CellKind::Text, .width = 108, .foldOrder = 6},
        {.name = QStringLiteral("language"), .kind = CellKind::Text, .width = 96, .foldOrder = 5},
        money(QStringLiteral("balance"), 112, 0),
        money(QStringLiteral("held"), 92, 2),
        {.name = QStringLiteral("activity"), .kind = CellKind::Text, .width = 116, .foldOrder = 1},
        money(QStringLiteral("calls"), 76, 4),
        money(QStringLiteral("spend"), 104, 3),
        money(QStringLiteral("refunds"), 104, 7),
        {.name = QStringLiteral("tier"), .kind = CellKind::Text, .width = 84, .foldOrder = 8},
        {.name = QStringLiteral("status"), .kind = CellKind::State, .width = 118},
    };
}

int CustomersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant CustomersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Name: return tr("Name");
    case Column::Id: return tr("Telegram id");
    case Column::Language: return tr("Language");
    case Column::Balance: return tr("Balance, USD");
    case Column::Held: return tr("On hold");
    case Column::LastActivity: return tr("Last activity");
    case Column::Calls: return tr("Calls 30 d");
    case Column::Spend: return tr("Spend 30 d");
    case Column::Refunds: return tr("Refunds 30 d");
    case Column::Tier: return tr("Tier");
    case Column::Status: return tr("Status");
    }
    Q_UNREACHABLE();
}

QVariant CustomersModel::data(const QModelIndex &index, int role) const
{
    const api::CustomerRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant CustomersModel::cell(const api::CustomerRow &row, Column column, int role) const
{
    switch (column) {
    case Column::Name: return plain(customerWord(row), role);
    case Column::Id: return plain(QString::number(row.id.value), role, Token::Muted);
    case Column::Language: return plain(languageWord(row.language), role, Token::Muted);
    case Column::Balance:
        if (role == WeightRole)
            return QFont::Medium;
        return money(row.available + row.debt, role);
    case Column::Held: return money(row.held, role);
    case Column::LastActivity: return activityCell(row, role);
    case Column::Calls:
        return plain(formatCount(row.calls30d), role,
                     row.calls30d == 0 ? Token::Muted : Token::Text);
    case Column::Spend: return money(row.spend30d, role);
    case Column::Refunds: return money(row.refunds30d, role);
    case Column::Tier: return plain(tierWord(row.tier), role, Token::Muted);
    case Column::Status: {
        const CustomerStatusWords words = wordsOf(row.status);
        if (role == IconRole)
            return words.iconName;
        if (role == IconToneRole)
            return tone(words.tone);
        return plain(words.word, role, words.tone == Token::Muted ? Token::Muted : Token::Text);
    }
    }
    Q_UNREACHABLE();
}

QVariant CustomersModel::activityCell(const api::CustomerRow &row, int role) const
{
    if (!row.lastActivityAt)
        return plain(kDash, role, Token::Muted);
    if (role == Qt::ToolTipRole)
        return formatFullMoment(*row.lastActivityAt, QTimeZone::utc()) + QStringLiteral(" UTC");
    const MomentWords words = formatMoment(*row.lastActivityAt, m_display.now(), m_display.zone());
    return plain(words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5), role,
                 Token::Muted);
}

QList<ExportColumn> CustomersModel::exportColumns() const
{
    return {
        {.title = tr("Telegram id"), .isNumber = true},
        {.title = tr("Name")},
        {.title = tr("Language")},
        {.title = tr("Available, USD"), .isNumber = true},
        {.title = tr("On hold, USD"), .isNumber = true},
        {.title = tr("Debt, USD"), .isNumber = true},
        {.title = tr("First seen, UTC")},
        {.title = tr("Last activity, UTC")},
        {.title = tr("Calls 30 d"), .isNumber = true},
        {.title = tr("Spend 30 d, USD"), .isNumber = true},
        {.title = tr("Refunds 30 d, USD"), .isNumber = true},
        {.title = tr("Tier")},
        {.title = tr("Status")},
    };
}

QList<QStringList> CustomersModel::exportLines(const api::CustomerRow &row) const
{
    return {{
        QString::number(row.id.value),
        row.name,
        row.language,
        row.available.toString(),
        row.held.toString(),
        row.debt.toString(),
        core::toIso(row.createdAt),
        row.lastActivityAt ? core::toIso(*row.lastActivityAt) : QString(),
        QString::number(row.calls30d),
        row.spend30d.toString(),
        row.refunds30d.toString(),
        row.tier,
        wordsOf(row.status).code,
    }};
}

QFuture<Result<api::Page<api::CustomerRow>>> CustomersModel::list(const api::PageQuery &query)
{
    return m_customers.listCustomers(query);
}

std::optional<QFuture<CustomersModel::Rows>> CustomersModel::read(const QList<qint64> &ids)
{
    QList<CustomerId> wanted;
    for (const qint64 id : ids)
        wanted.append(CustomerId{id});
    return m_customers.loadCustomers(wanted);
}

} // namespace ui
