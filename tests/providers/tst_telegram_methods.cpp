#include "providers/telegram/html.h"
#include "providers/telegram/methods.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_telegram_methods {

using namespace providers::telegram;

class TestTelegramMethods : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMessageWithButtons();
    void anEditWithoutButtons();
    void parametersSurviveStorage();
    void lengthIsCountedInUtf16AfterMarkup();
    void whatTelegramWouldRefuseIsRefused_data();
    void whatTelegramWouldRefuseIsRefused();
    void callbackDataIsCountedInBytes();
    void keyboardsHaveABound();
    void aPictureHasACaptionOrNone();
    void aTapIsAnswered();
    void commandsAreChecked();
    void theWebhookIsSetExplicitly();
    void multipartIsTheSameForTheSame();
    void dataIsEscaped();
    void htmlIsReadAsTelegramReadsIt_data();
    void htmlIsReadAsTelegramReadsIt();
    void brokenHtmlIsRefusedInTelegramsWords_data();
    void brokenHtmlIsRefusedInTelegramsWords();
    void entitiesAreInTheOrderOfTheBotApi();
};

namespace {

SendMessage message(const QString &html, const Keyboard &keyboard = {})
{
    return {.chatId = 48213, .html = html, .keyboard = keyboard};
}

Button tap(const QString &label, const QString &data)
{
    return {.label = label, .callbackData = data};
}

} // namespace

void TestTelegramMethods::aMessageWithButtons()
{
    const Button link = {.label = QStringLiteral("Terms"),
                         .callbackData = {},
                         .url = QStringLiteral("https://bot.host.tld/terms")};
    const auto json = sendMessage(message(
        QStringLiteral("<b>Hi</b>"), {{tap(QStringLiteral("Yes"), QStringLiteral("y")), link}}));
    QVERIFY(json);
    const Json expected = {
        {"chat_id", 48213},
        {"text", "<b>Hi</b>"},
        {"parse_mode", "HTML"},
        {"link_preview_options", {{"is_disabled", true}}},
        {"reply_markup",
         {{"inline_keyboard",
           Json::array(
               {Json::array({{{"text", "Yes"}, {"callback_data", "y"}},
                             {{"text", "Terms"}, {"url", "https://bot.host.tld/terms"}}})})}}}};
    QCOMPARE(*json, expected);
}

void TestTelegramMethods::anEditWithoutButtons()
{
    const Json json =
        editMessageText(
            {.chatId = -1'001'234'567'890, .messageId = 12, .html = QStringLiteral("x")})
            .value();
    QCOMPARE(core::integerMember(json, "chat_id"), -1'001'234'567'890);
    QCOMPARE(core::integerMember(json, "message_id"), 12);
    QVERIFY(!json.contains("reply_markup"));
}

void TestTelegramMethods::parametersSurviveStorage()
{
    const Json json = sendMessage(message(QStringLiteral("你好"),
                                          {{tap(QStringLiteral("é"), QStringLiteral("d"))}}))
                          .value();
    QCOMPARE(core::parseJson(core::toBytes(json)).value(), json);
}

