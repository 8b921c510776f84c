#include "language/catalogue.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

namespace tst_catalogue {

using namespace language::literals;
using language::Catalogue;
using language::CoinAmount;
using language::Key;
using language::Markup;
using language::Text;

// `send` takes a Text, and a sentence must not become one unasked.
static_assert(!std::is_convertible_v<const char *, Text>);
static_assert(!std::is_convertible_v<const char *, Key>);
static_assert(!std::is_convertible_v<QString, Text>);
static_assert(!std::is_convertible_v<QString, Key>);
static_assert(!std::is_constructible_v<Text, const char *>);
static_assert(!std::is_constructible_v<Text, QString>);
static_assert(!std::is_constructible_v<Key, const char *>);
static_assert(std::is_constructible_v<Text, Key>);

class TestCatalogue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theFourLanguagesAreOfferedInTheirOwnNames();
    void moneyIsWrittenAsTheLanguageWritesIt_data();
    void moneyIsWrittenAsTheLanguageWritesIt();
    void coinAmountsAndNumbersFollowTheLanguage();
    void timesAreUtcAndInTheLanguage();
    void countChoosesThePluralForm_data();
    void countChoosesThePluralForm();
    void valuesAreEscapedAndMarkupIsNot();
    void plainTextIsNotEscapedAndRefusesMarkup();
    void aValueThatLooksLikeAPlaceholderStaysAsItIs();
    void aKeyAsArgumentIsRenderedInTheSameLanguage();
    void exactTagThenLanguageThenEnglish();
    void fallbacksAreCountedByLanguageAndKeyFromAnyThread();
    void whatIsMissingIsAnInternalErrorThatNamesIt_data();
    void whatIsMissingIsAnInternalErrorThatNamesIt();
    void theFirstGuessIsTheClosestLanguage_data();
    void theFirstGuessIsTheClosestLanguage();
    void theVersionChangesWithTheTexts();
    void aFolderWithoutEnglishIsRefused();
    void aBrokenFileIsRefused();
    void aTextSurvivesItsStorage();
    void whatIsNoStoredTextIsRefused_data();
    void whatIsNoStoredTextIsRefused();

private:
    QString text(const Text &text, const char *language) const;
    /// A folder with copies of some embedded catalogues, under the names given.
    void copyCatalogues(const QTemporaryDir &to, const QList<std::pair<QString, QString>> &files);

    std::shared_ptr<const Catalogue> m_catalogue;
};

namespace {

core::Decimal decimal(const char *digits)
{
    return core::Decimal::parse(QString::fromLatin1(digits)).value();
}

Timestamp moment(const char *iso)
{
    return core::fromIso(QString::fromLatin1(iso)).value();
}

/// Makes no-break spaces visible, so that a failure can be read.
QString visible(QString text)
{
    return text.replace(QChar(0xA0), u'_').replace(QChar(0x202F), u'-');
}

Text lineWith(language::Argument amount)
{
    return {"wallet.history.line"_key,
            {{"time", QStringLiteral("T")},
             {"kind", QStringLiteral("K")},
             {"amount", std::move(amount)}}};
}

} // namespace

void TestCatalogue::initTestCase()
{
    const auto loaded = Catalogue::load();
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().detail));
    m_catalogue = *loaded;
}

QString TestCatalogue::text(const Text &text, const char *language) const
{
    const auto rendered = m_catalogue->render(text, QString::fromLatin1(language));
    return rendered ? visible(rendered->text) : QStringLiteral("error: ") + rendered.error().detail;
}

void TestCatalogue::copyCatalogues(const QTemporaryDir &to,
                                   const QList<std::pair<QString, QString>> &files)
{
    for (const auto &[from, name] : files) {
        const QString source = QStringLiteral(":/translations/bot/%1.qm").arg(from);
        QVERIFY(QFile::copy(source, to.filePath(name)));
    }
}

void TestCatalogue::theFourLanguagesAreOfferedInTheirOwnNames()
{
    QStringList names;
    for (const language::Language &each : m_catalogue->languages())
        names << each.tag + u'=' + each.nativeName;
    QCOMPARE(names.join(u' '), QStringLiteral("en=English hi=हिन्दी zh=中文 fr=Français"));
}

