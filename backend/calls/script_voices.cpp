#include "calls/script_voices.h"

#include <algorithm>

namespace calls {

namespace {

struct Spoken {
    QString language;
    QString provider;
    QString english;
    QList<Voice> voices;
};

const QList<Spoken> &all()
{
    static const Voice adrian = {QStringLiteral("11labs-Adrian"), QStringLiteral("Adrian")};
    static const Voice anna = {QStringLiteral("11labs-Anna"), QStringLiteral("Anna")};
    static const Voice chloe = {QStringLiteral("11labs-Chloe"), QStringLiteral("Chloe")};
    static const Voice aarav = {QStringLiteral("11labs-Aarav"), QStringLiteral("Aarav")};
    static const Voice mei = {QStringLiteral("11labs-Mei"), QStringLiteral("Mei")};
    static const QList<Spoken> languages = {
        {QStringLiteral("en"), QStringLiteral("en-US"), QStringLiteral("English"), {anna, adrian}},
        {QStringLiteral("hi"), QStringLiteral("hi-IN"), QStringLiteral("Hindi"), {aarav, anna}},
        {QStringLiteral("zh"), QStringLiteral("zh-CN"), QStringLiteral("Chinese"), {mei, adrian}},
        {QStringLiteral("fr"), QStringLiteral("fr-FR"), QStringLiteral("French"), {chloe, adrian}},
    };
    return languages;
}

const Spoken *find(const QString &language)
{
    const auto found = std::find_if(all().begin(), all().end(), [&](const Spoken &spoken) {
        return spoken.language == language;
    });
    return found == all().end() ? nullptr : &*found;
}

} // namespace

QList<Voice> voicesOf(const QString &language)
{
    const Spoken *spoken = find(language);
    return spoken ? spoken->voices : QList<Voice>();
}

bool speaks(const QString &voice, const QString &language)
{
    const QList<Voice> voices = voicesOf(language);
    return std::any_of(voices.begin(), voices.end(),
                       [&](const Voice &each) { return each.id == voice; });
}

QString voiceName(const QString &voice)
{
    for (const Spoken &spoken : all()) {
        for (const Voice &each : spoken.voices) {
            if (each.id == voice)
                return each.name;
        }
    }
    return voice;
}

QString providerLanguage(const QString &language)
{
    const Spoken *spoken = find(language);
    return spoken ? spoken->provider : QString();
}

QString englishName(const QString &language)
{
    const Spoken *spoken = find(language);
    return spoken ? spoken->english : QString();
}

} // namespace calls
