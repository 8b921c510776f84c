#include "language/catalogue.h"

#include "core/crypto.h"
#include "language/format.h"
#include "language/resources.h"

#include <QDir>
#include <QFile>
#include <QLocale>

#include <algorithm>

namespace language {

namespace {

constexpr int kVersionHexDigits = 12;

tl::unexpected<Error> internal(const QString &detail)
{
    return failure({.code = ErrorCode::Internal, .detail = detail});
}

tl::unexpected<Error> unreadable(const QString &detail)
{
    return failure({.code = ErrorCode::ConfigurationInvalid, .detail = detail});
}

/// "{name}" at `at`: the name, else empty. A brace that encloses no name is an ordinary character.
QString placeholderAt(const QString &pattern, qsizetype at)
{
    if (pattern[at] != u'{')
        return {};
    const qsizetype end = pattern.indexOf(u'}', at);
    if (end <= at + 1)
        return {};
    const QString name = pattern.sliced(at + 1, end - at - 1);
    const bool isName = std::all_of(name.cbegin(), name.cend(),
                                    [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'_'; });
    return isName ? name : QString();
}

} // namespace

Catalogue::Catalogue() = default;
Catalogue::~Catalogue() = default;

Result<std::shared_ptr<const Catalogue>> Catalogue::load(const QString &folder)
{
    std::shared_ptr<Catalogue> catalogue(new Catalogue);
    const Result<void> read = catalogue->readFolder(folder.isEmpty() ? embeddedFolder() : folder);
    if (!read)
        return failure(read.error());
    if (!catalogue->m_translators.contains(sourceLanguage()))
        return unreadable(QStringLiteral("the English catalogue is missing"));
    catalogue->listLanguages();
    return std::shared_ptr<const Catalogue>(std::move(catalogue));
}

Result<void> Catalogue::readFolder(const QString &folder)
{
    const QDir directory(folder);
    QByteArray digests;
    const QStringList names =
        directory.entryList({QStringLiteral("*.qm")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(directory.filePath(name));
        auto translator = std::make_unique<QTranslator>();
        if (!file.open(QIODevice::ReadOnly) || !translator->load(file.fileName()))
            return unreadable(QStringLiteral("catalogue %1 cannot be read").arg(name));
        digests += name.toUtf8() + core::sha256(file.readAll());
        m_translators[normalizedTag(name.chopped(3))] = std::move(translator);
    }
    m_version = QString::fromLatin1(core::sha256(digests).toHex().first(kVersionHexDigits));
    return {};
}

void Catalogue::listLanguages()
{
    for (const Language &known : knownLanguages()) {
        if (m_translators.contains(known.tag))
            m_languages.push_back(known);
    }
}

QString Catalogue::closestLanguage(QStringView code) const
{
    for (const QString &wanted : {normalizedTag(code), baseLanguage(code)}) {
        for (const Language &offered : m_languages) {
            if (offered.tag == wanted)
                return offered.tag;
        }
    }
    return sourceLanguage();
}

Result<Rendered> Catalogue::render(const Text &text, const QString &languageTag) const
{
    return render(Request{text, languageTag, Format::Html});
}

Result<Rendered> Catalogue::renderPlain(const Text &text, const QString &languageTag) const
{
    return render(Request{text, languageTag, Format::Plain});
}

Result<Rendered> Catalogue::render(const Request &request) const
{
    const Text &text = request.text;
    const Result<Pattern> found =
        pattern(text.key.name(), request.languageTag, text.count.value_or(-1));
    if (!found)
        return failure(found.error());
    const Result<QString> filled = fill(found->text, request);
    if (!filled)
        return failure(filled.error());
    return Rendered{*filled, found->language, found->isFallback};
}

Result<Catalogue::Pattern> Catalogue::pattern(const QString &key, const QString &tag,
                                              int count) const
{
    const QByteArray id = key.toUtf8();
    const QString base = baseLanguage(tag);
    for (const QString &candidate : {normalizedTag(tag), base, sourceLanguage()}) {
        const auto translator = m_translators.find(candidate);
        if (translator == m_translators.end())
            continue;
        // A null text is the exact sign of a missing one.
        const QString text = translator->second->translate("", id.constData(), nullptr, count);
        if (text.isNull())
            continue;
        const bool isFallback = baseLanguage(candidate) != base;
        if (isFallback)
            countFallback(base, key);
        return Pattern{text, candidate, isFallback};
    }
    return internal(QStringLiteral("text %1 is missing in English").arg(key));
}

void Catalogue::countFallback(const QString &language, const QString &key) const
{
    const std::scoped_lock lock(m_fallbacksMutex);
    ++m_fallbacks[{language, key}];
}

std::vector<FallbackCount> Catalogue::fallbacks() const
{
    const std::scoped_lock lock(m_fallbacksMutex);
    std::vector<FallbackCount> counts;
    for (const auto &[where, count] : m_fallbacks)
        counts.push_back({where.first, where.second, count});
    return counts;
}

/// One pass, so that a value which itself looks like a placeholder stays what it is.
Result<QString> Catalogue::fill(const QString &pattern, const Request &request) const
{
    const QLocale locale(request.languageTag);
    QString filled;
    for (qsizetype at = 0; at < pattern.size();) {
        if (QStringView(pattern).sliced(at).startsWith(u"%n")) {
            if (!request.text.count)
                return internal(
                    QStringLiteral("text %1 has no count").arg(request.text.key.name()));
            filled += formatted(qint64(*request.text.count), locale);
            at += 2;
            continue;
        }
        const QString name = placeholderAt(pattern, at);
        if (name.isEmpty()) {
            filled += pattern[at++];
            continue;
        }
        const Result<QString> value = argumentText(name, request, locale);
        if (!value)
            return value;
        filled += *value;
        at += name.size() + 2;
    }
    return filled;
}

Result<QString> Catalogue::argumentText(const QString &name, const Request &request,
                                        const QLocale &locale) const
{
    const QString &key = request.text.key.name();
    const Argument *argument = request.text.arguments.find(name);
    if (!argument)
        return internal(QStringLiteral("text %1 has no argument %2").arg(key, name));
    if (const Key *nested = std::get_if<Key>(argument)) {
        return pattern(nested->name(), request.languageTag, -1).map([](const Pattern &found) {
            return found.text;
        });
    }
    const bool isHtml = request.format == Format::Html;
    if (const Markup *markup = std::get_if<Markup>(argument)) {
        if (!isHtml)
            return internal(QStringLiteral("text %1 is plain, %2 is markup").arg(key, name));
        return markup->html;
    }
    const QString value = std::visit(
        [&locale](const auto &typed) -> QString {
            using Type = std::decay_t<decltype(typed)>;
            if constexpr (std::is_same_v<Type, QString>)
                return typed;
            else if constexpr (std::is_same_v<Type, Key> || std::is_same_v<Type, Markup>)
                return {}; // answered above
            else
                return formatted(typed, locale);
        },
        *argument);
    return isHtml ? value.toHtmlEscaped() : value;
}

} // namespace language
