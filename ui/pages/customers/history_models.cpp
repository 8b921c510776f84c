#include "ui/pages/customers/history_models.h"

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
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return words;
    return role == ToneRole ? tone(token) : QVariant();
}

/// One line of a table: breaks become blanks.
QString oneLine(QString text)
{
    return text.simplified();
}

} // namespace

// ---- timeline

TimelineModel::TimelineModel(api::Customers &customers, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_customers(customers)
    , m_display(display)
{
}

QList<ColumnSpec> TimelineModel::columns()
{
    return {
        {.name = QStringLiteral("time"), .kind = CellKind::Text, .width = 148, .isSorted = true},
        {.name = QStringLiteral("what"), .kind = CellKind::State, .width = 122},
        {.name = QStringLiteral("detail"), .kind = CellKind::Text, .width = 300, .stretches = true},
        {.name = QStringLiteral("amount"), .kind = CellKind::Money, .width = 120, .isRight = true},
    };
}

int TimelineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Time: return tr("Time, %1").arg(m_display.zoneWord());
    case Column::What: return tr("What");
    case Column::Detail: return tr("Detail");
    case Column::Amount: return tr("Balance, USD");
    }
    Q_UNREACHABLE();
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    const api::TimelineRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id;
    return cell(index.row(), *row, static_cast<Column>(index.column()), role);
}

/// "Fri 20 Nov" on the first row of a day, nothing on the others.
QString TimelineModel::dayBefore(int row) const
{
    const auto dayOf = [this](const api::TimelineRow &event) {
        return QDateTime::fromMSecsSinceEpoch(core::toMicros(event.at) / 1000, m_display.zone())
            .date();
    };
    const QDate day = dayOf(*rowAt(row));
    const api::TimelineRow *above = row > 0 ? rowAt(row - 1) : nullptr;
    if (above != nullptr && dayOf(*above) == day)
        return {};
    return QLocale().toString(day, QStringLiteral("ddd d MMM"));
}

QVariant TimelineModel::cell(int row, const api::TimelineRow &event, Column column, int role) const
{
    const TimelineWords words = wordsOf(event.kind);
    switch (column) {
    case Column::Time:
        if (role == SuffixRole)
            return dayBefore(row);
        if (role == Qt::ToolTipRole)
            return formatFullMoment(event.at, QTimeZone::utc()) + QStringLiteral(" UTC");
        return plain(formatMoment(event.at, m_display.now(), m_display.zone()).time, role);
    case Column::What:
        if (role == IconRole)
            return words.iconName;
        if (role == IconToneRole)
            return tone(words.tone);
        return plain(words.word, role);
    case Column::Detail:
        if (role == PrefixRole)
            return event.title.isEmpty() ? QVariant() : event.title;
        return plain(oneLine(event.detail), role);
    case Column::Amount:
        if (!event.amount || event.amount->isZero())
            return plain(QString(), role);
        if (role == WeightRole)
            return QFont::Medium;
        return plain((event.amount->isPositive() ? QStringLiteral("+") : QString()) +
                         formatMoney(*event.amount),
                     role, event.amount->isPositive() ? Token::Good : Token::Text);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> TimelineModel::exportColumns() const
{
    return {{.title = tr("Time, UTC")},
            {.title = tr("What")},
            {.title = tr("Title")},
            {.title = tr("Detail")},
            {.title = tr("Amount, USD"), .isNumber = true}};
}

QList<QStringList> TimelineModel::exportLines(const api::TimelineRow &row) const
{
    return {{core::toIso(row.at), wordsOf(row.kind).word, row.title, row.detail,
             row.amount ? row.amount->toString() : QString()}};
}

QFuture<Result<api::Page<api::TimelineRow>>> TimelineModel::list(const api::PageQuery &query)
{
    return m_customers.listTimeline(query);
}

std::optional<QFuture<TimelineModel::Rows>> TimelineModel::read(const QList<qint64> &)
{
    return std::nullopt; // what happened has happened
}

// ---- messages

MessagesModel::MessagesModel(api::Customers &customers, QString language, const Display &display,
                             QObject *parent)
    : RowModel(parent)
    , m_customers(customers)
    , m_language(std::move(language))
    , m_display(display)
{
}

QList<ColumnSpec> MessagesModel::columns()
{
    return {
        {.name = QStringLiteral("time"), .kind = CellKind::Text, .width = 124, .isSorted = true},
        {.name = QStringLiteral("who"), .kind = CellKind::State, .width = 72},
        {.name = QStringLiteral("shown"), .kind = CellKind::Text, .width = 220, .stretches = true},
        {.name = QStringLiteral("source"), .kind = CellKind::Code, .width = 190, .foldOrder = 1},
        {.name = QStringLiteral("mine"), .kind = CellKind::Text, .width = 220, .stretches = true},
        {.name = QStringLiteral("state"), .kind = CellKind::Text, .width = 84, .foldOrder = 2},
    };
}

int MessagesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant MessagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Time: return tr("Time, %1").arg(m_display.zoneWord());
    case Column::Who: return tr("Who");
    case Column::Shown: return tr("What they saw");
    case Column::Source: return tr("Source");
    case Column::Mine: return tr("In my language");
    case Column::State: return tr("State");
    }
    Q_UNREACHABLE();
}

QVariant MessagesModel::data(const QModelIndex &index, int role) const
{
    const api::MessageRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant MessagesModel::cell(const api::MessageRow &message, Column column, int role) const
{
    switch (column) {
    case Column::Time: {
        const MomentWords words = formatMoment(message.at, m_display.now(), m_display.zone());
        if (role == PrefixRole)
            return words.date.isEmpty() ? QVariant() : words.date;
        return plain(words.time, role);
    }
    case Column::Who:
        if (role == IconRole)
            return message.isFromCustomer ? QStringLiteral("message") : QStringLiteral("robot");
        if (role == IconToneRole)
            return tone(message.isFromCustomer ? Token::Info : Token::Muted);
        return plain(message.isFromCustomer ? tr("They") : tr("We"), role,
                     message.isFromCustomer ? Token::Text : Token::Muted);
    case Column::Shown: return plain(oneLine(message.shown), role);
    case Column::Source: return plain(message.key, role, Token::Muted);
    case Column::Mine: return plain(oneLine(message.mine), role, Token::Muted);
    case Column::State:
        return plain(message.isEdit ? tr("%1, edit").arg(message.state) : message.state, role,
                     message.state == QLatin1String("failed") ? Token::Bad : Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> MessagesModel::exportColumns() const
{
    return {{.title = tr("Time, UTC")}, {.title = tr("From")}, {.title = tr("What they saw")},
            {.title = tr("Source")},    {.title = tr("Mine")}, {.title = tr("State")}};
}

QList<QStringList> MessagesModel::exportLines(const api::MessageRow &row) const
{
    return {{core::toIso(row.at), row.isFromCustomer ? tr("customer") : tr("bot"), row.shown,
             row.key, row.mine, row.state}};
}

QFuture<Result<api::Page<api::MessageRow>>> MessagesModel::list(const api::PageQuery &query)
{
    return m_customers.listMessages(query, m_language);
}

std::optional<QFuture<MessagesModel::Rows>> MessagesModel::read(const QList<qint64> &)
{
    return std::nullopt;
}

} // namespace ui
