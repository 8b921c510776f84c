#include "language/checks.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace tst_translations {

using language::CheckReport;
using language::Finding;
using language::Message;
using language::Severity;
using language::TranslationFile;

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theShippedTextsHaveNoFindingAtAll();
    void everyLanguageIsComplete();
    void everyKeyInTheSourceExistsInEnglish();
    void everyEnglishTextIsUsed();
    void aGoodTranslationHasNoFinding();
    void eachCheckFindsItsMistake_data();
    void eachCheckFindsItsMistake();
    void aMistakeInEnglishIsFoundToo();
    void aPluralIsHeldToItsLanguage_data();
    void aPluralIsHeldToItsLanguage();
    void missingAndStrayKeysAreFound();
    void coverageCountsWhatIsFinishedAndClean();
    void textsMarkedAsGoneAreNotRead();
    void brokenFilesAreRefused();
};

namespace {

Message message(const QString &key, const QString &source, const QStringList &forms)
{
    return {
        .key = key,
        .source = source,
        .forms = forms,
        .isPlural = forms.size() > 1,
        .isFinished = true,
    };
}

TranslationFile fileOf(const QString &language, std::vector<Message> messages)
{
    return {.language = language, .messages = std::move(messages)};
}

/// "T03 T12" with "W" behind warnings; each once.
QString checksOf(const std::vector<Finding> &findings, const QString &language)
{
    QStringList checks;
    for (const Finding &each : findings) {
        if (each.language == language)
            checks << each.check + QLatin1String(each.severity == Severity::Warning ? "W" : "");
    }
    checks.removeDuplicates();
    checks.sort();
    return checks.join(u' ');
}

QString inWords(const CheckReport &report)
{
    QStringList lines;
    for (const Finding &each : report.findings)
        lines
            << QStringLiteral("%1 %2 %3: %4").arg(each.check, each.language, each.key, each.words);
    return lines.join(u'\n');
}

QSet<QString> keysInSource()
{
    static const QRegularExpression literal(QStringLiteral("\"([^\"\\s]+)\"_key"));
    QSet<QString> keys;
    for (const char *folder : {"/backend", "/app"}) {
        QDirIterator files(QStringLiteral(SPEECHCAD_SOURCE_DIR) + QLatin1String(folder),
                           {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            auto found = literal.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext())
                keys.insert(found.next().captured(1));
        }
    }
    return keys;
}

QSet<QString> keysInEnglish()
{
    QSet<QString> keys;
    const auto files = language::embeddedTranslationFiles().value();
    for (const Message &each : files.front().messages)
        keys.insert(each.key);
    return keys;
}

QString listed(const QSet<QString> &keys)
{
    QStringList sorted(keys.begin(), keys.end());
    sorted.sort();
    return sorted.join(u' ');
}

} // namespace

void TestTranslations::theShippedTextsHaveNoFindingAtAll()
{
    const auto report = language::checkEmbeddedTranslations();
    QVERIFY2(report, qPrintable(report ? QString() : report.error().detail));
    QCOMPARE(inWords(*report), QString());
}

void TestTranslations::everyLanguageIsComplete()
{
    const auto report = language::checkEmbeddedTranslations().value();
    QStringList languages;
    for (const language::Coverage &each : report.coverage) {
        languages << each.language;
        QVERIFY(each.total > 0);
        QCOMPARE(each.finishedAndClean, each.total);
    }
    QCOMPARE(languages.join(u' '), QStringLiteral("en hi zh fr"));
}

void TestTranslations::everyKeyInTheSourceExistsInEnglish()
{
    const QString missing = listed(keysInSource() - keysInEnglish());
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
}

void TestTranslations::everyEnglishTextIsUsed()
{
    const QString unused = listed(keysInEnglish() - keysInSource());
    QVERIFY2(unused.isEmpty(), qPrintable(unused));
}

void TestTranslations::aGoodTranslationHasNoFinding()
{
    const QString source = QStringLiteral("<b>Pay {amount}</b>, 25 USD, or send /start.");
    const QString french = QStringLiteral("<b>Payez {amount}</b>, 25 USD, ou envoyez /start.");
    const auto english =
        fileOf(QStringLiteral("en"), {message(QStringLiteral("a.text"), source, {source})});
    const std::vector<TranslationFile> others{
        fileOf(QStringLiteral("fr"), {message(QStringLiteral("a.text"), source, {french})})};
    const CheckReport report = checkTranslations(english, others);
    QCOMPARE(inWords(report), QString());
    QVERIFY(!report.hasErrors());
}