void TestCatalogue::moneyIsWrittenAsTheLanguageWritesIt_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("micros");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *language, const char *amount, const char *expected) {
        QTest::addRow("%s %s", language, amount)
            << QString::fromLatin1(language) << QString::fromLatin1(amount)
            << QString::fromUtf8(expected);
    };
    row("en", "25", "25.00_USD");
    row("hi", "25", "25.00_USD");
    row("zh", "25", "25.00_USD");
    row("fr", "25", "25,00_USD");
    row("en", "-1234567.5", "-1,234,567.50_USD");
    row("fr", "1234.5", "1-234,50_USD");
    row("en", "0.583334", "0.583334_USD");
    row("en", "999", "999.00_USD");
}

void TestCatalogue::moneyIsWrittenAsTheLanguageWritesIt()
{
    QFETCH(QString, language);
    QFETCH(QString, micros);
    QFETCH(QString, expected);
    const Text line = lineWith(Money::parse(micros).value());
    const QString shown = text(line, language.toLatin1().constData());
    QCOMPARE(shown, QStringLiteral("T · K · ") + expected);
}

void TestCatalogue::coinAmountsAndNumbersFollowTheLanguage()
{
    const CoinAmount coins{decimal("1234.60241"), QStringLiteral("USDT")};
    QCOMPARE(text(lineWith(coins), "en"), QStringLiteral("T · K · 1,234.60241_USDT"));
    QCOMPARE(text(lineWith(coins), "fr"), QStringLiteral("T · K · 1-234,60241_USDT"));
    QCOMPARE(text(lineWith(decimal("0.5")), "fr"), QStringLiteral("T · K · 0,5"));
    QCOMPARE(text(lineWith(qint64(12345)), "en"), QStringLiteral("T · K · 12,345"));
}

void TestCatalogue::timesAreUtcAndInTheLanguage()
{
    const Text line = lineWith(moment("2026-11-22T17:04:05.9Z"));
    QCOMPARE(text(line, "en"), QStringLiteral("T · K · 22_Nov_2026_17:04_UTC"));
    QCOMPARE(text(line, "fr"), QStringLiteral("T · K · 22_nov._2026_17:04_UTC"));
    QCOMPARE(text(line, "zh"), QStringLiteral("T · K · 2026年11月22日_17:04_UTC"));
}

void TestCatalogue::countChoosesThePluralForm_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *language, int count, const char *expected) {
        QTest::addRow("%s %d", language, count)
            << QString::fromLatin1(language) << count << QString::fromUtf8(expected);
    };
    row("en", 0, "Waiting for your payment: 0 minutes left.");
    row("en", 1, "Waiting for your payment: 1 minute left.");
    row("en", 1440, "Waiting for your payment: 1,440 minutes left.");
    row("fr", 0, "En attente de votre paiement_: il reste 0 minute.");
    row("fr", 2, "En attente de votre paiement_: il reste 2 minutes.");
    row("hi", 1, "आपके भुगतान की प्रतीक्षा है: 1 मिनट बाकी है।");
    row("hi", 5, "आपके भुगतान की प्रतीक्षा है: 5 मिनट बाकी हैं।");
    row("zh", 5, "正在等待您的付款：还剩 5 分钟。");
}

void TestCatalogue::countChoosesThePluralForm()
{
    QFETCH(QString, language);
    QFETCH(int, count);
    QFETCH(QString, expected);
    const Text waiting{"topup.status.waiting"_key, {}, count};
    QCOMPARE(text(waiting, language.toLatin1().constData()), expected);
}

void TestCatalogue::valuesAreEscapedAndMarkupIsNot()
{
    const QString value = QStringLiteral("<b>&\"</b>");
    QCOMPARE(text(lineWith(value), "en"), QStringLiteral("T · K · &lt;b&gt;&amp;&quot;&lt;/b&gt;"));
    QCOMPARE(text(lineWith(Markup{value}), "en"), QStringLiteral("T · K · <b>&\"</b>"));
    const CoinAmount coins{decimal("1"), QStringLiteral("<i>")};
    QCOMPARE(text(lineWith(coins), "en"), QStringLiteral("T · K · 1_&lt;i&gt;"));
}

