#include "bot/terms_page.h"

namespace bot {

using namespace language::literals;

namespace {

const char *const kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 "
    "1rem;color:#171b21;background:#fff}"
    "h1{font-size:1.5rem}small{color:#56606c}"
    "@media(prefers-color-scheme:dark){body{color:#e3e7ec;background:#16191e}small{color:#9ca6b3}}";

} // namespace

Result<QByteArray> termsPage(const language::Catalogue &catalogue, const QString &languageTag,
                             const QString &version)
{
    const auto title = catalogue.render({"terms.page.title"_key}, languageTag);
    const auto shownVersion =
        catalogue.render({"terms.page.version"_key, {{"version", version}}}, languageTag);
    if (!title || !shownVersion)
        return failure(title ? shownVersion.error() : title.error());
    QString body;
    for (const language::Key &key :
         {"terms.page.1"_key, "terms.page.2"_key, "terms.page.3"_key, "terms.page.4"_key,
          "terms.page.5"_key, "terms.page.6"_key, "terms.page.7"_key}) {
        const auto paragraph = catalogue.render({key}, languageTag);
        if (!paragraph)
            return failure(paragraph.error());
        body += QStringLiteral("<p>") + paragraph->text + QStringLiteral("</p>\n");
    }
    const QString page =
        QStringLiteral("<!doctype html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                       "<title>%2</title><style>%3</style></head>\n<body><h1>%2</h1>\n%4<small>%5</"
                       "small></body></html>\n");
    return page
        .arg(title->languageUsed, title->text, QString::fromLatin1(kStyle), body,
             shownVersion->text)
        .toUtf8();
}

} // namespace bot