void TestTranslations::eachCheckFindsItsMistake_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("translation");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *expected, const QString &source,
                        const QString &translation, const char *language = "fr",
                        const char *key = "a.text") {
        QTest::newRow(name) << QString::fromLatin1(key) << source << QString::fromLatin1(language)
                            << translation << QString::fromLatin1(expected);
    };
    const auto text = [](const char *utf8) { return QString::fromUtf8(utf8); };
    row("empty", "T01", text("Yes"), QString());
    row("named placeholder lost", "T03", text("Pay {amount}"), text("Payez"));
    row("named placeholder renamed", "T03", text("Pay {amount}"), text("Payez {montant}"));
    row("placeholder twice", "T03", text("Pay {sum}"), text("Payez {sum} {sum}"));
    row("numbered placeholder", "T03", text("Pay %1 now"), text("Payez %2 maintenant"));
    row("count without plural", "T03", text("Pay now"), text("Payez %n fois"));
    row("message too long", "T07", text("Long"), QString(4097, u'x'));
    row("longest message", "", text("Long"), QString(4096, u'x'));
    row("markup does not count", "T09", text("Long"),
        text("<b>") + QString(4096, u'x') + text("</b>"));
    row("values count", "T07", text("{a}"), text("{a}") + QString(4080, u'x'));
    row("button too long", "T07", text("Pay"), QString(41, u'x'), "fr", "a.button.pay");
    row("command too long", "T07", text("Pay"), QString(257, u'x'), "fr", "command.pay");
    row("unbalanced", "T08 T09", text("<b>Pay</b>"), text("<b>Payez"));
    row("crossed", "T08", text("<b><i>Pay</i></b>"), text("<b><i>Payez</b></i>"));
    row("unknown tag", "T08 T09", text("<b>Pay</b>"), text("<h1>Payez</h1>"));
    row("bare ampersand", "T08", text("You &amp; I"), text("Vous & moi"));
    row("bare less-than", "T08", text("Less"), text("a < b"));
    row("markup in a button", "T08 T09", text("Pay"), text("<b>Payez</b>"), "fr", "button.pay");
    row("other tag", "T09", text("<b>Pay</b>"), text("<i>Payez</i>"));
    row("link", "T10", text("See https://a.org/x"), text("Voyez https://b.org/x"));
    row("user name", "T10", text("Ask @support_bot"), text("Demandez @soutien_bot"));
    row("command", "T11", text("Send /start now"), text("Envoyez /commencer"));
    row("currency", "T12", text("Pay in USD"), text("Payez en EUR"));
    row("coin", "T12", text("Send USDT"), text("Envoyez USDC"));
    row("amount", "T12", text("Up to 1,500"), text("Jusque 1.600"));
    row("same amount, other signs", "", text("Up to 1,500"), text("Jusque 1.500"));
    row("not translated", "T13W", text("Pay now"), text("Pay now"));
    row("nothing to translate", "", text("{a} · {b}"), text("{a} · {b}"));
    row("override", "T15", text("Pay"), text("Payez \u202Evite"));
    row("isolate without end", "T15", text("Pay"), text("Payez \u2068vite"));
    row("isolate", "", text("Pay"), text("Payez \u2068vite\u2069"));
    row("end mark", "T17W", text("Pay."), text("Payez"));
    row("end mark of another script", "", text("Pay."), text("请付款。"), "zh");
    row("two spaces", "T18W", text("Pay now"), text("Payez  maintenant"));
    row("space at the end", "T18W", text("Pay now"), text("Payez maintenant "));
    row("French marks need their space", "T18W", text("Pay?"), text("Payez?"));
    row("French marks with a space that breaks", "T18W", text("Pay?"), text("Payez ?"));
    row("French marks as they should be", "", text("Pay?"), text("Payez\u00A0?"));
    row("space before a mark", "T18W", text("Pay?"), text("भुगतान करें ?"), "hi");
    row("line break at the end", "T19", text("Pay"), text("Payez\n"));
    row("Latin in Hindi", "T23", text("Pay now"), text("Bhugtan karen"), "hi");
    row("Latin in Chinese", "T23", text("Pay now"), text("Qing fukuan"), "zh");
    row("names may be Latin", "", text("Use Telegram"), text("用 Telegram"), "zh");
}

void TestTranslations::eachCheckFindsItsMistake()
{
    QFETCH(QString, key);
    QFETCH(QString, source);
    QFETCH(QString, language);
    QFETCH(QString, translation);
    QFETCH(QString, expected);
    const auto english = fileOf(QStringLiteral("en"), {message(key, source, {source})});
    const std::vector<TranslationFile> others{
        fileOf(language, {message(key, source, {translation})})};
    const CheckReport report = checkTranslations(english, others);
    QCOMPARE(checksOf(report.findings, language), expected);
    QCOMPARE(report.hasErrors(), !expected.isEmpty() && !expected.contains(u'W'));
}

void TestTranslations::aMistakeInEnglishIsFoundToo()
{
    const QString source = QStringLiteral("<b>Pay");
    const auto english =
        fileOf(QStringLiteral("en"), {message(QStringLiteral("a.text"), source, {source})});
    QCOMPARE(checksOf(checkTranslations(english, {}).findings, QStringLiteral("en")),
             QStringLiteral("T08"));
}

void TestTranslations::aPluralIsHeldToItsLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QStringList>("forms");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *language, const QStringList &forms,
                        const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(language) << forms
                            << QString::fromLatin1(expected);
    };
    const QString one = QStringLiteral("%n jour");
    const QString many = QStringLiteral("%n jours");
    row("good", "fr", {one, many}, "");
    row("form missing", "fr", {one}, "T04");
    row("form too many", "fr", {one, many, many}, "T04");
    row("count missing for many", "fr", {one, QStringLiteral("jours")}, "T05");
    row("French one is also zero", "fr", {QStringLiteral("un jour"), many}, "T05");
    row("Hindi one is only one", "hi", {QStringLiteral("एक दिन"), QStringLiteral("%n दिनों")}, "");
    row("all equal", "fr", {many, many}, "T06W");
    row("one form in Chinese", "zh", {QStringLiteral("%n 天")}, "");
    row("Chinese needs the count", "zh", {QStringLiteral("天")}, "T05");
    row("language without a known rule", "tlh", {many, one}, "T04");
}

void TestTranslations::aPluralIsHeldToItsLanguage()
{
    QFETCH(QString, language);
    QFETCH(QStringList, forms);
    QFETCH(QString, expected);
    const QString key = QStringLiteral("a.text");
    const QString source = QStringLiteral("%n days");
    Message target = message(key, source, forms);
    target.isPlural = true;
    const auto english =
        fileOf(QStringLiteral("en"), {message(key, source, {QStringLiteral("%n day"), source})});
    const std::vector<TranslationFile> others{fileOf(language, {target})};
    QCOMPARE(checksOf(checkTranslations(english, others).findings, language), expected);
}

void TestTranslations::missingAndStrayKeysAreFound()
{
    const QString text = QStringLiteral("Pay");
    const QString french = QStringLiteral("Payez");
    const auto english =
        fileOf(QStringLiteral("en"), {message(QStringLiteral("a.text"), text, {text})});
    const std::vector<TranslationFile> others{
        fileOf(QStringLiteral("fr"), {message(QStringLiteral("b.text"), text, {french}),
                                      message(QStringLiteral("b.text"), text, {french})})};
    QStringList seen;
    for (const Finding &each : checkTranslations(english, others).findings)
        seen << each.check + u' ' + each.key + u' ' + each.words;
    QCOMPARE(seen, (QStringList{
                       QStringLiteral("T01 a.text is missing"),
                       QStringLiteral("T01 b.text is missing in English"),
                       QStringLiteral("T01 b.text is missing in English"),
                       QStringLiteral("T01 b.text stands there twice"),
                   }));
}

void TestTranslations::coverageCountsWhatIsFinishedAndClean()
{
    const auto key = [](int number) { return QStringLiteral("a.text.%1").arg(number); };
    const QString text = QStringLiteral("Pay {sum}");
    const QString french = QStringLiteral("Payez {sum}");
    TranslationFile english = fileOf(QStringLiteral("en"), {});
    for (int i = 1; i <= 5; ++i)
        english.messages.push_back(message(key(i), text, {text}));
    Message unfinished = message(key(2), text, {french});
    unfinished.isFinished = false;
    const std::vector<TranslationFile> others{
        fileOf(QStringLiteral("fr"), {message(key(1), text, {french}), unfinished,
                                      message(key(3), text, {QStringLiteral("Payez")}),
                                      message(key(4), QStringLiteral("Buy {sum}"), {french})})};
    const CheckReport report = checkTranslations(english, others);
    QCOMPARE(checksOf(report.findings, QStringLiteral("fr")), QStringLiteral("T01 T02 T03 T14"));
    const std::vector<language::Coverage> expected{
        {.language = QStringLiteral("en"), .total = 5, .finishedAndClean = 5},
        {.language = QStringLiteral("fr"), .total = 5, .finishedAndClean = 1},
    };
    QCOMPARE(report.coverage, expected);
}

void TestTranslations::textsMarkedAsGoneAreNotRead()
{
    const auto file = language::readTranslationFile(
        R"(<TS version="2.1" language="pt_BR"><context><name></name>
        <message id="a"><source>A</source><extracomment>Why</extracomment>
            <translation type="unfinished">B</translation></message>
        <message id="b"><source>A</source><translation type="vanished">B</translation></message>
        <message id="c" numerus="yes"><source>C</source><translation>
            <numerusform>one</numerusform><numerusform>many</numerusform></translation></message>
        </context></TS>)");
    QVERIFY(file);
    QCOMPARE(file->language, QStringLiteral("pt-br"));
    QCOMPARE(file->messages.size(), size_t(2));
    QVERIFY(!file->messages[0].isFinished);
    QCOMPARE(file->messages[0].forms, QStringList{QStringLiteral("B")});
    QVERIFY(file->messages[1].isPlural && file->messages[1].isFinished);
    QCOMPARE(file->messages[1].forms.size(), 2);
}

void TestTranslations::brokenFilesAreRefused()
{
    for (const char *xml : {"", "no xml", "<html/>", "<TS language=\"fr\"><context>"}) {
        const auto file = language::readTranslationFile(xml);
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::BadInput);
    }
}

REGISTER_TEST(TestTranslations);

} // namespace tst_translations

#include "tst_translations.moc"
