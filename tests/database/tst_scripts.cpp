#include "tests/database/script_fixture.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_scripts {

using namespace tests;

/// Scripts as customers write them in the bot, and the agents that are made of them.
class TestScripts final : public ScriptStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void aTemplateBecomesAScriptInTheCalleesLanguage();
    void ownWordsAreAskedForOneAfterTheOther();
    void anEditIsANewVersionAndTheOldOneNeverChanges();
    void theSameWordsAgainMakeNoVersion();
    void whatDoesNotFitIsRefusedAndAskedAgain();
    void aSavedDraftIsNotSavedTwice();
    void othersScriptsAreNotToBeSeen();
    void aDeletedScriptIsOfferedNoMore();
    void scriptsAreLimited();
    void theAgentIsToldTheRulesFirst();
    void questionsBecomeNamedResults();
    void wordsWithBracesAreNoVariables();
    void theAgentIsReadyAfterBothAnswers();
    void repeatedAndLateAnswersChangeNothing();
    void unknownOutcomesAreTriedAgainLater();
    void afterHalfAnHourTheCustomerIsToldAndMayTryAgain();
    void aRefusalIsNotTriedAgain();
    void cleanup() { QCOMPARE(dead(), 0); }
};

void TestScripts::aTemplateBecomesAScriptInTheCalleesLanguage()
{
    say(QStringLiteral("/scripts"));
    QVERIFY(offers(QStringLiteral("draft:templates")));
    tap(QStringLiteral("draft:templates"));
    QVERIFY(offers(QStringLiteral("draft:template:booking")));
    tap(QStringLiteral("draft:template:booking"));
    QVERIFY(offers(QStringLiteral("draft:set:language:hi")));
    tap(QStringLiteral("draft:set:language:hi"));
    QVERIFY(offers(QStringLiteral("draft:set:voice:11labs-Aarav")));
    QVERIFY(!offers(QStringLiteral("draft:set:voice:11labs-Mei"))); // does not speak Hindi
    tap(QStringLiteral("draft:set:voice:11labs-Aarav"));
    QVERIFY(offers(QStringLiteral("draft:set:facts:")));
    tap(QStringLiteral("draft:set:facts:"));
    QVERIFY(offers(QStringLiteral("draft:save")));
    QCOMPARE(count("scripts"), 0);
    tap(QStringLiteral("draft:save"));
    const auto opening = m_catalogue->renderPlain(
        {language::Key(QStringLiteral("script.template.booking.opening"))}, QStringLiteral("hi"));
    QCOMPARE(value(QStringLiteral("SELECT opening AS answer FROM script_versions")), opening->text);
    QCOMPARE(value(QStringLiteral("SELECT on_behalf_of AS answer FROM script_versions")),
             QStringLiteral("Camille"));
    QCOMPARE(value(QStringLiteral("SELECT number AS answer FROM script_versions")),
             QStringLiteral("1"));
    QCOMPARE(asked(), QStringList{QStringLiteral("createRetellLlm")});
}

void TestScripts::ownWordsAreAskedForOneAfterTheOther()
{
    tap(QStringLiteral("draft:own"));
    say(QStringLiteral("Mon <script>"));
    say(QStringLiteral("Pour essayer."));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Adrian"));
    say(QStringLiteral("Avez-vous un instant ?"));
    say(QStringLiteral("Savoir si tout va bien.\nRien d'autre."));
    say(QStringLiteral("Il pleut."));
    say(QStringLiteral("Forme : comment allez-vous ?\nEst-ce que tout va bien ?"));
    tap(QStringLiteral("draft:set:stop_when:"));
    QVERIFY(offers(QStringLiteral("draft:save")));
    const QString words = core::textMember(shown()["parameters"], "text").value_or(QString());
    QVERIFY2(words.contains(QStringLiteral("Mon &lt;script&gt;")), qUtf8Printable(words));
    tap(QStringLiteral("draft:save"));
    QCOMPARE(value(QStringLiteral("SELECT name AS answer FROM script_versions")),
             QStringLiteral("Mon <script>"));
    QCOMPARE(value(QStringLiteral("SELECT goal AS answer FROM script_versions")),
             QStringLiteral("Savoir si tout va bien.\nRien d'autre."));
    QCOMPARE(value(QStringLiteral("SELECT questions->0->>'name' AS answer FROM script_versions")),
             QStringLiteral("Forme"));
    QCOMPARE(value(QStringLiteral("SELECT questions->1->>'words' AS answer FROM script_versions")),
             QStringLiteral("Est-ce que tout va bien ?"));
}

void TestScripts::anEditIsANewVersionAndTheOldOneNeverChanges()
{
    writeScript();
    tap(QStringLiteral("script:field:1:goal"));
    say(QStringLiteral("Un autre but."));
    QCOMPARE(value(QStringLiteral("SELECT string_agg(number || ':' || (goal = 'Un autre but.'), "
                                  "' ' ORDER BY id) AS answer FROM script_versions")),
             QStringLiteral("1:false 2:true"));
    QCOMPARE(value(QStringLiteral("SELECT current_version_id AS answer FROM scripts")),
             QStringLiteral("2"));
    answerAll();
    QCOMPARE(value(QStringLiteral(
                 "SELECT string_agg(agent_id, ' ' ORDER BY script_version_id) AS answer FROM "
                 "script_agents WHERE state = 'ready'")),
             QStringLiteral("agent_1 agent_2"));
    QVERIFY(!m_connection->run(QStringLiteral("UPDATE script_versions SET goal = 'x'")));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("UPDATE script_versions SET goal = 'x'")));
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM scripts")));
}

