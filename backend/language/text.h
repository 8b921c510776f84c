#pragma once

#include "core/clock.h"
#include "core/decimal.h"
#include "core/json.h"
#include "core/money.h"

#include <QString>

#include <initializer_list>
#include <map>
#include <optional>
#include <variant>

namespace language {

/// Names one text of the catalogue. Nothing converts to it by itself: a sentence written in C++ is
/// no key, and must not compile where a text is wanted.
class Key {
public:
    explicit Key(QString name)
        : m_name(std::move(name))
    {
    }
    [[nodiscard]] const QString &name() const { return m_name; }
    friend bool operator==(const Key &, const Key &) = default;

private:
    QString m_name;
};

namespace literals {

/// "wallet.summary"_key. A test reads all of these in the source and finds each in the catalogue.
[[nodiscard]] inline Key operator""_key(const char *name, size_t size)
{
    return Key(QString::fromUtf8(name, qsizetype(size)));
}

} // namespace literals

/// Already Telegram HTML: goes into the text unescaped. Everything else is escaped.
struct Markup {
    QString html;
    friend bool operator==(const Markup &, const Markup &) = default;
};

/// "24.98 USDT", in the customer's way of writing numbers.
struct CoinAmount {
    core::Decimal amount;
    QString coin;
    friend bool operator==(const CoinAmount &, const CoinAmount &) = default;
};

/// A Key is another text without arguments, rendered in the same language.
using Argument =
    std::variant<QString, Key, Markup, Money, core::Decimal, CoinAmount, qint64, Timestamp>;

struct NamedArgument {
    NamedArgument(const char *argumentName, Argument argumentValue)
        : name(QString::fromUtf8(argumentName))
        , value(std::move(argumentValue))
    {
    }
    QString name;
    Argument value;
};

/// {{"amount", money}, {"balance", balance}}
class Arguments {
public:
    Arguments() = default;
    Arguments(std::initializer_list<NamedArgument> arguments);
    void set(const QString &name, Argument value);
    /// Null when there is none of that name.
    [[nodiscard]] const Argument *find(const QString &name) const;
    [[nodiscard]] const std::map<QString, Argument> &all() const { return m_values; }
    friend bool operator==(const Arguments &, const Arguments &) = default;

private:
    std::map<QString, Argument> m_values;
};

/// What is sent to a customer: never words, always a key, so that it can be shown in any language
/// at any time.
struct Text {
    Key key;
    Arguments arguments = {};
    std::optional<int> count = {}; // chooses the plural form, and replaces %n
    friend bool operator==(const Text &, const Text &) = default;
};

/// How a sent message stores its text.
[[nodiscard]] Json toJson(const Text &text);
/// Errors: BadInput when it is no stored text.
[[nodiscard]] Result<Text> textFromJson(const Json &json);

} // namespace language
