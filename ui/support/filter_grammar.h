#pragma once

#include "api/page.h"
#include "core/result.h"

#include <QFuture>
#include <QList>
#include <QString>

#include <functional>

namespace ui {

/// One value a field knows by a word: "waiting" stands for awaiting_payment.
struct FilterWord {
    QString word;
    QString value;
};

/// What may stand before the colon, and what may stand behind it.
struct FilterField {
    enum class Kind {
        Text,
        Number, // also with > and <
        Id,     // a whole number, perhaps behind a prefix such as D-
        Age,    // 30m, 2h, 7d
        Word,   // one of `words`
    };
    QString name;
    Kind kind = Kind::Text;
    QList<FilterWord> words = {}; // of other kinds than Word: only how a chip writes a value
    QString prefix = {};
    /// Values that begin with what is typed, from the backend; empty: it knows none.
    std::function<QFuture<Result<QStringList>>(const QString &typed)> suggest = {};
};

struct FilterReading {
    enum class Validity {
        Valid,
        Incomplete,
        Wrong,
    };
    QList<api::FilterTerm> terms; // of a Valid reading only
    Validity validity = Validity::Valid;
    QString explanation; // for people; empty when valid
};

/// Reads `field:value`, `-field:value`, `amount>5`, `"exact words"` and plain words, all separated
/// by blanks. All terms must hold. Pure: the same text and fields always read the same.
[[nodiscard]] FilterReading readFilter(const QString &text, const QList<FilterField> &fields);
/// A value as it would be typed: in quotes where it has to be.
[[nodiscard]] QString quotedValue(const QString &value);
/// The term as it would be typed.
[[nodiscard]] QString writeTerm(const api::FilterTerm &term, const QList<FilterField> &fields);

} // namespace ui
