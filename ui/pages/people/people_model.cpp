#include "ui/pages/people/people_model.h"

#include "ui/support/cells.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QFont>

namespace ui {

namespace {

QVariant said(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words;
    return role == ToneRole ? QVariant(static_cast<int>(token)) : QVariant();
}

/// Icon and word; the icon alone has the tone.
QVariant stateCell(const QString &iconName, const QString &word, Token tone, int role)
{
    if (role == IconRole)
        return iconName;
    if (role == IconToneRole)
        return static_cast<int>(tone);
    return said(word, role, tone == Token::Muted ? Token::Muted : Token::Text);
}

} // namespace

PeopleModel::PeopleModel(api::People &people, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_people(people)
    , m_display(display)
{
}

QList<ColumnSpec> PeopleModel::columns()
{
    return {
        {.name = QStringLiteral("name"), .kind = CellKind::Text, .width = 180},
        {.name = QStringLiteral("roles"), .kind = CellKind::Text, .width = 220, .stretches = true},
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 116},
        {.name = QStringLiteral("factor"), .kind = CellKind::State, .width = 140},
        {.name = QStringLiteral("sessions"),
         .kind = CellKind::Money,
         .width = 88,
         .isRight = true,
         .foldOrder = 2},
        {.name = QStringLiteral("seen"), .kind = CellKind::Text, .width = 132, .foldOrder = 1},
        {.name = QStringLiteral("since"),
         .kind = CellKind::Text,
         .width = 116,
         .foldOrder = 3,
         .isSorted = true},
    };
}

QList<FilterField> PeopleModel::filterFields()
{
    using Kind = FilterField::Kind;
    const auto same = [](const char *word) {
        return FilterWord{QString::fromLatin1(word), QString::fromLatin1(word)};
    };
    return {
        {.name = QStringLiteral("name")},
        {.name = QStringLiteral("role"),
         .kind = Kind::Word,
         .words = {same("viewer"), same("support"), same("senior"), same("finance"),
                   same("admin")}},
        {.name = QStringLiteral("active"), .kind = Kind::Word, .words = {same("yes"), same("no")}},
    };
}

int PeopleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant PeopleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Name: return tr("Name");
    case Column::Roles: return tr("Roles");
    case Column::State: return tr("State");
    case Column::SecondFactor: return tr("Second factor");
    case Column::Sessions: return tr("Sessions");
    case Column::LastSeen: return tr("Last seen");
    case Column::Since: return tr("Since");
    }
    Q_UNREACHABLE();
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    const api::PersonRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant PeopleModel::cell(const api::PersonRow &row, Column column, int role) const
{
    switch (column) {
    case Column::Name:
        if (role == WeightRole)
            return QFont::Medium;
        return said(row.name, role, row.isActive ? Token::Text : Token::Muted);
    case Column::Roles:
        return said(namesOfRoles(row.roles).join(QStringLiteral(", ")), role,
                    row.isActive ? Token::Text : Token::Muted);
    case Column::State:
        return row.isActive
                   ? stateCell(QStringLiteral("circle-check"), tr("Active"), Token::Good, role)
                   : stateCell(QStringLiteral("ban"), tr("Not active"), Token::Muted, role);
    case Column::SecondFactor:
        return row.hasSecondFactor
                   ? stateCell(QStringLiteral("shield-check"), tr("Yes"), Token::Good, role)
                   : stateCell(QStringLiteral("shield"), tr("No"),
                               row.isActive ? Token::Warn : Token::Muted, role);
    case Column::Sessions:
        return said(formatCount(row.openSessions), role,
                    row.openSessions == 0 ? Token::Muted : Token::Text);
    case Column::LastSeen: {
        if (!row.lastSeenAt)
            return said(tr("Never"), role, Token::Muted);
        if (role == Qt::ToolTipRole)
            return formatFullMoment(*row.lastSeenAt, QTimeZone::utc()) + QStringLiteral(" UTC");
        const MomentWords words = formatMoment(*row.lastSeenAt, m_display.now(), m_display.zone());
        return said(words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5),
                    role, Token::Muted);
    }
    case Column::Since:
        return said(formatFullMoment(row.createdAt, m_display.zone()).left(10), role, Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> PeopleModel::exportColumns() const
{
    return {{.title = tr("Name")},
            {.title = tr("Roles")},
            {.title = tr("Active")},
            {.title = tr("Second factor")},
            {.title = tr("Open sessions"), .isNumber = true},
            {.title = tr("Last seen, UTC")},
            {.title = tr("Since, UTC")}};
}

QList<QStringList> PeopleModel::exportLines(const api::PersonRow &row) const
{
    return {{row.name, namesOfRoles(row.roles).join(u' '),
             row.isActive ? QStringLiteral("yes") : QStringLiteral("no"),
             row.hasSecondFactor ? QStringLiteral("yes") : QStringLiteral("no"),
             QString::number(row.openSessions),
             row.lastSeenAt ? core::toIso(*row.lastSeenAt) : QString(),
             core::toIso(row.createdAt)}};
}

QFuture<Result<api::Page<api::PersonRow>>> PeopleModel::list(const api::PageQuery &query)
{
    return m_people.listPeople(query);
}

std::optional<QFuture<PeopleModel::Rows>> PeopleModel::read(const QList<qint64> &ids)
{
    QList<api::OperatorId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::OperatorId{id});
    return m_people.loadPeople(wanted);
}

} // namespace ui
