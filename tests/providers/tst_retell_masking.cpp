#include "providers/retell/masking.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_retell_masking {

using providers::retell::masked;

class TestRetellMasking final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsOfThreeAndMoreDigitsAreMasked_data();
    void runsOfThreeAndMoreDigitsAreMasked();
    void callsAreMaskedWhereverTheyStand();
    void keysThatWerePressedAreNotKept();
    void recordingIsKeptOnlyOfARecordedCall();
};

void TestRetellMasking::runsOfThreeAndMoreDigitsAreMasked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *text, const char *result) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(result);
    };
    row("nothing to hide", "nothing to hide");
    row("at 10 o'clock", "at 10 o'clock");
    row("code 123", "code [3 digits]");
    row("code 4711.", "code [4 digits].");
    row("4 7 1 1", "[4 digits]");
    row("4-7-1-1", "[4 digits]");
    row("4, 7, 1, 1", "[4 digits]");
    row("4111 1111 1111 1111 and 12/27", "[16 digits] and 12/27");
    row("1234 then 5678", "[4 digits] then [4 digits]");
    row("कोड ४७११", "कोड [4 digits]"); // digits of another script
    row("", "");
}

void TestRetellMasking::runsOfThreeAndMoreDigitsAreMasked()
{
    QFETCH(QString, text);
    QTEST(masked(text), "result");
    QCOMPARE(masked(masked(text)), masked(text));
}

void TestRetellMasking::callsAreMaskedWhereverTheyStand()
{
    const Json call = {{"call_id", "c12345"}, {"transcript", "User: 12345"}};
    for (Json body :
         {call, Json{{"call", call}}, Json{{"items", Json::array({call})}}, Json::array({call})}) {
        providers::retell::maskCallsIn(body);
        const QString text = QString::fromStdString(body.dump());
        QVERIFY2(text.contains(QStringLiteral("User: [5 digits]")), qUtf8Printable(text));
        QVERIFY2(text.contains(QStringLiteral("c12345")), qUtf8Printable(text));
    }
    Json strange = "12345";
    providers::retell::maskCallsIn(strange);
    QCOMPARE(strange.get<std::string>(), std::string("12345"));
}

void TestRetellMasking::keysThatWerePressedAreNotKept()
{
    Json items = Json::array({{{"role", "agent"}, {"content", "Hello."}}});
    for (const char *digit : {"4", "7", "1", "1"})
        items.push_back({{"role", "dtmf"}, {"digit", digit}});
    items.push_back({{"role", "user"}, {"content", "Done."}});
    const Json call = {{"call_id", "c"}, {"transcript_with_tool_calls", items}};
    const Json kept = Json::array({items.front(), items.back()});
    for (Json body : {Json{{"call", call}}, Json{{"items", Json::array({call})}},
                      Json{{"call", {{"call_id", "c"}}}, {"transcript_with_tool_calls", items}}}) {
        providers::retell::maskCallsIn(body);
        const QString text = QString::fromStdString(body.dump());
        QVERIFY2(!text.contains(QStringLiteral("dtmf")), qUtf8Printable(text));
        QVERIFY2(text.contains(QString::fromStdString(kept.dump())), qUtf8Printable(text));
    }
}

void TestRetellMasking::recordingIsKeptOnlyOfARecordedCall()
{
    const Json links = {{"call_id", "c"},
                        {"recording_url", "https://x/1"},
                        {"recording_multi_channel_url", "https://x/2"},
                        {"scrubbed_recording_url", "https://x/3"},
                        {"scrubbed_recording_multi_channel_url", "https://x/4"}};
    const auto kept = [&](const Json &metadata) {
        Json body = {{"event", "call_ended"}, {"call", links}};
        body["call"]["metadata"] = metadata;
        providers::retell::maskCallsIn(body);
        body["call"].erase("metadata");
        return body["call"];
    };
    QVERIFY(kept({{"recorded", true}}) == links);
    for (const Json &metadata : {Json{{"recorded", false}}, Json{{"recorded", "true"}},
                                 Json::object(), Json(nullptr), Json("recorded")})
        QVERIFY(kept(metadata) == (Json{{"call_id", "c"}}));
}

REGISTER_TEST(TestRetellMasking);

} // namespace tst_retell_masking

#include "tst_retell_masking.moc"
