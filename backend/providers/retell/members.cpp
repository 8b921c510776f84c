#include "providers/retell/members.h"

#include <QStringList>

namespace providers::retell {

namespace {

constexpr qint64 kMillisMax = 9'007'199'254'740'991 / 1000; // the year 2255, and no overflow below

/// "12.5" in units of 10^-digits, the rest cut off.
std::optional<qint64> unitsOf(const core::Decimal &decimal, int digits)
{
    const QStringList parts = decimal.toString().split(u'.');
    bool ok = false;
    const qint64 units =
        (parts[0] + parts.value(1).leftJustified(digits, u'0').left(digits)).toLongLong(&ok);
    return ok ? std::optional(units) : std::nullopt;
}

} // namespace

QString textOf(const Json &json, const char *key)
{
    return core::numberText(json, key).value_or(QString());
}

std::optional<core::Decimal> decimalOf(const Json &json, const char *key)
{
    const auto decimal = core::Decimal::parse(textOf(json, key).trimmed());
    return decimal ? std::optional(*decimal) : std::nullopt;
}

std::optional<qint64> wholeOf(const Json &json, const char *key)
{
    if (const auto whole = core::integerMember(json, key))
        return whole;
    const auto decimal = decimalOf(json, key);
    return decimal ? unitsOf(*decimal, 0) : std::nullopt;
}

std::optional<bool> flagOf(const Json &json, const char *key)
{
    const QString text = core::textMember(json, key).value_or(QString());
    if (text == u"true" || text == u"false")
        return text == u"true";
    return core::boolMember(json, key);
}

std::optional<std::chrono::milliseconds> millisOf(const Json &json, const char *key)
{
    const auto millis = wholeOf(json, key);
    const bool isGood = millis && *millis >= 0 && *millis <= kMillisMax;
    return isGood ? std::optional(std::chrono::milliseconds(*millis)) : std::nullopt;
}

std::optional<Timestamp> momentOf(const Json &json, const char *key)
{
    const auto millis = millisOf(json, key);
    return millis ? std::optional(Timestamp(*millis)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> secondsOf(const Json &json, const char *key)
{
    const auto seconds = decimalOf(json, key);
    const auto millis = seconds ? unitsOf(*seconds, 3) : std::nullopt;
    const bool isGood = millis && *millis <= kMillisMax;
    return isGood ? std::optional(std::chrono::milliseconds(*millis)) : std::nullopt;
}

QMap<QString, QString> textsOf(const Json &json, const char *key)
{
    QMap<QString, QString> texts;
    const Json object = objectOf(json, key);
    for (const auto &[name, value] : object.items()) {
        const auto text = core::numberText(object, name.c_str());
        if (text)
            texts.insert(QString::fromStdString(name), *text);
        else if (value.is_boolean())
            texts.insert(QString::fromStdString(name),
                         value.get<bool>() ? QStringLiteral("true") : QStringLiteral("false"));
    }
    return texts;
}

QStringList listOf(const Json &json, const char *key)
{
    QStringList list;
    for (const Json &item : arrayOf(json, key)) {
        if (item.is_string())
            list.append(QString::fromStdString(item.get_ref<const std::string &>()));
    }
    return list;
}

Json objectOf(const Json &json, const char *key)
{
    const Json *object = core::member(json, key);
    return object && object->is_object() ? *object : Json::object();
}

const Json &arrayOf(const Json &json, const char *key)
{
    static const Json kEmpty = Json::array();
    const Json *array = core::member(json, key);
    return array && array->is_array() ? *array : kEmpty;
}

Json toJson(const QMap<QString, QString> &texts)
{
    Json json = Json::object();
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        json[text.key().toStdString()] = text.value();
    return json;
}

Json toJson(const QStringList &texts)
{
    Json json = Json::array();
    for (const QString &text : texts)
        json.push_back(text);
    return json;
}

} // namespace providers::retell