void TestCatalogue::plainTextIsNotEscapedAndRefusesMarkup()
{
    const auto plain =
        m_catalogue->renderPlain(lineWith(QStringLiteral("a & b")), QStringLiteral("en"));
    QVERIFY(plain);
    QCOMPARE(plain->text, QStringLiteral("T · K · a & b"));
    const auto refused = m_catalogue->renderPlain(lineWith(Markup{QStringLiteral("<b>a</b>")}),
                                                  QStringLiteral("en"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Internal);
}

void TestCatalogue::aValueThatLooksLikeAPlaceholderStaysAsItIs()
{
    const Text line = lineWith(QStringLiteral("{time} %n {nobody}"));
    QCOMPARE(text(line, "en"), QStringLiteral("T · K · {time} %n {nobody}"));
}

void TestCatalogue::aKeyAsArgumentIsRenderedInTheSameLanguage()
{
    QCOMPARE(text(lineWith("wallet.kind.deposit"_key), "en"), QStringLiteral("T · K · Top-up"));
    QCOMPARE(text(lineWith("wallet.kind.deposit"_key), "fr"), QStringLiteral("T · K · Dépôt"));
    QVERIFY(text(lineWith("no.such"_key), "fr").contains(QStringLiteral("no.such")));
}

void TestCatalogue::exactTagThenLanguageThenEnglish()
{
    const QTemporaryDir folder;
    copyCatalogues(folder, {{QStringLiteral("en"), QStringLiteral("en.qm")},
                            {QStringLiteral("fr"), QStringLiteral("fr.qm")},
                            {QStringLiteral("hi"), QStringLiteral("fr_CA.qm")}});
    const auto catalogue = Catalogue::load(folder.path());
    QVERIFY(catalogue);
    const auto used = [&catalogue](const char *tag) {
        const auto rendered =
            (*catalogue)->render({"menu.button.help"_key}, QString::fromLatin1(tag));
        return rendered->languageUsed + (rendered->isFallback ? u'!' : u' ') + rendered->text;
    };
    QCOMPARE(used("fr-CA"), QStringLiteral("fr-ca सहायता"));
    QCOMPARE(used("fr-BE"), QStringLiteral("fr Aide"));
    QCOMPARE(used("zh"), QStringLiteral("en!Help"));
    QCOMPARE(used("en-GB"), QStringLiteral("en Help"));
}

void TestCatalogue::fallbacksAreCountedByLanguageAndKeyFromAnyThread()
{
    const auto catalogue = Catalogue::load().value();
    const auto renderMany = [&catalogue] {
        for (int i = 0; i < 500; ++i) {
            (void)catalogue->render({"menu.button.help"_key}, QStringLiteral("de"));
            (void)catalogue->render({"menu.button.help"_key}, QStringLiteral("fr"));
        }
    };
    std::thread first(renderMany);
    std::thread second(renderMany);
    first.join();
    second.join();
    (void)catalogue->render({"button.back"_key}, QStringLiteral("de-AT"));
    const std::vector<language::FallbackCount> expected{
        {QStringLiteral("de"), QStringLiteral("button.back"), 1},
        {QStringLiteral("de"), QStringLiteral("menu.button.help"), 1000},
    };
    QCOMPARE(catalogue->fallbacks(), expected);
}

void TestCatalogue::whatIsMissingIsAnInternalErrorThatNamesIt_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("named");
    QTest::newRow("key") << QStringLiteral("no.such.key") << QStringLiteral("no.such.key");
    QTest::newRow("argument") << QStringLiteral("menu.title") << QStringLiteral("balance");
    QTest::newRow("count") << QStringLiteral("message.stale") << QStringLiteral("message.stale");
}

void TestCatalogue::whatIsMissingIsAnInternalErrorThatNamesIt()
{
    QFETCH(QString, key);
    QFETCH(QString, named);
    const auto rendered = m_catalogue->render({Key(key)}, QStringLiteral("fr"));
    QVERIFY(!rendered);
    QCOMPARE(rendered.error().code, ErrorCode::Internal);
    QVERIFY(rendered.error().detail.contains(named));
}

