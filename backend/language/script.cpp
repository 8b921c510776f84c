#include "language/script.h"

#include "language/languages.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace language {

namespace {

QChar::Script scriptOf(const QString &language)
{
    static const QHash<QString, QChar::Script> others{
        {QStringLiteral("hi"), QChar::Script_Devanagari},
        {QStringLiteral("zh"), QChar::Script_Han},
        {QStringLiteral("ar"), QChar::Script_Arabic},
        {QStringLiteral("ru"), QChar::Script_Cyrillic},
    };
    return others.value(baseLanguage(language), QChar::Script_Latin);
}

const QRegularExpression &sameEverywhere()
{
    static const QRegularExpression words(QStringLiteral(
        "\\b(Speechcad|Telegram|DynoPay|Retell|AI|ID|QR|CSV|USD|USDT|USDC|BTC|ETH|LTC|TRX)\\b"));
    return words;
}

} // namespace

int wrongScriptPercent(const QString &prose, const QString &language)
{
    const QChar::Script wanted = scriptOf(language);
    QString rest = prose;
    rest.remove(sameEverywhere());
    int letters = 0;
    int wrong = 0;
    for (const uint character : rest.toUcs4()) {
        if (!QChar::isLetter(character))
            continue;
        ++letters;
        wrong += QChar::script(character) == wanted ? 0 : 1;
    }
    return letters == 0 ? 0 : wrong * 100 / letters;
}

bool hasLetters(const QString &text)
{
    const QList<uint> characters = text.toUcs4();
    return std::any_of(characters.begin(), characters.end(),
                       [](uint character) { return QChar::isLetter(character); });
}

} // namespace language
