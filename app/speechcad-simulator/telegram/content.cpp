#include "content.h"

#include "providers/telegram/html.h"
#include "providers/telegram/methods.h"

#include <QtEndian>

namespace simulator {

namespace {

namespace wire = providers::telegram;

constexpr int kButtonsMax = 100;
constexpr qsizetype kMarkupBytesMax = 10'000;

tl::unexpected<Error> refused(const QString &words)
{
    return failure({.code = ErrorCode::BadInput, .detail = words});
}

Json toJson(const QList<providers::telegram::Entity> &entities)
{
    Json list = Json::array();
    for (const auto &entity : entities) {
        Json json = {{"type", entity.type}, {"offset", entity.offset}, {"length", entity.length}};
        if (!entity.url.isEmpty())
            json["url"] = entity.url;
        list.push_back(std::move(json));
    }
    return list;
}

Result<Content> format(const Parameters &parameters, const QString &raw, const char *entities)
{
    const QString mode = parameters.text("parse_mode").toLower();
    if (mode.isEmpty()) {
        const Json given = parameters.structure(entities);
        if (!given.is_null() && !given.is_array())
            return refused(QStringLiteral("can't parse entities: expected an Array"));
        return Content{raw.trimmed(), given.is_null() ? Json::array() : given};
    }
    if (mode != u"html")
        return refused(QStringLiteral("unsupported parse_mode"));
    const auto formatted = providers::telegram::parseHtml(raw);
    if (!formatted)
        return refused(formatted.error().detail.startsWith(u"can't parse entities")
                           ? formatted.error().detail
                           : QStringLiteral("can't parse entities: ") + formatted.error().detail);
    return Content{formatted->text, toJson(formatted->entities)};
}

QString checkUrl(const Json &button, const char *name)
{
    const QUrl url(core::textMember(button, name).value_or(QString()), QUrl::StrictMode);
    static const QStringList kSchemes = {QStringLiteral("https"), QStringLiteral("http"),
                                         QStringLiteral("tg")};
    const bool isGood = url.isValid() && kSchemes.contains(url.scheme()) && !url.host().isEmpty();
    return isGood ? QString() : QStringLiteral("BUTTON_URL_INVALID");
}

/// Empty: a good button.
QString checkButton(const Json &button)
{
    const auto label = core::textMember(button, "text");
    if (!label)
        return QStringLiteral("can't parse inline keyboard button: Field \"text\" must be of type "
                              "String");
    if (label->trimmed().isEmpty())
        return QStringLiteral("can't parse inline keyboard button: text must be non-empty");
    int actions = 0;
    for (const char *action : {"callback_data", "url", "web_app", "copy_text", "pay", "login_url",
                               "switch_inline_query", "switch_inline_query_current_chat"})
        actions += core::member(button, action) ? 1 : 0;
    if (actions == 0)
        return QStringLiteral("can't parse inline keyboard button: Text buttons are unallowed in "
                              "the inline keyboard");
    if (actions > 1)
        return QStringLiteral("BUTTON_TYPE_INVALID");
    if (core::member(button, "callback_data")) {
        const qsizetype bytes =
            core::textMember(button, "callback_data").value_or(QString()).toUtf8().size();
        if (bytes < 1 || bytes > wire::kCallbackDataBytesMax)
            return QStringLiteral("BUTTON_DATA_INVALID");
    }
    if (const Json *copy = core::member(button, "copy_text")) {
        const qsizetype units = core::textMember(*copy, "text").value_or(QString()).size();
        if (units < 1 || units > 256)
            return QStringLiteral("BUTTON_COPY_TEXT_INVALID");
    }
    if (core::member(button, "url"))
        return checkUrl(button, "url");
    if (const Json *app = core::member(button, "web_app"))
        return checkUrl(*app, "url");
    return {};
}

Result<Json> checkInlineKeyboard(const Json &rows)
{
    if (!rows.is_array())
        return refused(QStringLiteral("field \"inline_keyboard\" must be of type Array"));
    int buttons = 0;
    for (const Json &row : rows) {
        if (!row.is_array())
            return refused(QStringLiteral("can't parse inline keyboard: expected an Array of "
                                          "InlineKeyboardButton"));
        for (const Json &button : row) {
            if (const QString wrong = checkButton(button); !wrong.isEmpty())
                return refused(wrong);
            ++buttons;
        }
    }
    if (buttons > kButtonsMax || core::toBytes(rows).size() > kMarkupBytesMax)
        return refused(QStringLiteral("reply markup is too long"));
    return buttons == 0 ? Json(nullptr) : rows;
}

} // namespace

Result<Content> readText(const Parameters &parameters)
{
    const QString raw = parameters.text("text");
    if (raw.isEmpty())
        return refused(QStringLiteral("message text is empty"));
    if (raw.toUtf8().size() > wire::kTextBytesMax)
        return refused(QStringLiteral("text is too long"));
    auto content = format(parameters, raw, "entities");
    if (!content)
        return content;
    if (content->text.trimmed().isEmpty())
        return refused(QStringLiteral("text must be non-empty"));
    if (content->text.size() > wire::kTextUnitsMax)
        return refused(QStringLiteral("message is too long"));
    return content;
}

Result<Content> readCaption(const Parameters &parameters)
{
    auto content = format(parameters, parameters.text("caption"), "caption_entities");
    if (content && content->text.size() > wire::kCaptionUnitsMax)
        return refused(QStringLiteral("message caption is too long"));
    return content;
}

Result<Json> readKeyboard(const Parameters &parameters)
{
    const Json markup = parameters.structure("reply_markup");
    if (markup.is_null())
        return Json(nullptr);
    if (markup.is_discarded())
        return refused(QStringLiteral("can't parse reply keyboard markup JSON object"));
    if (!markup.is_object())
        return refused(QStringLiteral("object expected as reply markup"));
    if (const Json *rows = core::member(markup, "inline_keyboard"))
        return checkInlineKeyboard(*rows);
    const bool isOther = markup.contains("keyboard") || markup.contains("remove_keyboard") ||
                         markup.contains("force_reply") || markup.empty();
    return isOther ? Result<Json>(Json(nullptr))
                   : refused(QStringLiteral("can't parse reply keyboard markup JSON object"));
}

bool asksForContact(const Parameters &parameters)
{
    const Json markup = parameters.structure("reply_markup");
    const Json *rows = core::member(markup, "keyboard");
    if (!rows || !rows->is_array())
        return false;
    for (const Json &row : *rows) {
        for (const Json &button : row) {
            if (core::boolMember(button, "request_contact").value_or(false))
                return true;
        }
    }
    return false;
}

std::optional<PictureSize> pngSize(const QByteArray &bytes)
{
    static const QByteArray kSignature("\x89PNG\r\n\x1a\n", 8);
    if (bytes.size() < 45 || !bytes.startsWith(kSignature) || bytes.mid(12, 4) != "IHDR" ||
        bytes.mid(bytes.size() - 8, 4) != "IEND")
        return std::nullopt;
    const PictureSize size{qFromBigEndian<qint32>(bytes.constData() + 16),
                           qFromBigEndian<qint32>(bytes.constData() + 20)};
    return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

} // namespace simulator
