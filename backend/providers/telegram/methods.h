#pragma once

#include "core/json.h"

#include <QList>
#include <QStringList>

namespace providers::telegram {

constexpr qsizetype kTextUnitsMax = 4096;  // UTF-16 code units, markup not counted
constexpr qsizetype kTextBytesMax = 32768; // UTF-8, markup counted
constexpr qsizetype kCaptionUnitsMax = 1024;
constexpr qsizetype kCallbackDataBytesMax = 64;
constexpr qsizetype kCallbackAnswerUnitsMax = 200;
constexpr qsizetype kKeyboardRowsMax = 10;
constexpr qsizetype kKeyboardColumnsMax = 8;
constexpr qsizetype kPhotoBytesMax = 10 * 1024 * 1024;

/// Exactly one of `callbackData` and `url` is set.
struct Button {
    QString label;
    QString callbackData = {};
    QString url = {};
};
using Keyboard = QList<QList<Button>>; // rows; empty: none (an edit then removes the buttons)

struct SendMessage {
    qint64 chatId = 0;
    QString html;
    Keyboard keyboard = {};
};

struct EditMessageText {
    qint64 chatId = 0;
    qint64 messageId = 0;
    QString html;
    Keyboard keyboard = {};
};

struct SendPhoto {
    qint64 chatId = 0;
    QString captionHtml = {};
    Keyboard keyboard = {};
};

struct AnswerCallbackQuery {
    QString queryId;
    QString text = {}; // plain; empty: only stops the button's spinning
    bool isAlert = false;
};

struct CommandText {
    QString name;        // 1 to 32 of a-z 0-9 _
    QString description; // 1 to 256 characters
};

struct SetMyCommands {
    QList<CommandText> commands;
    QString languageCode = {}; // two letters; empty: for everybody without a list of their own
};

struct SetWebhook {
    QString url;         // https; empty removes the webhook
    QString secretToken; // 1 to 256 of A-Z a-z 0-9 _ -
    QStringList allowedUpdates = {};
    int maxConnections = 40;
};

/// The parameters of one method, to be sent as a JSON body. Whole numbers, texts and booleans only,
/// so they may be stored and read again by core::parseJson. BadInput: Telegram would refuse them;
/// it is our own error.
[[nodiscard]] Result<Json> sendMessage(const SendMessage &message);
[[nodiscard]] Result<Json> editMessageText(const EditMessageText &edit);
[[nodiscard]] Result<Json>
sendPhoto(const SendPhoto &photo); // without the picture: see toMultipart
[[nodiscard]] Result<Json> answerCallbackQuery(const AnswerCallbackQuery &answer);
[[nodiscard]] Result<Json> setMyCommands(const SetMyCommands &request);
[[nodiscard]] Result<Json> setWebhook(const SetWebhook &request);
[[nodiscard]] Json getWebhookInfo();

struct FilePart {
    QByteArray field;       // "photo"
    QByteArray fileName;    // "address.png"
    QByteArray contentType; // "image/png"
    QByteArray bytes;
};

struct Multipart {
    QByteArray contentType; // with the boundary
    QByteArray body;
};

/// multipart/form-data, the same bytes for the same input: the boundary is a digest of the content.
[[nodiscard]] Multipart toMultipart(const Json &parameters, const FilePart &file);

} // namespace providers::telegram
