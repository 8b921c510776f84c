#include "deposits/deposit_state.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

namespace tst_deposit_state {

using deposits::isFinal;
using deposits::mayFollow;
using deposits::nameOf;
using deposits::State;

namespace {

const std::vector<State> &states()
{
    using enum State;
    static const std::vector<State> all = {Created,
                                           CreateFailed,
                                           AwaitingPayment,
                                           Detected,
                                           Confirming,
                                           Verifying,
                                           Credited,
                                           Expired,
                                           UnderpaidReview,
                                           OverpaidReview,
                                           LateReview,
                                           MismatchReview,
                                           SettlementFailedHold,
                                           Reversed,
                                           WrittenOff};
    return all;
}

/// Every transition that there is, written down a second time.
const char *const kTransitions = R"(
created: create_failed awaiting_payment
create_failed:
awaiting_payment: detected confirming verifying credited expired underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold
detected: confirming verifying credited expired underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold
confirming: verifying credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold
verifying: credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold
credited: overpaid_review reversed
expired: detected confirming verifying credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold written_off
underpaid_review: verifying credited overpaid_review settlement_failed_hold written_off reversed
overpaid_review: credited reversed
late_review: verifying credited underpaid_review overpaid_review written_off reversed
mismatch_review: verifying credited underpaid_review overpaid_review written_off reversed
settlement_failed_hold: verifying credited underpaid_review overpaid_review late_review mismatch_review written_off
reversed:
written_off:
)";

QHash<QString, QSet<QString>> transitions()
{
    QHash<QString, QSet<QString>> all;
    for (const QString &line : QString::fromLatin1(kTransitions).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList next = line.section(u':', 1).split(u' ', Qt::SkipEmptyParts);
        all.insert(line.section(u':', 0, 0), QSet<QString>(next.cbegin(), next.cend()));
    }
    return all;
}

} // namespace

class TestDepositState final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasANameOfItsOwn();
    void onlyTheTransitionsOfTheTableAreAllowed_data();
    void onlyTheTransitionsOfTheTableAreAllowed();
    void creditIsReachedFromWhateverStillWaits();
    void nothingThatIsClosedBecomesOpenAgain();
};

void TestDepositState::everyStateHasANameOfItsOwn()
{
    QSet<QString> names;
    for (const State state : states()) {
        names.insert(nameOf(state));
        QCOMPARE(int(deposits::stateOf(nameOf(state))), int(state));
    }
    QCOMPARE(size_t(names.size()), states().size());
    QCOMPARE(names.size(), transitions().size());
}

void TestDepositState::onlyTheTransitionsOfTheTableAreAllowed_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    for (const State from : states()) {
        for (const State to : states())
            QTest::newRow(qPrintable(nameOf(from) + QStringLiteral(" to ") + nameOf(to)))
                << int(from) << int(to);
    }
}

void TestDepositState::onlyTheTransitionsOfTheTableAreAllowed()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QCOMPARE(mayFollow(State(from), State(to)),
             transitions().value(nameOf(State(from))).contains(nameOf(State(to))));
}

/// What is settled is credited, wherever the deposit waits: in full, in part, or with an excess. A
/// state that lacked one of these would be asked about, and refused, for ever.
void TestDepositState::creditIsReachedFromWhateverStillWaits()
{
    for (const State state : states()) {
        if (isFinal(state) || state == State::Created)
            continue;
        QVERIFY2(mayFollow(state, State::Credited), qPrintable(nameOf(state)));
        QVERIFY2(mayFollow(state, State::OverpaidReview), qPrintable(nameOf(state)));
        QVERIFY2(state == State::UnderpaidReview || mayFollow(state, State::UnderpaidReview),
                 qPrintable(nameOf(state)));
        QVERIFY2(state == State::Verifying || mayFollow(state, State::Verifying),
                 qPrintable(nameOf(state)));
    }
}

void TestDepositState::nothingThatIsClosedBecomesOpenAgain()
{
    for (const State from : states()) {
        for (const State to : states())
            QVERIFY2(!isFinal(from) || !mayFollow(from, to) || isFinal(to),
                     qPrintable(nameOf(from) + QStringLiteral(" to ") + nameOf(to)));
    }
}

REGISTER_TEST(TestDepositState);

} // namespace tst_deposit_state

#include "tst_deposit_state.moc"