void TestScripts::theSameWordsAgainMakeNoVersion()
{
    writeScript();
    tap(QStringLiteral("script:set:1:voice:11labs-Chloe"));
    QCOMPARE(count("script_versions"), 1);
    QCOMPARE(asked().size(), 2);
    QCOMPARE(keysShown().value(0), QStringLiteral("script.title"));
}

void TestScripts::whatDoesNotFitIsRefusedAndAskedAgain()
{
    tap(QStringLiteral("draft:own"));
    say(QString(61, u'x'));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.bad.text")});
    say(QStringLiteral("  \u202e \u0007 "));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.bad.text")});
    say(QString(60, u'x'));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.ask.purpose")});
    tap(QStringLiteral("draft:set:language:xx")); // not asked for, and there is no such language
    QCOMPARE(count("scripts"), 0);
    tap(QStringLiteral("draft:save"));
    QCOMPARE(count("scripts"), 0);
}

void TestScripts::aSavedDraftIsNotSavedTwice()
{
    writeScript();
    tap(QStringLiteral("draft:save"));
    QCOMPARE(count("scripts"), 1);
    QCOMPARE(count("outbox WHERE payload->'texts'->0->>'key' = 'button.old'"), 1);
}

void TestScripts::othersScriptsAreNotToBeSeen()
{
    addCustomer(*m_connection, 9, QStringLiteral("Other"));
    writeScript();
    QVERIFY(m_connection->run(QStringLiteral("UPDATE scripts SET customer_id = 9")));
    for (const char *act : {"script:show:1", "script:gone:1", "script:set:1:name:Mine",
                            "script:retry:1", "call:script:1"}) {
        tap(QString::fromLatin1(act));
        QCOMPARE(keysShown().value(0), QStringLiteral("menu.title"));
    }
    QCOMPARE(count("script_versions"), 1);
    QCOMPARE(count("scripts WHERE deleted_at IS NULL"), 1);
}

void TestScripts::aDeletedScriptIsOfferedNoMore()
{
    writeScript();
    tap(QStringLiteral("script:delete:1"));
    QVERIFY(offers(QStringLiteral("script:gone:1")));
    tap(QStringLiteral("script:gone:1"));
    QVERIFY(!offers(QStringLiteral("script:show:1")));
    say(QStringLiteral("/call"));
    QVERIFY(!offers(QStringLiteral("call:script:1")));
    QCOMPARE(count("script_versions"), 1);
}

