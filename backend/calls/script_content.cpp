#include "calls/script_content.h"

#include "calls/script_voices.h"

#include <array>

namespace calls {

namespace {

constexpr int kQuestionNameMax = 40;
constexpr int kQuestionWordsMax = 200;

struct FieldRule {
    ScriptField field;
    QLatin1String name;
    int longest;
    bool isOptional = false;
    bool isOneLine = false;
};

// The figures stand in 0005_scripts.sql too, which refuses what is longer.
constexpr std::array kRules = {
    FieldRule{ScriptField::Name, QLatin1String("name"), 60, false, true},
    FieldRule{ScriptField::Purpose, QLatin1String("purpose"), 300, false, true},
    FieldRule{ScriptField::Language, QLatin1String("language"), 10, false, true},
    FieldRule{ScriptField::Voice, QLatin1String("voice"), 60, false, true},
    FieldRule{ScriptField::Opening, QLatin1String("opening"), 500, false, true},
    FieldRule{ScriptField::Goal, QLatin1String("goal"), 1000},
    FieldRule{ScriptField::Facts, QLatin1String("facts"), 3000, true},
    FieldRule{ScriptField::Questions, QLatin1String("questions"), 2000, true},
    FieldRule{ScriptField::StopWhen, QLatin1String("stop_when"), 500, true},
};

const FieldRule &ruleOf(ScriptField field)
{
    return kRules[size_t(field)];
}

/// What is invisible or turns the direction of writing could hide words from who reads them.
bool isUnwanted(QChar character)
{
    return character.category() == QChar::Other_Control ||
           (character.category() == QChar::Other_Format && character != QChar(0x200c) &&
            character != QChar(0x200d)); // both join letters in Hindi
}

QString cleaned(const QString &typed, bool isOneLine)
{
    QString text;
    for (const QChar character : typed) {
        if (character == u'\n' && !isOneLine)
            text += character;
        else if (character.isSpace())
            text += u' ';
        else if (!isUnwanted(character))
            text += character;
    }
    return isOneLine ? text.simplified() : text.trimmed();
}

Question questionOf(const QString &line, int number)
{
    Question question = {.key = QStringLiteral("answer_%1").arg(number), .name = {}, .words = line};
    qsizetype colon = line.indexOf(u':');
    if (colon < 0)
        colon = line.indexOf(QChar(0xff1a)); // the colon of Chinese
    const QString name = line.left(colon).trimmed();
    const QString words = line.mid(colon + 1).trimmed();
    if (colon > 0 && !name.isEmpty() && !words.isEmpty() && name.size() <= kQuestionNameMax) {
        question.name = name;
        question.words = words;
    }
    return question;
}

bool setQuestions(ScriptContent &content, const QString &text)
{
    QList<Question> questions;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &each : lines) {
        const QString line = each.simplified();
        if (line.isEmpty())
            continue;
        const Question question = questionOf(line, int(questions.size()) + 1);
        if (question.words.size() > kQuestionWordsMax)
            return false;
        questions.append(question);
    }
    if (questions.size() > kQuestionsMax)
        return false;
    content.questions = questions;
    return true;
}

bool setLanguage(ScriptContent &content, const QString &tag)
{
    if (providerLanguage(tag).isEmpty())
        return false;
    content.language = tag;
    if (!content.voice.isEmpty() && !speaks(content.voice, tag))
        content.voice = voicesOf(tag).front().id;
    return true;
}

bool setVoice(ScriptContent &content, const QString &voice)
{
    if (!speaks(voice, content.language))
        return false;
    content.voice = voice;
    return true;
}

QString wordsOf(const QList<Question> &questions)
{
    QStringList lines;
    for (const Question &question : questions)
        lines << (question.name.isEmpty() ? question.words
                                          : question.name + QStringLiteral(": ") + question.words);
    return lines.join(u'\n');
}

} // namespace

QString nameOf(ScriptField field)
{
    return ruleOf(field).name;
}

std::optional<ScriptField> fieldNamed(const QString &name)
{
    for (const FieldRule &rule : kRules) {
        if (rule.name == name)
            return rule.field;
    }
    return std::nullopt;
}

int longestOf(ScriptField field)
{
    return ruleOf(field).longest;
}

bool isOptional(ScriptField field)
{
    return ruleOf(field).isOptional;
}

bool setField(ScriptContent &content, ScriptField field, const QString &typed)
{
    const FieldRule &rule = ruleOf(field);
    const QString text = cleaned(typed, rule.isOneLine);
    if (text.size() > rule.longest || (text.isEmpty() && !rule.isOptional))
        return false;
    switch (field) {
    case ScriptField::Name: content.name = text; return true;
    case ScriptField::Purpose: content.purpose = text; return true;
    case ScriptField::Language: return setLanguage(content, text);
    case ScriptField::Voice: return setVoice(content, text);
    case ScriptField::Opening: content.opening = text; return true;
    case ScriptField::Goal: content.goal = text; return true;
    case ScriptField::Facts: content.facts = text; return true;
    case ScriptField::Questions: return setQuestions(content, text);
    case ScriptField::StopWhen: content.stopWhen = text; return true;
    }
    Q_UNREACHABLE();
}

QString valueOf(const ScriptContent &content, ScriptField field)
{
    switch (field) {
    case ScriptField::Name: return content.name;
    case ScriptField::Purpose: return content.purpose;
    case ScriptField::Language: return content.language;
    case ScriptField::Voice: return content.voice;
    case ScriptField::Opening: return content.opening;
    case ScriptField::Goal: return content.goal;
    case ScriptField::Facts: return content.facts;
    case ScriptField::Questions: return wordsOf(content.questions);
    case ScriptField::StopWhen: return content.stopWhen;
    }
    Q_UNREACHABLE();
}

bool isComplete(const ScriptContent &content)
{
    return std::all_of(kRules.begin(), kRules.end(), [&](const FieldRule &rule) {
        ScriptContent copy = content;
        return setField(copy, rule.field, valueOf(content, rule.field));
    });
}

Json toJson(const QList<Question> &questions)
{
    Json list = Json::array();
    for (const Question &question : questions)
        list.push_back({{"key", question.key}, {"name", question.name}, {"words", question.words}});
    return list;
}

QList<Question> questionsFrom(const Json &json)
{
    QList<Question> questions;
    for (const Json &each : json) {
        const auto key = core::textMember(each, "key");
        if (!key)
            continue;
        questions.append({.key = *key,
                          .name = core::textMember(each, "name").value_or(QString()),
                          .words = core::textMember(each, "words").value_or(QString())});
    }
    return questions;
}

Json toJson(const ScriptContent &content)
{
    Json json = Json::object();
    for (const FieldRule &rule : kRules)
        json[rule.name.latin1()] = valueOf(content, rule.field);
    return json;
}

ScriptContent contentFrom(const Json &json)
{
    ScriptContent content;
    for (const FieldRule &rule : kRules) {
        const auto text = core::textMember(json, rule.name.latin1());
        if (text && !text->isEmpty())
            (void)setField(content, rule.field, *text); // what is no longer good is asked for again
    }
    return content;
}

} // namespace calls
