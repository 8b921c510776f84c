#include "language/languages.h"

#include <array>

namespace language {

std::span<const Language> knownLanguages()
{
    static const std::array<Language, 4> all{{
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("hi"), QStringLiteral("हिन्दी")},
        {QStringLiteral("zh"), QStringLiteral("中文")},
        {QStringLiteral("fr"), QStringLiteral("Français")},
    }};
    return all;
}

QString sourceLanguage()
{
    return knownLanguages().front().tag;
}

QString normalizedTag(QStringView tag)
{
    return tag.toString().toLower().replace(u'_', u'-');
}

QString baseLanguage(QStringView tag)
{
    return normalizedTag(tag).section(u'-', 0, 0);
}

} // namespace language