void TestTelegramMethods::lengthIsCountedInUtf16AfterMarkup()
{
    QVERIFY(sendMessage(message(QString(4096, u'x'))));
    QVERIFY(!sendMessage(message(QString(4097, u'x'))));
    QVERIFY(
        sendMessage(message(QStringLiteral("<b>") + QString(4096, u'x') + QStringLiteral("</b>"))));
    QVERIFY(sendMessage(message(QStringLiteral("&amp;").repeated(4096))));
    QVERIFY(!sendMessage(message(QStringLiteral("&amp;").repeated(4097))));
    // A telephone receiver is one character, two UTF-16 units and four bytes.
    QVERIFY(sendMessage(message(QStringLiteral("\U0001F4DE").repeated(2048))));
    QVERIFY(!sendMessage(message(QStringLiteral("\U0001F4DE").repeated(2049))));
    // Enough markup makes the raw text too long whatever is seen of it.
    QVERIFY(!sendMessage(message(QStringLiteral("<b>x</b>").repeated(4096 + 1).left(32'776))));
}

void TestTelegramMethods::whatTelegramWouldRefuseIsRefused_data()
{
    QTest::addColumn<QString>("html");
    for (const char *html :
         {"", "  \n", "<b></b>", "<b>open", "a < b", "<x>y</x>", "</b>", "<b><i>x</b></i>"})
        QTest::newRow(html) << QString::fromLatin1(html);
}

void TestTelegramMethods::whatTelegramWouldRefuseIsRefused()
{
    QFETCH(QString, html);
    const auto sent = sendMessage(message(html));
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::BadInput);
    QVERIFY(!editMessageText({.chatId = 1, .messageId = 2, .html = html}));
}

void TestTelegramMethods::callbackDataIsCountedInBytes()
{
    const auto sent = [](const QString &data) {
        return sendMessage(message(QStringLiteral("x"), {{tap(QStringLiteral("b"), data)}}));
    };
    QVERIFY(sent(QString(64, u'd')));
    QVERIFY(!sent(QString(65, u'd')));
    QVERIFY(sent(QString(32, u'é')));
    QVERIFY(!sent(QString(33, u'é')));
    QVERIFY(!sent(QString()));
}

void TestTelegramMethods::keyboardsHaveABound()
{
    const Button button = tap(QStringLiteral("b"), QStringLiteral("d"));
    const auto sent = [](const Keyboard &keyboard) {
        return sendMessage(message(QStringLiteral("x"), keyboard));
    };
    QVERIFY(sent(Keyboard(10, QList<Button>(8, button))));
    QVERIFY(!sent(Keyboard(11, {button})));
    QVERIFY(!sent({QList<Button>(9, button)}));
    QVERIFY(!sent({{}}));
    QVERIFY(!sent({{tap(QString(), QStringLiteral("d"))}}));
    QVERIFY(!sent({{{.label = QStringLiteral("b"),
                     .callbackData = QStringLiteral("d"),
                     .url = QStringLiteral("https://a.tld")}}}));
    QVERIFY(!sent({{{.label = QStringLiteral("b"),
                     .callbackData = {},
                     .url = QStringLiteral("javascript:1")}}}));
}

void TestTelegramMethods::aPictureHasACaptionOrNone()
{
    QCOMPARE(sendPhoto({.chatId = 5}).value(), (Json{{"chat_id", 5}}));
    const Json json =
        sendPhoto({.chatId = 5, .captionHtml = QStringLiteral("<code>T1</code>")}).value();
    QCOMPARE(core::textMember(json, "caption"), QStringLiteral("<code>T1</code>"));
    QCOMPARE(core::textMember(json, "parse_mode"), QStringLiteral("HTML"));
    QVERIFY(sendPhoto({.chatId = 5, .captionHtml = QString(1024, u'x')}));
    QVERIFY(!sendPhoto({.chatId = 5, .captionHtml = QString(1025, u'x')}));
}

void TestTelegramMethods::aTapIsAnswered()
{
    QCOMPARE(answerCallbackQuery({.queryId = QStringLiteral("q")}).value(),
             (Json{{"callback_query_id", "q"}}));
    const Json json =
        answerCallbackQuery(
            {.queryId = QStringLiteral("q"), .text = QStringLiteral("Old"), .isAlert = true})
            .value();
    QCOMPARE(core::boolMember(json, "show_alert"), true);
    QVERIFY(!answerCallbackQuery({.queryId = QStringLiteral("q"), .text = QString(201, u'x')}));
    QVERIFY(!answerCallbackQuery({}));
}

void TestTelegramMethods::commandsAreChecked()
{
    const CommandText good = {QStringLiteral("start"), QStringLiteral("Begin")};
    QCOMPARE(setMyCommands({.commands = {good}, .languageCode = QStringLiteral("fr")}).value(),
             (Json{{"commands", Json::array({{{"command", "start"}, {"description", "Begin"}}})},
                   {"language_code", "fr"}}));
    QVERIFY(!setMyCommands({.commands = {good}})->contains("language_code"));
    QVERIFY(!setMyCommands({.commands = {{QStringLiteral("Start"), QStringLiteral("x")}}}));
    QVERIFY(!setMyCommands({.commands = {{QStringLiteral("start"), QString()}}}));
    QVERIFY(!setMyCommands({.commands = {{QStringLiteral("start"), QString(257, u'x')}}}));
    QVERIFY(!setMyCommands({.commands = {good}, .languageCode = QStringLiteral("pt-br")}));
    QVERIFY(!setMyCommands({.commands = QList<CommandText>(101, good)}));
}

void TestTelegramMethods::theWebhookIsSetExplicitly()
{
    const Json json = setWebhook({.url = QStringLiteral("https://bot.host.tld/webhooks/telegram"),
                                  .secretToken = QStringLiteral("Zq3_8fk2-LmN0pQrS"),
                                  .allowedUpdates = {QStringLiteral("message"),
                                                     QStringLiteral("callback_query")}})
                          .value();
    QCOMPARE(json, (Json{{"url", "https://bot.host.tld/webhooks/telegram"},
                         {"secret_token", "Zq3_8fk2-LmN0pQrS"},
                         {"max_connections", 40},
                         {"allowed_updates", Json::array({"message", "callback_query"})}}));
    QVERIFY(!setWebhook(
        {.url = QStringLiteral("https://a.tld"), .secretToken = QStringLiteral("a b")}));
    QVERIFY(
        !setWebhook({.url = QStringLiteral("https://a.tld"), .secretToken = QString(257, u'x')}));
    QVERIFY(
        !setWebhook({.url = {}, .secretToken = {}, .allowedUpdates = {}, .maxConnections = 101}));
    QCOMPARE(getWebhookInfo(), Json::object());
}

void TestTelegramMethods::multipartIsTheSameForTheSame()
{
    const Json parameters = {{"chat_id", 48213},
                             {"caption", "é \"x\""},
                             {"reply_markup", {{"inline_keyboard", Json::array()}}}};
    const FilePart file = {.field = "photo",
                           .fileName = "address.png",
                           .contentType = "image/png",
                           .bytes = QByteArray("\x89PNG\r\n\0--x\r\n", 12)};
    const Multipart multipart = toMultipart(parameters, file);
    const QByteArray prefix = "multipart/form-data; boundary=";
    QVERIFY(multipart.contentType.startsWith(prefix));
    const QByteArray boundary = multipart.contentType.mid(prefix.size());
    QVERIFY(boundary.size() <= 70 && !file.bytes.contains(boundary));
    const QByteArray expected =
        "--" + boundary +
        "\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\né \"x\"\r\n--" + boundary +
        "\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n48213\r\n--" + boundary +
        "\r\nContent-Disposition: form-data; "
        "name=\"reply_markup\"\r\n\r\n{\"inline_keyboard\":[]}\r\n--" +
        boundary +
        "\r\nContent-Disposition: form-data; name=\"photo\"; "
        "filename=\"address.png\"\r\nContent-Type: image/png\r\n\r\n" +
        file.bytes + "\r\n--" + boundary + "--\r\n";
    QCOMPARE(multipart.body, expected);
    QCOMPARE(toMultipart(parameters, file).body, multipart.body);
    FilePart other = file;
    other.bytes += 'x';
    QVERIFY(toMultipart(parameters, other).contentType != multipart.contentType);
}

void TestTelegramMethods::dataIsEscaped()
{
    const QString hostile = QStringLiteral("<b>&amp;\"Ana\"</b> > 5");
    QCOMPARE(escapeHtml(hostile),
             QStringLiteral("&lt;b&gt;&amp;amp;&quot;Ana&quot;&lt;/b&gt; &gt; 5"));
    const auto parsed = parseHtml(escapeHtml(hostile));
    QCOMPARE(parsed->text, hostile);
    QVERIFY(parsed->entities.isEmpty());
}

void TestTelegramMethods::htmlIsReadAsTelegramReadsIt_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("entities"); // type:offset+length
    const auto row = [](const char *html, const char *text, const char *entities) {
        QTest::newRow(html) << QString::fromUtf8(html) << QString::fromUtf8(text)
                            << QString::fromLatin1(entities);
    };
    row("plain", "plain", "");
    row("<b>a</b><i>b</i>", "ab", "bold:0+1 italic:1+1");
    row("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
        "bold:0+1 italic:1+1 underline:2+1 strikethrough:3+1");
    row("x\xF0\x9F\x93\x9E<code>y</code>", "x\xF0\x9F\x93\x9Ey", "code:3+1");
    row("<a href=\"https://a.tld/?x=1&amp;y=2\">l</a>", "l",
        "text_link:0+1(https://a.tld/?x=1&y=2)");
    row("<a href='https://a.tld'>l</a>", "l", "text_link:0+1(https://a.tld)");
    row("<a>l</a>", "l", "");
    row("<B>a</b >", "a", "bold:0+1");
    row("<blockquote expandable>q</blockquote>", "q", "blockquote:0+1");
    row("<span class=\"tg-spoiler\">s</span>", "s", "spoiler:0+1");
    row("<b></b>x", "x", "");
    row("&lt;&gt;&amp;&quot;", "<>&\"", "");
    row("&#65;&#x42;&#x1F4DE;", "AB\xF0\x9F\x93\x9E", "");
    row("&nbsp; & &; &#0; &#x; &#xD800; &#99999999;", "&nbsp; & &; &#0; &#x; &#xD800; &#99999999;",
        "");
    row("5 > 4", "5 > 4", "");
}

void TestTelegramMethods::htmlIsReadAsTelegramReadsIt()
{
    QFETCH(QString, html);
    QFETCH(QString, text);
    QFETCH(QString, entities);
    const auto parsed = parseHtml(html);
    QVERIFY(parsed);
    QCOMPARE(parsed->text, text);
    QStringList found;
    for (const Entity &entity : parsed->entities) {
        const QString url = entity.url.isEmpty() ? QString() : u'(' + entity.url + u')';
        found << QStringLiteral("%1:%2+%3%4")
                     .arg(entity.type)
                     .arg(entity.offset)
                     .arg(entity.length)
                     .arg(url);
    }
    QCOMPARE(found.join(u' '), entities);
}

void TestTelegramMethods::brokenHtmlIsRefusedInTelegramsWords_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *html, const char *detail) {
        QTest::newRow(html) << QString::fromUtf8(html) << QString::fromLatin1(detail);
    };
    row("\xC3\xA9<x>", "Unsupported start tag \"x\" at byte offset 2");
    row("<b>open", "Can't find end tag corresponding to start tag \"b\"");
    row("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"");
    row("x</b>", "Unexpected end tag at byte offset 1");
    row("<b", "Unclosed start tag at byte offset 0");
    row("<a href=\"x>l</a>", "Unclosed start tag at byte offset 0");
    row("<b>x</b", "Unclosed end tag at byte offset 4");
    row("a < b", "Unsupported start tag \"\" at byte offset 2");
    row("<", "Unsupported start tag \"\" at byte offset 0");
}

void TestTelegramMethods::brokenHtmlIsRefusedInTelegramsWords()
{
    QFETCH(QString, html);
    QFETCH(QString, detail);
    const auto parsed = parseHtml(html);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().detail, detail);
}

void TestTelegramMethods::entitiesAreInTheOrderOfTheBotApi()
{
    const auto parsed =
        parseHtml(u"<b>a<i>b</i></b><pre><code class=\"language-sh\">c</code></pre>");
    QStringList types;
    for (const Entity &entity : parsed->entities)
        types << entity.type;
    QCOMPARE(types.first(), QStringLiteral("bold"));
    QCOMPARE(types.at(1), QStringLiteral("italic"));
    QCOMPARE(types.size(), 4);
}

REGISTER_TEST(TestTelegramMethods);

} // namespace tst_telegram_methods

#include "tst_telegram_methods.moc"
