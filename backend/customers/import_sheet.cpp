#include "customers/import_sheet.h"

#include "core/csv_reader.h"

#include <QDate>
#include <QHash>

namespace customers {

namespace {

constexpr qint64 kTelegramIdMax = (qint64(1) << 52) - 1; // Telegram: at most 52 significant bits
constexpr qsizetype kImportRowsMax = 1'000'000;
constexpr qsizetype kImportNameMax = 100;
constexpr qint64 kBalanceMaxCents = 100'000'000; // a million USD: more is a slip of the export

const QString kId = QStringLiteral("telegram_id");
const QString kBalance = QStringLiteral("balance");
const QStringList kPlans = {QStringLiteral("prime"), QStringLiteral("elite"),
                            QStringLiteral("ultra")};
constexpr std::chrono::days kPlanLengthMax{366};
constexpr qsizetype kDayCharacters = 10; // 2026-12-31

Error bad(const QString &why)
{
    return {.code = ErrorCode::BadInput, .detail = why};
}

/// The cells of one record by the names of the heading.
class Cells {
public:
    Cells(const QHash<QString, qsizetype> &columns, const QStringList &cells)
        : m_columns(columns)
        , m_cells(cells)
    {
    }
    [[nodiscard]] QString operator[](const QString &column) const
    {
        const auto found = m_columns.constFind(column);
        return found == m_columns.cend() ? QString() : m_cells.value(*found).trimmed();
    }

private:
    const QHash<QString, qsizetype> &m_columns;
    const QStringList &m_cells;
};

Result<QHash<QString, qsizetype>> columnsOf(const core::CsvRecord &heading)
{
    QHash<QString, qsizetype> columns;
    for (qsizetype i = 0; i < heading.cells.size(); ++i) {
        const QString name = heading.cells[i].trimmed().toLower();
        if (columns.contains(name) && !name.isEmpty())
            return failure(bad(QStringLiteral("the heading has the column %1 twice").arg(name)));
        columns.insert(name, i);
    }
    for (const QString &needed : {kId, kBalance}) {
        if (!columns.contains(needed))
            return failure(bad(QStringLiteral("the heading has no column %1; its columns are "
                                              "telegram_id, balance, and name, language, plan, "
                                              "plan_ends where there are such")
                                   .arg(needed)));
    }
    return columns;
}

QString nearestOf(const QStringList &languages, const QString &wanted)
{
    const QString tag = wanted.toLower();
    if (languages.contains(tag))
        return tag;
    const QString base = tag.section(u'-', 0, 0).section(u'_', 0, 0);
    return languages.contains(base) ? base : QStringLiteral("en");
}

bool hasControls(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

Result<CustomerId> idOf(const QString &cell)
{
    bool isNumber = false;
    const qint64 id = cell.toLongLong(&isNumber);
    if (!isNumber || id <= 0 || id > kTelegramIdMax)
        return failure(bad(QStringLiteral("telegram_id is not the id of a person")));
    return CustomerId{id};
}

Result<Money> balanceOf(const QString &cell)
{
    const auto balance = Money::parse(cell);
    if (!balance)
        return failure(bad(QStringLiteral("balance is not an amount such as 12.50")));
    if (balance->isNegative())
        return failure(bad(QStringLiteral("balance is below zero: a debt is not taken over")));
    if (*balance > Money::fromCents(kBalanceMaxCents))
        return failure(bad(QStringLiteral("balance is over 1,000,000 USD")));
    return *balance;
}

/// The last moment of a day that is given alone: what was paid for is not cut short.
Result<Timestamp> endOf(const QString &cell)
{
    const QDate day = QDate::fromString(cell, Qt::ISODate);
    if (day.isValid() && cell.size() == kDayCharacters) // Qt takes the day of a time as well
        return core::fromIso(day.addDays(1).toString(Qt::ISODate) + QStringLiteral("T00:00:00Z"));
    return core::fromIso(cell);
}

/// Into `row`, unless it is over by now.
Result<void> readPlan(const Cells &cells, Timestamp now, ImportRow &row)
{
    const QString plan = cells[QStringLiteral("plan")].toLower();
    if (plan.isEmpty() || plan == QLatin1String("free"))
        return {};
    if (!kPlans.contains(plan))
        return failure(bad(QStringLiteral("there is no plan %1; plans are free, %2")
                               .arg(plan.left(20), kPlans.join(QStringLiteral(", ")))));
    const auto ends = endOf(cells[QStringLiteral("plan_ends")]);
    if (!ends)
        return failure(bad(QStringLiteral("plan_ends is no day such as 2026-12-31, nor a time such "
                                          "as 2026-12-31T18:00:00Z")));
    if (*ends > now + kPlanLengthMax)
        return failure(bad(QStringLiteral("plan_ends is more than a year away")));
    if (*ends > now) {
        row.plan = plan;
        row.planEnds = *ends;
    }
    return {};
}

Result<ImportRow> rowOf(const Cells &cells, const QStringList &languages, Timestamp now)
{
    const auto id = idOf(cells[kId]);
    if (!id)
        return failure(id.error());
    const auto balance = balanceOf(cells[kBalance]);
    if (!balance)
        return failure(balance.error());
    const QString name = cells[QStringLiteral("name")];
    if (name.size() > kImportNameMax || hasControls(name))
        return failure(bad(QStringLiteral("name is longer than 100 characters or has control "
                                          "characters")));
    ImportRow row = {.id = *id,
                     .name = name,
                     .language = nearestOf(languages, cells[QStringLiteral("language")]),
                     .balance = *balance};
    if (auto plan = readPlan(cells, now, row); !plan)
        return failure(plan.error());
    return row;
}

} // namespace

Result<ImportSheet> readImport(const QString &csv, const QStringList &languages, Timestamp now)
{
    const auto records = core::readCsv(csv);
    if (!records)
        return failure(records.error());
    if (records->empty())
        return failure(bad(QStringLiteral("the file is empty")));
    if (qsizetype(records->size()) > kImportRowsMax)
        return failure(bad(QStringLiteral("more than 1,000,000 rows; split the file")));
    const auto columns = columnsOf(records->front());
    if (!columns)
        return failure(columns.error());

    ImportSheet sheet;
    QHash<CustomerId, qint64> lines;
    for (auto record = records->begin() + 1; record != records->end(); ++record) {
        auto row = rowOf(Cells(*columns, record->cells), languages, now);
        if (row && lines.contains(row->id))
            row = failure(
                bad(QStringLiteral("the same customer as in line %1").arg(lines.value(row->id))));
        if (!row) {
            sheet.bad.push_back({record->line, row.error().detail});
            continue;
        }
        row->line = record->line;
        lines.insert(row->id, record->line);
        sheet.total += row->balance;
        sheet.plans += row->plan.isEmpty() ? 0 : 1;
        sheet.rows.push_back(*std::move(row));
    }
    return sheet;
}

Json toJson(const ImportRow &row)
{
    Json json = {{"line", row.line},
                 {"id", row.id.value},
                 {"name", row.name},
                 {"language", row.language},
                 {"balance", row.balance.micros()}};
    if (row.planEnds) {
        json["plan"] = row.plan;
        json["plan_ends"] = row.planEnds->time_since_epoch().count();
    }
    return json;
}

Result<ImportRow> importRowFrom(const Json &json)
{
    ImportRow row = {.line = core::integerMember(json, "line").value_or(0),
                     .id = CustomerId{core::integerMember(json, "id").value_or(0)},
                     .name = core::textMember(json, "name").value_or(QString()),
                     .language = core::textMember(json, "language").value_or(QString()),
                     .balance =
                         Money::fromMicros(core::integerMember(json, "balance").value_or(-1))};
    if (const auto ends = core::integerMember(json, "plan_ends")) {
        row.plan = core::textMember(json, "plan").value_or(QString());
        row.planEnds = Timestamp(std::chrono::microseconds(*ends));
    }
    const bool isGood = row.id.value > 0 && row.id.value <= kTelegramIdMax &&
                        row.name.size() <= kImportNameMax && !hasControls(row.name) &&
                        !row.language.isEmpty() && !row.balance.isNegative() &&
                        row.balance <= Money::fromCents(kBalanceMaxCents) &&
                        (row.plan.isEmpty() || (kPlans.contains(row.plan) && row.planEnds));
    if (!isGood)
        return failure(bad(QStringLiteral("line %1 is no row of an import").arg(row.line)));
    return row;
}

} // namespace customers
