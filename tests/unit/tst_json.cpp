#include "core/json.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_json {

using core::parseJson;

class TestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fractionsStayTheTextThatWasSent_data();
    void fractionsStayTheTextThatWasSent();
    void wholeNumbersKeepTheirSixtyFourBits();
    void nestingEndsAtItsLimit();
    void nestingOfAnyDepthIsSafe();
    void malformedTextIsBadInput_data();
    void malformedTextIsBadInput();
    void readersNeverThrow_data();
    void readersNeverThrow();
    void readersTakeNumbersAndTheirTexts();
    void whatIsWrittenIsReadBack();
    void brokenUtf8IsReplaced();
};

void TestJson::fractionsStayTheTextThatWasSent_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"0.60241", "0.1", "50.00", "1e-7", "1E5", "0.123456789012345678",
                               "-2.50", "18446744073709551616", "-9223372036854775809"})
        QTest::newRow(number) << QByteArray(number);
}

void TestJson::fractionsStayTheTextThatWasSent()
{
    QFETCH(QByteArray, number);
    const auto json = parseJson("{\"n\":" + number + "}");
    QVERIFY(json);
    QVERIFY(json->at("n").is_string());
    QCOMPARE(core::numberText(*json, "n"), QString::fromLatin1(number));
}

void TestJson::wholeNumbersKeepTheirSixtyFourBits()
{
    const auto json = parseJson("[9223372036854775807,-9223372036854775808,18446744073709551615]");
    QVERIFY(json);
    QCOMPARE(json->at(0).get<qint64>(), std::numeric_limits<qint64>::max());
    QCOMPARE(json->at(1).get<qint64>(), std::numeric_limits<qint64>::min());
    QCOMPARE(json->at(2).get<quint64>(), std::numeric_limits<quint64>::max());
}

void TestJson::nestingEndsAtItsLimit()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(parseJson(nested(core::kJsonDepthMax)));
    QVERIFY(!parseJson(nested(core::kJsonDepthMax + 1)));
    QVERIFY(parseJson(nested(3), 3));
    QVERIFY(!parseJson(nested(4), 3));
    // Depth is how deep, not how many.
    QVERIFY(parseJson("[" + QByteArray("[],").repeated(100) + "[]]", 2));
}

void TestJson::nestingOfAnyDepthIsSafe()
{
    QVERIFY(!parseJson(QByteArray(1'000'000, '[')));
    QVERIFY(!parseJson(QByteArray("{\"a\":").repeated(500'000)));
}

void TestJson::malformedTextIsBadInput_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "[1,]", "{}x", "nul", "NaN",
          "01", "1.", "\"\\ud800\"", "\"\xff\"", "{\"a\":1e400}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::malformedTextIsBadInput()
{
    QFETCH(QByteArray, text);
    const auto json = parseJson(text);
    QVERIFY(!json);
    QCOMPARE(json.error().code, ErrorCode::BadInput);
}

void TestJson::readersNeverThrow_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"null", "5", "\"k\"", "[]", "[{\"k\":1}]", "true", "{}",
                             "{\"k\":null}", "{\"k\":[]}", "{\"k\":{}}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::readersNeverThrow()
{
    QFETCH(QByteArray, text);
    const Json json = parseJson(text).value();
    QCOMPARE(core::textMember(json, "k"), std::optional<QString>());
    QCOMPARE(core::numberText(json, "k"), std::optional<QString>());
    QCOMPARE(core::integerMember(json, "k"), std::optional<qint64>());
    QCOMPARE(core::boolMember(json, "k"), std::optional<bool>());
}

void TestJson::readersTakeNumbersAndTheirTexts()
{
    const Json json = parseJson(R"({"i":25,"s":"25","f":2.5,"b":true,"t":"x","n":-3})").value();
    QCOMPARE(core::integerMember(json, "i"), 25);
    QCOMPARE(core::integerMember(json, "s"), 25);
    QCOMPARE(core::integerMember(json, "n"), -3);
    QVERIFY(!core::integerMember(json, "f"));
    QVERIFY(!core::integerMember(json, "t"));
    QCOMPARE(core::numberText(json, "i"), QStringLiteral("25"));
    QCOMPARE(core::numberText(json, "f"), QStringLiteral("2.5"));
    QVERIFY(!core::textMember(json, "i"));
    QCOMPARE(core::boolMember(json, "b"), true);
    QVERIFY(!core::boolMember(json, "t"));
    QVERIFY(core::member(json, "i") && !core::member(json, "absent"));
}

void TestJson::whatIsWrittenIsReadBack()
{
    const Json json = {{"text", QStringLiteral("Grüß Gott 你好 \U0001F4DE \"\\\n")},
                       {"list", {1, true, nullptr}}};
    QCOMPARE(parseJson(core::toBytes(json)).value(), json);
    QCOMPARE(core::textMember(json, "text"), QStringLiteral("Grüß Gott 你好 \U0001F4DE \"\\\n"));
}

void TestJson::brokenUtf8IsReplaced()
{
    const QByteArray written = core::toBytes(Json{{"a", std::string("x\xffy")}});
    QCOMPARE(core::textMember(parseJson(written).value(), "a"), QStringLiteral("x\uFFFDy"));
}

REGISTER_TEST(TestJson);

} // namespace tst_json

#include "tst_json.moc"
