#include "api/permissions.h"
#include "operators/deposit_desk.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

#include <thread>

namespace tst_roles {

using namespace tests;

namespace {

/// What a person may do, as it was agreed on, role by role: viewer, support, senior, finance,
/// admin. Each kind of command belongs to one line.
struct Capability {
    const char *name;
    const char *may; // one letter a role: 'y' or '-'
    QByteArrayList kinds;
};

const QList<Capability> kMatrix = {
    {"sign in and out, one's own second factor",
     "yyyyy",
     {"session.open", "session.close", "second_factor.begin", "second_factor.confirm"}},
    {"reveal a phone number or a transcript", "-yy-y", {"reveal.number", "reveal.transcript"}},
    {"end a live call", "-yy-y", {"call.stop"}},
    {"request a refund",
     "-yyy-",
     {"refund.preview", "refund.execute", "refund.request", "refund.reject"}},
    {"agree to a refund", "--yy-", {"refund.approve"}},
    {"refund many calls at once, agree to that and stop it",
     "--yy-",
     {"refund.bulk.preview", "refund.bulk.request", "refund.bulk.approve", "refund.bulk.cancel"}},
    {"take a refund back, which Finance agrees to",
     "--yy-",
     {"refund.reverse", "adjustment.preview", "adjustment.reject"}},
    {"take a deposit back, which Finance agrees to", "--yy-", {"deposit.reverse"}},
    {"adjust a wallet", "---y-", {"adjustment.request", "adjustment.approve"}},
    {"ask for a payout and agree to one",
     "--yy-",
     {"payout.preview", "payout.request", "payout.approve", "payout.reject"}},
    {"see where a payout goes", "--yy-", {"reveal.destination"}},
    {"say what became of a payout", "---y-", {"payout.paid", "payout.failed"}},
    {"change who has to agree", "---yy", {"policy.refund_rules"}},
    {"ask everybody for a second factor", "----y", {"policy.second_factor"}},
    {"change how deposits are credited", "---yy", {"policy.deposit_rules"}},
    {"change what plans and calls cost", "---yy", {"policy.plan_price", "policy.rates"}},
    {"stop switch on", "-yyyy", {"calls.stop_all"}},
    {"stop switch off", "----y", {"calls.resume"}},
    {"decide about a deposit",
     "--yy-",
     {"deposit.preview", "deposit.accept", "deposit.accept_part", "deposit.credit_excess",
      "deposit.refuse", "deposit.match"}},
    {"take no deposits of a coin", "-yyyy", {"deposits.pause"}},
    {"take them again", "---yy", {"deposits.resume"}},
    {"take over another bot's customers", "---y-", {"import.customers"}},
    {"users",
     "----y",
     {"operator.add", "operator.roles", "operator.deactivate", "operator.activate",
      "second_factor.clear", "session.end"}},
};

const QStringList kRoles = QStringLiteral("viewer support senior finance admin").split(u' ');

} // namespace

/// Who may do what, and who may change that.
class TestRoles final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_desk.addRoutes(m_routes); }
    void init() { startStage(); }
    void theTableIsTheAgreedMatrix();
    void everyKindHasAHandlerAndALane();
    void everyRoleAtEveryKind_data();
    void everyRoleAtEveryKind();
    void severalRolesAddUp();
    void otherRolesHoldFromTheNextCommandOn();
    void aChangeIsAuditedWithBeforeAndAfter();
    void whoIsNotThereOrNoRoleIsRefused();
    void whoIsDeactivatedHasNoSession();
    void whoIsActivatedSignsInAgain();
    void theLastAdminStays();
    void twoAdminsCannotRemoveEachOther();
    void aSecondOperatorEndsSoloModeForGood();
    void theSameChangeTwiceIsOne();

private:
    [[nodiscard]] Finished change(const char *kind, Json payload, const QString &key,
                                  const QString &by = QStringLiteral("admin"))
    {
        payload["v"] = 1;
        return command(by, kind, payload, key);
    }
    [[nodiscard]] QString rolesOf(const char *name)
    {
        return text(qUtf8Printable(
            QStringLiteral("SELECT array_to_string(roles, ',') AS answer FROM operators WHERE "
                           "name = '%1'")
                .arg(QLatin1String(name))));
    }

    deposits::DepositFlow m_deposits{*m_messenger, deposits::Rule::Guarded};
    operators::DepositDesk m_desk{m_deposits, *m_catalogue, kInstallationKey};
};

