#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/json.h"
#include "core/money.h"

namespace customers {

/// A customer of another bot, as its export tells them.
struct ImportRow {
    qint64 line = 0;
    CustomerId id; // the Telegram id
    QString name;
    QString language;  // tag of the catalogue
    Money balance;     // zero or positive
    QString plan = {}; // "prime"; empty: none
    std::optional<Timestamp> planEnds = {};
};

struct BadImportRow {
    qint64 line = 0;
    QString why; // a sentence for whoever made the file
};

struct ImportSheet {
    std::vector<ImportRow> rows;
    std::vector<BadImportRow> bad;
    Money total; // of the good rows
    qint64 plans = 0;
};

/// Reads a CSV export with the columns telegram_id and balance, and name, language, plan, plan_ends
/// (a day, which counts whole, or a time with its zone) where it has them; others are passed over.
/// A plan that ended before `now` is none. An empty or unknown language is the nearest of
/// `languages`. Errors: BadInput when the file as a whole cannot be read.
[[nodiscard]] Result<ImportSheet> readImport(const QString &csv, const QStringList &languages,
                                             Timestamp now);

[[nodiscard]] Json toJson(const ImportRow &row);
/// BadInput: not what toJson makes of a good row.
[[nodiscard]] Result<ImportRow> importRowFrom(const Json &json);

} // namespace customers
