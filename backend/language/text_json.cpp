#include "language/text.h"

#include <limits>

namespace language {

namespace {

/// One member a value, and its name is the type, so that a reader never guesses.
struct ToJson {
    Json operator()(const QString &text) const { return {{"text", text}}; }
    Json operator()(const Key &key) const { return {{"key", key.name()}}; }
    Json operator()(const Markup &markup) const { return {{"markup", markup.html}}; }
    Json operator()(Money money) const { return {{"micros", money.micros()}}; }
    Json operator()(const core::Decimal &amount) const { return {{"decimal", amount.toString()}}; }
    Json operator()(const CoinAmount &amount) const
    {
        return {{"decimal", amount.amount.toString()}, {"coin", amount.coin}};
    }
    Json operator()(qint64 number) const { return {{"number", number}}; }
    Json operator()(Timestamp moment) const { return {{"time", core::toIso(moment)}}; }
};

tl::unexpected<Error> bad(const char *what)
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("stored text: %1").arg(QLatin1String(what))});
}

Result<Argument> amountFromJson(const QString &digits, const std::optional<QString> &coin)
{
    const Result<core::Decimal> amount = core::Decimal::parse(digits);
    if (!amount)
        return failure(amount.error());
    if (coin)
        return Argument(CoinAmount{*amount, *coin});
    return Argument(*amount);
}

Result<Argument> argumentFromJson(const Json &json)
{
    if (const auto text = core::textMember(json, "text"))
        return Argument(*text);
    if (const auto key = core::textMember(json, "key"))
        return Argument(Key(*key));
    if (const auto html = core::textMember(json, "markup"))
        return Argument(Markup{*html});
    if (const auto micros = core::integerMember(json, "micros"))
        return Argument(Money::fromMicros(*micros));
    if (const auto digits = core::textMember(json, "decimal"))
        return amountFromJson(*digits, core::textMember(json, "coin"));
    if (const auto number = core::integerMember(json, "number"))
        return Argument(*number);
    if (const auto time = core::textMember(json, "time"))
        return core::fromIso(*time).map([](Timestamp moment) { return Argument(moment); });
    return bad("an argument of unknown type");
}

Result<Arguments> argumentsFromJson(const Json &json)
{
    if (!json.is_object())
        return bad("the arguments are no object");
    Arguments arguments;
    for (const auto &[name, value] : json.items()) {
        Result<Argument> argument = argumentFromJson(value);
        if (!argument)
            return failure(argument.error());
        arguments.set(QString::fromStdString(name), std::move(*argument));
    }
    return arguments;
}

} // namespace

Json toJson(const Text &text)
{
    Json json = {{"key", text.key.name()}};
    for (const auto &[name, value] : text.arguments.all())
        json["arguments"][name.toStdString()] = std::visit(ToJson{}, value);
    if (text.count)
        json["count"] = *text.count;
    return json;
}

Result<Text> textFromJson(const Json &json)
{
    const std::optional<QString> key = core::textMember(json, "key");
    if (!key || key->isEmpty())
        return bad("no key");
    Text text{.key = Key(*key)};
    if (const Json *arguments = core::member(json, "arguments")) {
        Result<Arguments> read = argumentsFromJson(*arguments);
        if (!read)
            return failure(read.error());
        text.arguments = std::move(*read);
    }
    if (const auto count = core::integerMember(json, "count")) {
        if (*count < 0 || *count > std::numeric_limits<int>::max())
            return bad("the count is out of range");
        text.count = int(*count);
    }
    return text;
}

} // namespace language