void TestRoles::theTableIsTheAgreedMatrix()
{
    QStringList listed;
    for (const Capability &capability : kMatrix) {
        api::Roles agreed;
        for (qsizetype i = 0; i < kRoles.size(); ++i) {
            if (capability.may[i] == 'y')
                agreed |= *operators::rolesFrom({kRoles[i]});
        }
        for (const QByteArray &kind : capability.kinds) {
            const auto allowed = api::rolesFor(QString::fromLatin1(kind));
            QVERIFY2(allowed && *allowed == agreed, kind);
            listed << QString::fromLatin1(kind);
        }
    }
    QStringList known = api::commandKinds();
    known.sort();
    listed.sort();
    QCOMPARE(known, listed);
    QVERIFY(!api::rolesFor(QStringLiteral("operator.remove")));
}

void TestRoles::everyKindHasAHandlerAndALane()
{
    for (const QString &kind : api::commandKinds()) {
        QVERIFY2(m_routes.find(QStringLiteral("command.") + kind), qUtf8Printable(kind));
        const QString lane =
            column(*m_connection, QStringLiteral("SELECT command_lane(?, '{}', 5) AS answer"),
                   {kind})
                .value(0);
        QVERIFY2(!lane.isEmpty(), qUtf8Printable(kind));
    }
}

void TestRoles::everyRoleAtEveryKind_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("may");
    for (const Capability &capability : kMatrix) {
        for (const QByteArray &kind : capability.kinds) {
            if (kind != "session.open") // by nobody yet
                QTest::newRow(kind.constData()) << kind << QByteArray(capability.may);
        }
    }
}

void TestRoles::everyRoleAtEveryKind()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, may);
    const Json payload = {{"v", 1}, {"call", 1}, {"session", 1}, {"reason", "test"}};
    QStringList denied;
    for (qsizetype i = 0; i < kRoles.size(); ++i) {
        const Finished finished =
            command(kRoles[i], kind.constData(), payload, QStringLiteral("k1"));
        QCOMPARE(finished.code != QLatin1String("NotAllowed"), may[i] == 'y');
        if (may[i] == 'y')
            continue;
        QCOMPARE(finished.state, QStringLiteral("refused"));
        denied << QStringLiteral("%1|%1|%2|NotAllowed|local")
                      .arg(kRoles[i], QString::fromLatin1(kind));
    }
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT concat_ws('|', operator_name, array_to_string(roles, "
                                   "','), action, reason, origin) AS answer FROM audit WHERE "
                                   "result = 'denied' ORDER BY id")),
             denied);
}

void TestRoles::severalRolesAddUp()
{
    addOperator(QStringLiteral("both"), QStringLiteral("finance,admin"));
    const QString both = QStringLiteral("both");
    QVERIFY(command(both, "refund.preview", {{"v", 1}, {"call", 1}}, QStringLiteral("a")).code !=
            QLatin1String("NotAllowed"));
    QCOMPARE(command(both, "calls.resume", {{"v", 1}}, QStringLiteral("b")).state,
             QStringLiteral("done"));
}

