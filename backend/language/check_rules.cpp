#include "language/check_rules.h"

#include "language/languages.h"
#include "language/markup.h"
#include "language/script.h"
#include "language/slots.h"

#include <QHash>
#include <QRegularExpression>

namespace language {

namespace {

constexpr int kWrongScriptPercentMax = 60;

/// Collects what the rules find about one text.
class Findings {
public:
    explicit Findings(const MessagePair &pair)
        : m_pair(pair)
    {
    }
    void error(const char *check, const QString &words) { add(check, Severity::Error, words); }
    void warning(const char *check, const QString &words) { add(check, Severity::Warning, words); }
    std::vector<Finding> take() { return std::move(m_findings); }

private:
    void add(const char *check, Severity severity, const QString &words)
    {
        m_findings.push_back(
            {QLatin1String(check), severity, m_pair.language, m_pair.source.key, words});
    }
    const MessagePair &m_pair;
    std::vector<Finding> m_findings;
};

using Rule = void (*)(const MessagePair &, Findings &);

/// A rule about one form: of a plural, the English form for many is what the others are held to.
using FormRule = void (*)(const QString &source, const QString &form, Findings &);

bool isSource(const MessagePair &pair)
{
    return pair.language == sourceLanguage();
}

const QString &sourceText(const MessagePair &pair)
{
    return pair.source.forms.last();
}

QStringList allMatches(const QString &text, const QRegularExpression &pattern)
{
    QStringList matches;
    QRegularExpressionMatchIterator found = pattern.globalMatch(text);
    while (found.hasNext())
        matches << found.next().captured();
    matches.sort();
    return matches;
}

void compareMatches(const char *check, const QStringList &wanted, const QStringList &seen,
                    Findings &findings)
{
    if (wanted == seen)
        return;
    findings.error(check,
                   QStringLiteral("has [%1], English has [%2]")
                       .arg(seen.join(QStringLiteral(" ")), wanted.join(QStringLiteral(" "))));
}

/// {name}, %1 or %L1; %n is a matter of the plural forms.
const QRegularExpression &anyPlaceholder()
{
    static const QRegularExpression pattern(QStringLiteral("\\{[^{}]*\\}|%L?[0-9]"));
    return pattern;
}

const QRegularExpression &link()
{
    static const QRegularExpression pattern(
        QStringLiteral("https?://\\S+|\\bt\\.me/\\S+|@[A-Za-z0-9_]{5,}"));
    return pattern;
}

const QRegularExpression &command()
{
    static const QRegularExpression pattern(QStringLiteral("(?<![\\w/])/[a-z][a-z0-9_]*"));
    return pattern;
}

const QRegularExpression &currencyOrCoin()
{
    static const QRegularExpression pattern(QStringLiteral(
        "\\b(USD|EUR|USDT|USDC|BTC|ETH|LTC|BCH|TRX|BNB|SOL|XRP|DOGE|ADA|POL|TON)\\b|[$€£]"));
    return pattern;
}

QStringList amountsOf(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("[0-9]+(?:[.,\\x{a0}\\x{202f}][0-9]+)*"));
    QString plain = withoutMarkup(text);
    plain.remove(anyPlaceholder()).remove(link());
    QStringList amounts = allMatches(plain, currencyOrCoin());
    for (QString figure : allMatches(plain, number))
        amounts << figure.remove(QRegularExpression(QStringLiteral("[^0-9]")));
    amounts.sort();
    return amounts;
}

/// What is left for people to read: no tags, placeholders, links and commands.
QString proseOf(const QString &text)
{
    QString prose = withoutMarkup(text);
    return prose.remove(anyPlaceholder())
        .remove(QStringLiteral("%n"))
        .remove(link())
        .remove(command());
}

void finished(const MessagePair &pair, Findings &findings)
{
    if (!pair.target.isFinished)
        findings.error("T02", QStringLiteral("is not finished"));
}

void placeholders(const QString &source, const QString &form, Findings &findings)
{
    compareMatches("T03", allMatches(source, anyPlaceholder()), allMatches(form, anyPlaceholder()),
                   findings);
}

void countPlaceholder(const MessagePair &pair, Findings &findings)
{
    if (pair.target.isPlural != pair.source.isPlural) {
        findings.error("T04", QStringLiteral("is a plural in one language only"));
        return;
    }
    if (!pair.target.isPlural && pair.target.forms.first().contains(QStringLiteral("%n")))
        findings.error("T03", QStringLiteral("has %n but is no plural"));
}

/// For each plural form of a language, in Qt's order, whether it stands for one number only.
QList<bool> pluralForms(const QString &language)
{
    static const QHash<QString, QList<bool>> known{
        {QStringLiteral("en"), {true, false}},
        {QStringLiteral("hi"), {true, false}},
        {QStringLiteral("es"), {true, false}},
        {QStringLiteral("fr"), {false, false}}, // the first is for 0 and 1
        {QStringLiteral("pt"), {false, false}},
        {QStringLiteral("zh"), {false}},
        {QStringLiteral("ru"), {false, false, false}}, // the first is for 1, 21, 31, ...
        {QStringLiteral("ar"), {true, true, true, false, false, false}},
    };
    return known.value(baseLanguage(language));
}

void plurals(const MessagePair &pair, Findings &findings)
{
    if (!pair.target.isPlural)
        return;
    const QStringList &forms = pair.target.forms;
    const QList<bool> wanted = pluralForms(pair.language);
    if (forms.size() != wanted.size()) {
        findings.error("T04", QStringLiteral("has %1 plural forms instead of %2")
                                  .arg(forms.size())
                                  .arg(wanted.size()));
        return;
    }
    for (qsizetype i = 0; i < forms.size(); ++i) {
        if (!wanted[i] && !forms[i].contains(QStringLiteral("%n")))
            findings.error(
                "T05", QStringLiteral("form %1 is for several numbers and lacks %n").arg(i + 1));
    }
}

void equalForms(const MessagePair &pair, Findings &findings)
{
    // In Hindi "minute", "day" and many other units are the same for one and for many.
    static const QStringList allowed{QStringLiteral("hi/message.stale"),
                                     QStringLiteral("hi/plan.offer"),
                                     QStringLiteral("hi/topup.address")};
    const QStringList &forms = pair.target.forms;
    if (forms.size() > 1 && forms.count(forms.first()) == forms.size() &&
        !allowed.contains(pair.language + u'/' + pair.source.key))
        findings.warning("T06", QStringLiteral("all plural forms are equal"));
}

void length(const MessagePair &pair, Findings &findings)
{
    const Slot slot = slotOf(pair.source.key);
    for (const QString &form : pair.target.forms) {
        const int shown = shownLength(form);
        if (shown > slot.lengthMax)
            findings.error(
                "T07", QStringLiteral("has %1 characters, %2 fit").arg(shown).arg(slot.lengthMax));
    }
}

void markup(const MessagePair &pair, Findings &findings)
{
    const bool isHtml = slotOf(pair.source.key).isHtml;
    for (const QString &form : pair.target.forms) {
        if (const auto problem = isHtml ? markupProblem(form) : std::nullopt)
            findings.error("T08", *problem);
        if (!isHtml && withoutMarkup(form) != form)
            findings.error("T08", QStringLiteral("has markup where Telegram reads none"));
    }
}

void tags(const QString &source, const QString &form, Findings &findings)
{
    QStringList wanted = tagsOf(source);
    QStringList seen = tagsOf(form);
    wanted.sort();
    seen.sort();
    compareMatches("T09", wanted, seen, findings);
}

void links(const QString &source, const QString &form, Findings &findings)
{
    compareMatches("T10", allMatches(source, link()), allMatches(form, link()), findings);
}

void commands(const QString &source, const QString &form, Findings &findings)
{
    const auto commandsOf = [](const QString &text) {
        return allMatches(withoutMarkup(text).remove(link()), command());
    };
    compareMatches("T11", commandsOf(source), commandsOf(form), findings);
}

void amounts(const QString &source, const QString &form, Findings &findings)
{
    compareMatches("T12", amountsOf(source), amountsOf(form), findings);
}

void equalToSource(const MessagePair &pair, Findings &findings)
{
    static const QStringList allowed{QStringLiteral("fr/terms.page.version")};
    if (!isSource(pair) && pair.target.forms.first() == sourceText(pair) &&
        hasLetters(proseOf(sourceText(pair))) &&
        !allowed.contains(pair.language + u'/' + pair.source.key))
        findings.warning("T13", QStringLiteral("is the same as English"));
}

void stale(const MessagePair &pair, Findings &findings)
{
    if (pair.target.source != sourceText(pair))
        findings.error("T14", QStringLiteral("was translated from another English text"));
}

void directions(const QString &, const QString &form, Findings &findings)
{
    static const QRegularExpression overrides(QStringLiteral("[\\x{202a}-\\x{202e}]"));
    static const QRegularExpression openings(QStringLiteral("[\\x{2066}-\\x{2068}]"));
    if (overrides.match(form).hasMatch())
        findings.error("T15", QStringLiteral("has a direction override"));
    if (form.count(openings) != form.count(QChar(0x2069)))
        findings.error("T15", QStringLiteral("has an isolate without its end"));
}

/// '.', '?', '!', ':', '…', or 0: the marks of all languages as one.
char16_t endMark(const QString &text)
{
    const QString shown = withoutMarkup(text).trimmed();
    const char16_t last = shown.isEmpty() ? u'\0' : shown.back().unicode();
    switch (last) {
    case u'.':
    case u'。':
    case u'।':
    case u'۔': return u'.';
    case u'?':
    case u'？':
    case u'؟': return u'?';
    case u'!':
    case u'！': return u'!';
    case u':':
    case u'：': return u':';
    case u'…': return u'…';
    default: return u'\0';
    }
}

void endPunctuation(const QString &source, const QString &form, Findings &findings)
{
    if (endMark(source) != endMark(form))
        findings.warning("T17", QStringLiteral("does not end with the same mark as English"));
}

void spacing(const MessagePair &pair, Findings &findings)
{
    static const QRegularExpression doubled(
        QStringLiteral("[ \\x{a0}]{2,}|^[ \\x{a0}]|[ \\x{a0}]$"),
        QRegularExpression::MultilineOption);
    static const QRegularExpression beforeMark(QStringLiteral("[ \\x{a0}\\x{202f}][,.;:!?]"));
    static const QRegularExpression french(
        QStringLiteral("[ \\x{a0}\\x{202f}][,.]|[^\\x{a0}\\x{202f}][;:!?»]|«[^\\x{a0}\\x{202f}]"));
    const bool isFrench = baseLanguage(pair.language) == QStringLiteral("fr");
    for (const QString &form : pair.target.forms) {
        const QString shown = withoutMarkup(form).replace(link(), QStringLiteral("link"));
        if (doubled.match(shown).hasMatch())
            findings.warning("T18", QStringLiteral("has a space too many"));
        if ((isFrench ? french : beforeMark).match(shown).hasMatch())
            findings.warning("T18", QStringLiteral("has wrong spacing at a punctuation mark"));
    }
}

void lineBreaks(const QString &source, const QString &form, Findings &findings)
{
    static const QRegularExpression leading(QStringLiteral("^\\n*"));
    static const QRegularExpression trailing(QStringLiteral("\\n*$"));
    const auto ends = [](const QString &text) {
        return std::pair(leading.match(text).capturedLength(),
                         trailing.match(text).capturedLength());
    };
    if (ends(source) != ends(form))
        findings.error("T19", QStringLiteral("begins or ends with other line breaks than English"));
}

void script(const MessagePair &pair, Findings &findings)
{
    for (const QString &form : pair.target.forms) {
        const int percent = wrongScriptPercent(proseOf(form), pair.language);
        if (percent > kWrongScriptPercentMax)
            findings.error(
                "T23", QStringLiteral("%1 % of the letters are of another script").arg(percent));
    }
}

constexpr Rule kRules[] = {
    finished, countPlaceholder, plurals, equalForms, length,
    markup,   equalToSource,    stale,   spacing,    script,
};

constexpr FormRule kFormRules[] = {
    placeholders, tags, links, commands, amounts, directions, endPunctuation, lineBreaks,
};

} // namespace

std::vector<Finding> checkMessage(const MessagePair &pair)
{
    Findings findings(pair);
    for (const Rule rule : kRules)
        rule(pair, findings);
    for (const QString &form : pair.target.forms) {
        for (const FormRule rule : kFormRules)
            rule(sourceText(pair), form, findings);
    }
    return findings.take();
}

} // namespace language
