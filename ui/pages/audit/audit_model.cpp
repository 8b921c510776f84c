#include "ui/pages/audit/audit_model.h"

#include "ui/support/cells.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

namespace ui {

namespace {

struct AuditTexts {
    Q_DECLARE_TR_FUNCTIONS(Audit)
};

QVariant written(const QString &words, int role, Token token = Token::Text)
{
    if (role == Qt::DisplayRole)
        return words.isEmpty() ? QString(kDash) : words;
    if (role == ToneRole)
        return static_cast<int>(words.isEmpty() ? Token::Muted : token);
    return role == Qt::ToolTipRole && !words.isEmpty() ? QVariant(words) : QVariant();
}

} // namespace

AuditOutcomeWords wordsOf(api::AuditOutcome outcome)
{
    const auto make = [](const char *code, const QString &word, const char *icon, Token tone) {
        return AuditOutcomeWords{QLatin1String(code), word, QLatin1String(icon), tone};
    };
    switch (outcome) {
    case api::AuditOutcome::Done:
        return make("done", AuditTexts::tr("Done"), "circle-check", Token::Good);
    case api::AuditOutcome::Denied:
        return make("denied", AuditTexts::tr("Denied"), "ban", Token::Warn);
    case api::AuditOutcome::Failed:
        return make("failed", AuditTexts::tr("Failed"), "octagon-x", Token::Bad);
    case api::AuditOutcome::Expired:
        return make("expired", AuditTexts::tr("Too late"), "timer", Token::Muted);
    }
    Q_UNREACHABLE();
}

AuditModel::AuditModel(api::Audit &audit, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_audit(audit)
    , m_display(display)
{
}

QList<ColumnSpec> AuditModel::columns()
{
    return {
        {.name = QStringLiteral("at"), .kind = CellKind::Text, .width = 150, .isSorted = true},
        {.name = QStringLiteral("who"), .kind = CellKind::Text, .width = 128},
        {.name = QStringLiteral("role"), .kind = CellKind::Text, .width = 120, .foldOrder = 2},
        {.name = QStringLiteral("action"), .kind = CellKind::Text, .width = 164},
        {.name = QStringLiteral("object"), .kind = CellKind::Text, .width = 132},
        {.name = QStringLiteral("result"), .kind = CellKind::State, .width = 100},
        {.name = QStringLiteral("reason"), .kind = CellKind::Text, .width = 160, .stretches = true},
        {.name = QStringLiteral("origin"), .kind = CellKind::Text, .width = 104, .foldOrder = 3},
        {.name = QStringLiteral("sealed"), .kind = CellKind::State, .width = 96, .foldOrder = 1},
    };
}

QList<FilterField> AuditModel::filterFields(api::Audit &audit)
{
    using Kind = FilterField::Kind;
    QList<FilterWord> results;
    for (const auto outcome : {api::AuditOutcome::Done, api::AuditOutcome::Denied,
                               api::AuditOutcome::Failed, api::AuditOutcome::Expired}) {
        const QString code = wordsOf(outcome).code;
        results.append({code, code});
    }
    return {
        {.name = QStringLiteral("who"),
         .suggest =
             [&audit](const QString &typed) {
                 return audit.suggest(QStringLiteral("who"), typed);
             }},
        {.name = QStringLiteral("action")},
        {.name = QStringLiteral("object")},
        {.name = QStringLiteral("result"), .kind = Kind::Word, .words = results},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
        {.name = QStringLiteral("id"), .kind = Kind::Id},
    };
}

int AuditModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::At: return tr("Time, %1").arg(m_display.zoneWord());
    case Column::Who: return tr("Who");
    case Column::Role: return tr("Roles then");
    case Column::Action: return tr("Action");
    case Column::Object: return tr("Object");
    case Column::Outcome: return tr("Result");
    case Column::Reason: return tr("Reason");
    case Column::Origin: return tr("From");
    case Column::Sealed: return tr("Sealed");
    }
    Q_UNREACHABLE();
}

QVariant AuditModel::data(const QModelIndex &index, int role) const
{
    const api::AuditRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant AuditModel::cell(const api::AuditRow &row, Column column, int role) const
{
    switch (column) {
    case Column::At: return written(formatFullMoment(row.at, m_display.zone()), role);
    case Column::Who: return written(row.operatorName, role);
    case Column::Role:
        return written(namesOfRoles(row.roles).join(QStringLiteral(", ")), role, Token::Muted);
    case Column::Action: return written(row.action, role);
    case Column::Object: return written(row.object, role);
    case Column::Outcome: {
        const AuditOutcomeWords words = wordsOf(row.outcome);
        if (role == IconRole)
            return words.iconName;
        if (role == IconToneRole)
            return static_cast<int>(words.tone);
        return written(words.word, role);
    }
    case Column::Reason: return written(row.reason, role, Token::Muted);
    case Column::Origin: return written(row.origin, role, Token::Muted);
    case Column::Sealed:
        if (role == IconRole)
            return row.isSealed ? QStringLiteral("lock") : QStringLiteral("hourglass");
        if (role == IconToneRole)
            return static_cast<int>(row.isSealed ? Token::Good : Token::Muted);
        return written(row.isSealed ? tr("Yes") : tr("Not yet"), role, Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<ExportColumn> AuditModel::exportColumns() const
{
    return {{.title = tr("Row"), .isNumber = true},
            {.title = tr("Time, UTC")},
            {.title = tr("Who")},
            {.title = tr("Roles then")},
            {.title = tr("Action")},
            {.title = tr("Object")},
            {.title = tr("Result")},
            {.title = tr("Reason")},
            {.title = tr("From")},
            {.title = tr("Inbox row"), .isNumber = true},
            {.title = tr("Sealed")}};
}

QList<QStringList> AuditModel::exportLines(const api::AuditRow &row) const
{
    return {{QString::number(row.id), core::toIso(row.at), row.operatorName,
             namesOfRoles(row.roles).join(u' '), row.action, row.object, wordsOf(row.outcome).code,
             row.reason, row.origin, QString::number(row.cause.value),
             row.isSealed ? QStringLiteral("yes") : QStringLiteral("no")}};
}

QFuture<Result<api::Page<api::AuditRow>>> AuditModel::list(const api::PageQuery &query)
{
    return m_audit.listAudit(query);
}

} // namespace ui