void TestCatalogue::theFirstGuessIsTheClosestLanguage_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("expected");
    for (const auto &[code, expected] :
         std::initializer_list<std::pair<const char *, const char *>>{{"en", "en"},
                                                                      {"fr", "fr"},
                                                                      {"FR-ca", "fr"},
                                                                      {"zh-hans", "zh"},
                                                                      {"zh-CN", "zh"},
                                                                      {"zh_TW", "zh"},
                                                                      {"hi-IN", "hi"},
                                                                      {"pt-br", "en"},
                                                                      {"", "en"},
                                                                      {"x", "en"}})
        QTest::addRow("'%s'", code) << QString::fromLatin1(code) << QString::fromLatin1(expected);
}

void TestCatalogue::theFirstGuessIsTheClosestLanguage()
{
    QFETCH(QString, code);
    QFETCH(QString, expected);
    QCOMPARE(m_catalogue->closestLanguage(code), expected);
}

void TestCatalogue::theVersionChangesWithTheTexts()
{
    QCOMPARE(m_catalogue->version().size(), 12);
    QCOMPARE(Catalogue::load().value()->version(), m_catalogue->version());
    const QTemporaryDir folder;
    copyCatalogues(folder, {{QStringLiteral("en"), QStringLiteral("en.qm")}});
    QVERIFY(Catalogue::load(folder.path()).value()->version() != m_catalogue->version());
}

void TestCatalogue::aFolderWithoutEnglishIsRefused()
{
    const QTemporaryDir folder;
    copyCatalogues(folder, {{QStringLiteral("fr"), QStringLiteral("fr.qm")}});
    const auto loaded = Catalogue::load(folder.path());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::ConfigurationInvalid);
}

void TestCatalogue::aBrokenFileIsRefused()
{
    const QTemporaryDir folder;
    copyCatalogues(folder, {{QStringLiteral("en"), QStringLiteral("en.qm")}});
    QFile broken(folder.filePath(QStringLiteral("fr.qm")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a catalogue");
    broken.close();
    const auto loaded = Catalogue::load(folder.path());
    QVERIFY(!loaded);
    QVERIFY(loaded.error().detail.contains(QStringLiteral("fr.qm")));
}

void TestCatalogue::aTextSurvivesItsStorage()
{
    const Text whole{"any.key"_key,
                     {{"text", QStringLiteral("<ü>")},
                      {"key", "other.key"_key},
                      {"markup", Markup{QStringLiteral("<b>x</b>")}},
                      {"money", Money::fromMicros(-25000001)},
                      {"decimal", decimal("0.000000000000000001")},
                      {"coin", CoinAmount{decimal("24.98"), QStringLiteral("USDT")}},
                      {"number", qint64(1) << 60},
                      {"time", moment("2026-11-22T17:04:05.123456Z")}},
                     7};
    const Text bare{"any.key"_key};
    for (const Text &stored : {whole, bare}) {
        const auto json = core::parseJson(core::toBytes(toJson(stored)));
        QVERIFY(json);
        const auto read = language::textFromJson(*json);
        QVERIFY(read);
        QVERIFY(*read == stored);
    }
}

void TestCatalogue::whatIsNoStoredTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no key") << QByteArray(R"({"count":1})");
    QTest::newRow("empty key") << QByteArray(R"({"key":""})");
    QTest::newRow("arguments") << QByteArray(R"({"key":"a","arguments":[1]})");
    QTest::newRow("unknown type") << QByteArray(
        R"({"key":"a","arguments":{"x":{"colour":"red"}}})");
    QTest::newRow("plain value") << QByteArray(R"({"key":"a","arguments":{"x":"y"}})");
    QTest::newRow("decimal") << QByteArray(R"({"key":"a","arguments":{"x":{"decimal":"-1"}}})");
    QTest::newRow("time") << QByteArray(R"({"key":"a","arguments":{"x":{"time":"soon"}}})");
    QTest::newRow("count") << QByteArray(R"({"key":"a","count":-1})");
    QTest::newRow("huge count") << QByteArray(R"({"key":"a","count":4294967297})");
}

void TestCatalogue::whatIsNoStoredTextIsRefused()
{
    QFETCH(QByteArray, json);
    const auto read = language::textFromJson(core::parseJson(json).value());
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadInput);
}

REGISTER_TEST(TestCatalogue);

} // namespace tst_catalogue

#include "tst_catalogue.moc"