void TestRoles::otherRolesHoldFromTheNextCommandOn()
{
    const QString support = QStringLiteral("support");
    // Asked for while it was allowed, handled when it is not any more.
    (void)submit(support, "calls.stop_all", {{"v", 1}}, QStringLiteral("early"));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET roles = '{viewer}' WHERE name = 'support'")));
    handleAll();
    QCOMPARE(resultOf(support, QStringLiteral("early")).code, QStringLiteral("NotAllowed"));
    QCOMPARE(change("operator.roles", {{"operator", "support"}, {"roles", {"support", "admin"}}},
                    QStringLiteral("r"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(command(support, "calls.resume", {{"v", 1}}, QStringLiteral("now")).state,
             QStringLiteral("done"));
}

void TestRoles::aChangeIsAuditedWithBeforeAndAfter()
{
    QCOMPARE(
        change("operator.roles",
               {{"operator", "viewer"}, {"roles", {"senior", "finance"}}, {"reason", "promoted"}},
               QStringLiteral("r"))
            .state,
        QStringLiteral("done"));
    QCOMPARE(rolesOf("viewer"), QStringLiteral("senior,finance"));
    QCOMPARE(text("SELECT concat_ws('|', operator_name, array_to_string(roles, ','), action, "
                  "object, result, reason, origin) AS answer FROM audit"),
             QStringLiteral("admin|admin|operator.roles|operator viewer|done|viewer -> "
                            "senior,finance: promoted|local"));
}

void TestRoles::whoIsNotThereOrNoRoleIsRefused()
{
    QCOMPARE(change("operator.roles", {{"operator", "nobody"}, {"roles", {"admin"}}},
                    QStringLiteral("a"))
                 .code,
             QStringLiteral("NotFound"));
    QCOMPARE(
        change("operator.roles", {{"operator", "viewer"}, {"roles", {"king"}}}, QStringLiteral("b"))
            .code,
        QStringLiteral("BadInput"));
    QCOMPARE(change("operator.roles", {{"operator", "viewer"}, {"roles", Json::array()}},
                    QStringLiteral("c"))
                 .code,
             QStringLiteral("BadInput"));
    QCOMPARE(change("operator.deactivate", Json::object(), QStringLiteral("d")).code,
             QStringLiteral("NotFound"));
    QCOMPARE(rolesOf("viewer"), QStringLiteral("viewer"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE result = 'failed'"), 4);
}

void TestRoles::whoIsDeactivatedHasNoSession()
{
    QCOMPARE(change("operator.deactivate", {{"operator", "support"}, {"reason", "left"}},
                    QStringLiteral("a"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k"))
                 .outcome,
             QStringLiteral("not_signed_in"));
    QCOMPARE(text("SELECT end_reason AS answer FROM operator_sessions WHERE ended_at IS NOT NULL"),
             QStringLiteral("not active any more"));
    QCOMPARE(text("SELECT object || '|' || reason AS answer FROM audit"),
             QStringLiteral("operator support|not active: left"));
}

void TestRoles::whoIsActivatedSignsInAgain()
{
    (void)change("operator.deactivate", {{"operator", "support"}}, QStringLiteral("a"));
    QCOMPARE(change("operator.activate", {{"operator", "support"}}, QStringLiteral("b")).state,
             QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM operators WHERE is_active"), 5);
    // The session of before does not come back.
    QCOMPARE(submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k"))
                 .outcome,
             QStringLiteral("not_signed_in"));
}

void TestRoles::theLastAdminStays()
{
    const auto demote = [&](const char *key) {
        return change("operator.roles", {{"operator", "admin"}, {"roles", {"viewer"}}},
                      QLatin1String(key));
    };
    QCOMPARE(demote("a").code, QStringLiteral("ConstraintViolated"));
    QCOMPARE(change("operator.deactivate", {{"operator", "admin"}}, QStringLiteral("b")).code,
             QStringLiteral("ConstraintViolated"));
    QCOMPARE(rolesOf("admin"), QStringLiteral("admin"));
    for (const char *sql : {"UPDATE operators SET is_active = false",
                            "UPDATE operators SET roles = '{viewer}' WHERE name = 'admin'"}) {
        const auto done = m_connection->run(QString::fromLatin1(sql));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::ConstraintViolated);
    }
    addOperator(QStringLiteral("second"), QStringLiteral("admin"));
    QCOMPARE(demote("c").state, QStringLiteral("done"));
}

void TestRoles::twoAdminsCannotRemoveEachOther()
{
    addOperator(QStringLiteral("second"), QStringLiteral("admin"));
    auto mine = *database::Transaction::begin(*m_connection);
    QVERIFY(
        mine.run(QStringLiteral("UPDATE operators SET is_active = false WHERE name = 'second'")));
    Result<database::Rows> late = failure({});
    std::thread theirs([&] {
        const auto other = openConnection(m_url);
        late = other->run(
            QStringLiteral("UPDATE operators SET is_active = false WHERE name = 'admin'"));
    });
    const auto watch = openConnection(m_url, database::Role::Owner);
    const bool isWaiting = becomes([&] {
        return number(*watch, QStringLiteral("(SELECT count(*) FROM pg_locks WHERE locktype = "
                                             "'advisory' AND NOT granted)")) > 0;
    });
    const auto committed = mine.commit();
    theirs.join();
    QVERIFY(isWaiting);
    QVERIFY(committed);
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::ConstraintViolated);
}

void TestRoles::aSecondOperatorEndsSoloModeForGood()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const auto preview = [&](const char *key) {
        return command(QStringLiteral("admin"), "refund.preview", {{"v", 1}, {"call", 1}},
                       QLatin1String(key));
    };
    QVERIFY(preview("a").code != QLatin1String("NotAllowed"));
    QCOMPARE(change("operator.activate", {{"operator", "viewer"}}, QStringLiteral("b")).state,
             QStringLiteral("done"));
    QCOMPARE(preview("c").code, QStringLiteral("NotAllowed"));
    QCOMPARE(change("operator.deactivate", {{"operator", "viewer"}}, QStringLiteral("d")).state,
             QStringLiteral("done"));
    QCOMPARE(preview("e").code, QStringLiteral("NotAllowed")); // alone again, by their own doing
}

void TestRoles::theSameChangeTwiceIsOne()
{
    const Json payload = {{"operator", "viewer"}, {"roles", {"senior"}}};
    QCOMPARE(change("operator.roles", payload, QStringLiteral("r")).state, QStringLiteral("done"));
    QCOMPARE(change("operator.roles", payload, QStringLiteral("r")).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM audit"), 1);
}

REGISTER_TEST(TestRoles);

} // namespace tst_roles

#include "tst_roles.moc"
