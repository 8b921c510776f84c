#include "ui/support/filter_grammar.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Filter)
};

using Comparison = api::FilterTerm::Comparison;
using Validity = FilterReading::Validity;

/// A piece of text between blanks, with its quotes taken away.
struct Piece {
    QString field;
    QChar sign; // ':', '>' or '<'; null: plain words
    bool isNegated = false;
    QString value;
    bool isClosed = true; // false: the quote never ended
};

FilterReading wrong(const QString &explanation)
{
    return {.terms = {}, .validity = Validity::Wrong, .explanation = explanation};
}

FilterReading incomplete(const QString &explanation)
{
    return {.terms = {}, .validity = Validity::Incomplete, .explanation = explanation};
}

/// Takes one piece off the front of `rest`.
Piece takePiece(QStringView &rest)
{
    Piece piece;
    bool isQuoted = false;
    bool wasQuoted = false;
    qsizetype i = 0;
    for (; i < rest.size() && (isQuoted || !rest[i].isSpace()); ++i) {
        const QChar c = rest[i];
        if (c == u'"') {
            isQuoted = !isQuoted;
            wasQuoted = true;
        } else if (!isQuoted && !wasQuoted && piece.sign.isNull() && !piece.value.isEmpty() &&
                   (c == u':' || c == u'>' || c == u'<')) {
            piece.field = piece.value;
            piece.sign = c;
            piece.value.clear();
        } else {
            piece.value += c;
        }
    }
    piece.isClosed = !isQuoted;
    if (!piece.sign.isNull() && piece.field.startsWith(u'-')) {
        piece.isNegated = true;
        piece.field.remove(0, 1);
    }
    rest = rest.mid(i).trimmed();
    return piece;
}

QString namesOf(const QList<FilterField> &fields)
{
    QStringList names;
    for (const FilterField &field : fields)
        names << field.name;
    return names.join(QLatin1String(", "));
}

QString wordsOf(const FilterField &field)
{
    QStringList words;
    for (const FilterWord &word : field.words)
        words << word.word;
    return words.join(QLatin1String(", "));
}

bool isNumber(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("^\\d{1,12}(\\.\\d{1,18})?$"));
    return number.match(text).hasMatch();
}

bool isAge(const QString &text)
{
    static const QRegularExpression age(QStringLiteral("^\\d{1,5}[mhd]$"));
    return age.match(text).hasMatch();
}

QString withoutPrefix(const QString &value, const FilterField &field)
{
    const bool hasPrefix =
        !field.prefix.isEmpty() && value.startsWith(field.prefix, Qt::CaseInsensitive);
    return hasPrefix ? value.mid(field.prefix.size()) : value;
}

FilterReading readWord(const Piece &piece, const FilterField &field, api::FilterTerm term)
{
    bool isBeginning = false;
    for (const FilterWord &word : field.words) {
        if (word.word.compare(piece.value, Qt::CaseInsensitive) == 0 || word.value == piece.value) {
            term.value = word.value;
            return {.terms = {term}, .validity = Validity::Valid, .explanation = {}};
        }
        isBeginning = isBeginning || word.word.startsWith(piece.value, Qt::CaseInsensitive);
    }
    //: %1 is the name of a filter field, %2 a list of words.
    const QString offer = Words::tr("%1 is one of: %2").arg(field.name, wordsOf(field));
    return isBeginning ? incomplete(offer) : wrong(offer);
}

FilterReading readValue(const Piece &piece, const FilterField &field, api::FilterTerm term)
{
    using Kind = FilterField::Kind;
    term.value = piece.value;
    switch (field.kind) {
    case Kind::Word: return readWord(piece, field, term);
    case Kind::Number:
        if (!isNumber(piece.value))
            return wrong(Words::tr("%1 needs a number, such as %1>5 or %1:12.50").arg(field.name));
        break;
    case Kind::Id:
        term.value = withoutPrefix(piece.value, field);
        if (!isNumber(term.value) || term.value.contains(u'.'))
            return wrong(Words::tr("%1 needs a whole number").arg(field.name));
        break;
    case Kind::Age:
        if (isNumber(piece.value))
            return incomplete(Words::tr("%1 needs a unit: 30m, 2h or 7d").arg(field.name));
        if (!isAge(piece.value))
            return wrong(Words::tr("%1 needs a time such as 30m, 2h or 7d").arg(field.name));
        break;
    case Kind::Text: break;
    }
    return {.terms = {term}, .validity = Validity::Valid, .explanation = {}};
}

FilterReading readPiece(const Piece &piece, const QList<FilterField> &fields)
{
    if (!piece.isClosed)
        return incomplete(Words::tr("The quote is not closed yet"));
    if (piece.sign.isNull()) {
        if (piece.value.isEmpty())
            return incomplete(Words::tr("There is nothing between the quotes yet"));
        return {.terms = {{.field = {}, .comparison = Comparison::Is, .value = piece.value}},
                .explanation = {}};
    }
    const auto field = std::find_if(fields.cbegin(), fields.cend(), [&](const FilterField &known) {
        return known.name.compare(piece.field, Qt::CaseInsensitive) == 0;
    });
    if (field == fields.cend())
        return wrong(
            Words::tr("There is no field %1. There are: %2").arg(piece.field, namesOf(fields)));
    const bool isRange = piece.sign != u':';
    if (isRange && field->kind != FilterField::Kind::Number)
        return wrong(Words::tr("%1 cannot be compared with %2; write %1:value")
                         .arg(field->name, piece.sign));
    if (piece.value.isEmpty())
        return incomplete(field->kind == FilterField::Kind::Word
                              ? Words::tr("%1 is one of: %2").arg(field->name, wordsOf(*field))
                              : Words::tr("%1 needs a value").arg(field->name));
    if (isRange && piece.isNegated)
        return wrong(
            Words::tr("Turn the sign round instead of writing a minus before %1").arg(field->name));
    api::FilterTerm term{.field = field->name, .comparison = Comparison::Is, .value = {}};
    if (isRange)
        term.comparison = piece.sign == u'>' ? Comparison::Above : Comparison::Below;
    else if (piece.isNegated)
        term.comparison = Comparison::IsNot;
    return readValue(piece, *field, term);
}

} // namespace

FilterReading readFilter(const QString &text, const QList<FilterField> &fields)
{
    FilterReading all;
    QStringView rest = QStringView(text).trimmed();
    while (!rest.isEmpty()) {
        const FilterReading one = readPiece(takePiece(rest), fields);
        if (one.validity != Validity::Valid)
            return one;
        all.terms += one.terms;
    }
    return all;
}

QString quotedValue(const QString &value)
{
    static const QRegularExpression special(QStringLiteral("[\\s:<>]"));
    return value.contains(special) ? u'"' + value + u'"' : value;
}

QString writeTerm(const api::FilterTerm &term, const QList<FilterField> &fields)
{
    QString value = term.value;
    for (const FilterField &field : fields) {
        for (const FilterWord &word : field.words) {
            if (field.name == term.field && word.value == term.value)
                value = word.word;
        }
    }
    value = quotedValue(value);
    switch (term.comparison) {
    case Comparison::Is: return term.field.isEmpty() ? value : term.field + u':' + value;
    case Comparison::IsNot: return u'-' + term.field + u':' + value;
    case Comparison::Above: return term.field + u'>' + value;
    case Comparison::Below: return term.field + u'<' + value;
    }
    Q_UNREACHABLE();
}

} // namespace ui