void TestScripts::scriptsAreLimited()
{
    writeScript();
    QVERIFY(m_connection->run(
        QStringLiteral("WITH made AS (INSERT INTO scripts (customer_id, created_at, cause_id) "
                       "SELECT 7001, now(), 1 FROM generate_series(1, 19) RETURNING id) "
                       "INSERT INTO script_versions (script_id, number, name, purpose, language, "
                       "voice, on_behalf_of, opening, goal, facts, questions, stop_when, "
                       "created_at, cause_id) SELECT made.id, 1, 'n', 'p', 'fr', 'v', 'c', 'o', "
                       "'g', '', '[]', '', '2026-01-01', 1 FROM made")));
    tap(QStringLiteral("draft:own"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.limit.scripts")});
}

void TestScripts::theAgentIsToldTheRulesFirst()
{
    writeScript();
    const Json body = newest("createRetellLlm")["body"];
    const QString prompt = core::textMember(body, "general_prompt").value_or(QString());
    const QString opening = core::textMember(body, "begin_message").value_or(QString());
    const auto disclosure = m_catalogue->renderPlain(
        guards::disclosureSentence(QStringLiteral("Camille")), QStringLiteral("fr"));
    QVERIFY2(opening.startsWith(disclosure->text), qUtf8Printable(opening));
    QVERIFY(prompt.startsWith(QStringLiteral("RULES.")));
    QVERIFY(prompt.indexOf(disclosure->text) < prompt.indexOf(QStringLiteral("SCRIPT.")));
    QVERIFY(prompt.indexOf(QStringLiteral("one-time code")) <
            prompt.indexOf(QStringLiteral("SCRIPT.")));
    QVERIFY(prompt.indexOf(QStringLiteral("Mardi, rue Haute")) >
            prompt.indexOf(QStringLiteral("SCRIPT.")));
    QVERIFY(prompt.contains(QStringLiteral("Speak French")));
    QCOMPARE(value(QStringLiteral("SELECT opening AS answer FROM script_agents")), opening);
}

void TestScripts::questionsBecomeNamedResults()
{
    writeScript();
    const Json body = newest("createAgent")["body"];
    QCOMPARE(core::textMember(body, "language"), std::optional(QStringLiteral("fr-FR")));
    QCOMPARE(core::textMember(body, "voice_id"), std::optional(QStringLiteral("11labs-Chloe")));
    QCOMPARE(core::textMember(body, "webhook_url"),
             std::optional(QStringLiteral("https://bot.test/hook")));
    QCOMPARE(core::textMember(body["response_engine"], "llm_id"),
             std::optional(QStringLiteral("llm_1")));
    QStringList names;
    for (const Json &field : body["post_call_analysis_data"])
        names << core::textMember(field, "name").value_or(QString());
    QCOMPARE(names, (QStringList{QStringLiteral("answer_1"), QStringLiteral("answer_2"),
                                 calls::optOutResult()}));
}

void TestScripts::wordsWithBracesAreNoVariables()
{
    writeScript(QStringLiteral("{{user_number}} et {{{x}}}"));
    const QByteArray body = core::toBytes(newest("createRetellLlm")["body"]);
    QVERIFY2(!body.contains("{{") && !body.contains("}}}"), body.constData());
    QCOMPARE(value(QStringLiteral("SELECT facts AS answer FROM script_versions")),
             QStringLiteral("{{user_number}} et {{{x}}}"));
}

void TestScripts::theAgentIsReadyAfterBothAnswers()
{
    tap(QStringLiteral("draft:template:reminder"));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Chloe"));
    tap(QStringLiteral("draft:set:facts:"));
    tap(QStringLiteral("draft:save"));
    tap(QStringLiteral("call:script:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.script_not_ready")});
    answer("createRetellLlm", {{"llm_id", "llm_1"}, {"version", 0}});
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM script_agents")),
             QStringLiteral("making"));
    answer("createAgent", {{"agent_id", "agent_1"}, {"version", 3}});
    QCOMPARE(value(QStringLiteral("SELECT state || agent_version AS answer FROM script_agents")),
             QStringLiteral("ready3"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.ready")});
    QVERIFY(offers(QStringLiteral("call:script:1")));
}

void TestScripts::repeatedAndLateAnswersChangeNothing()
{
    writeScript();
    const qint64 said = count("outbox");
    answer("createRetellLlm", {{"llm_id", "llm_other"}, {"version", 0}});
    answer("createAgent", {{"agent_id", "agent_other"}, {"version", 0}});
    answer("createAgent", {{"status", "error"}}, 500);
    QCOMPARE(value(QStringLiteral("SELECT state || engine_id || agent_id AS answer FROM "
                                  "script_agents")),
             QStringLiteral("readyllm_1agent_1"));
    QCOMPARE(count("outbox"), said);
}

void TestScripts::unknownOutcomesAreTriedAgainLater()
{
    tap(QStringLiteral("draft:template:reminder"));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Chloe"));
    tap(QStringLiteral("draft:set:facts:"));
    tap(QStringLiteral("draft:save"));
    answer("createRetellLlm", {}, 0);
    QCOMPARE(asked().size(), 1);
    wait(9s);
    QCOMPARE(asked().size(), 1);
    wait(1s);
    QCOMPARE(asked().size(), 2);
    answer("createRetellLlm", {{"llm_id", "llm_1"}, {"version", 0}});
    answer("createAgent", {{"status", "error"}}, 429);
    wait(60s);
    QCOMPARE(asked().last(), QStringLiteral("createAgent"));
    answer("createAgent", {{"agent_id", "agent_1"}, {"version", 0}});
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM script_agents")),
             QStringLiteral("ready"));
}

void TestScripts::afterHalfAnHourTheCustomerIsToldAndMayTryAgain()
{
    tap(QStringLiteral("draft:template:reminder"));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Chloe"));
    tap(QStringLiteral("draft:set:facts:"));
    tap(QStringLiteral("draft:save"));
    for (int i = 0; i < 5; ++i) {
        answer("createRetellLlm", {{"status", "error"}}, 503);
        wait(30min);
    }
    QCOMPARE(asked().size(), 5);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("script.failed")});
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM script_agents")),
             QStringLiteral("failed"));
    tap(QStringLiteral("script:retry:1"));
    QCOMPARE(asked().size(), 6);
    tap(QStringLiteral("script:retry:1"));
    QCOMPARE(asked().size(), 6);
    answerAll();
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM script_agents")),
             QStringLiteral("ready"));
}

void TestScripts::aRefusalIsNotTriedAgain()
{
    tap(QStringLiteral("draft:template:reminder"));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Chloe"));
    tap(QStringLiteral("draft:set:facts:"));
    tap(QStringLiteral("draft:save"));
    answer("createRetellLlm", {{"status", "error"}, {"message", "bad"}}, 400);
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM script_agents")),
             QStringLiteral("failed"));
    QCOMPARE(count("timers"), 0);
    tap(QStringLiteral("script:show:1"));
    QVERIFY(offers(QStringLiteral("script:retry:1")));
    QVERIFY(!offers(QStringLiteral("call:script:1")));
}

REGISTER_TEST(TestScripts);

} // namespace tst_scripts

#include "tst_scripts.moc"
