#include "deposits/deposit_state.h"

#include "core/assert.h"

#include <QHash>

namespace deposits {

namespace {

struct Entry {
    State state;
    const char *name;
    QList<State> next;
};

// Read a line as: from this state a deposit may go to these.
const QList<Entry> &table()
{
    using enum State;
    static const QList<Entry> all = {
        {Created, "created", {CreateFailed, AwaitingPayment}},
        {CreateFailed, "create_failed", {}},
        {AwaitingPayment,
         "awaiting_payment",
         {Detected, Confirming, Verifying, Credited, Expired, UnderpaidReview, OverpaidReview,
          LateReview, MismatchReview, SettlementFailedHold}},
        {Detected,
         "detected",
         {Confirming, Verifying, Credited, Expired, UnderpaidReview, OverpaidReview, LateReview,
          MismatchReview, SettlementFailedHold}},
        {Confirming,
         "confirming",
         {Verifying, Credited, UnderpaidReview, OverpaidReview, LateReview, MismatchReview,
          SettlementFailedHold}},
        {Verifying,
         "verifying",
         {Credited, UnderpaidReview, OverpaidReview, LateReview, MismatchReview,
          SettlementFailedHold}},
        // Too much: another payment came when this one was credited.
        {Credited, "credited", {OverpaidReview, Reversed}},
        {Expired,
         "expired",
         {Detected, Confirming, Verifying, Credited, UnderpaidReview, OverpaidReview, LateReview,
          MismatchReview, SettlementFailedHold, WrittenOff}},
        {UnderpaidReview,
         "underpaid_review",
         {Verifying, Credited, OverpaidReview, SettlementFailedHold, WrittenOff, Reversed}},
        {OverpaidReview, "overpaid_review", {Credited, Reversed}},
        {LateReview,
         "late_review",
         {Verifying, Credited, UnderpaidReview, OverpaidReview, WrittenOff, Reversed}},
        {MismatchReview,
         "mismatch_review",
         {Verifying, Credited, UnderpaidReview, OverpaidReview, WrittenOff, Reversed}},
        {SettlementFailedHold,
         "settlement_failed_hold",
         {Verifying, Credited, UnderpaidReview, OverpaidReview, LateReview, MismatchReview,
          WrittenOff}},
        {Reversed, "reversed", {}},
        {WrittenOff, "written_off", {}},
    };
    return all;
}

const Entry &entryOf(State state)
{
    for (const Entry &entry : table()) {
        if (entry.state == state)
            return entry;
    }
    CORE_ASSERT(false);
    return table().first();
}

} // namespace

QString nameOf(State state)
{
    return QString::fromLatin1(entryOf(state).name);
}

State stateOf(const QString &name)
{
    for (const Entry &entry : table()) {
        if (name == QLatin1String(entry.name))
            return entry.state;
    }
    CORE_ASSERT(false);
    return State::Created;
}

bool mayFollow(State from, State to)
{
    return entryOf(from).next.contains(to);
}

bool isFinal(State state)
{
    switch (state) {
    case State::CreateFailed:
    case State::Credited:
    case State::OverpaidReview: // what was asked for is credited; the excess waits for a person
    case State::Reversed:
    case State::WrittenOff: return true;
    case State::Created:
    case State::AwaitingPayment:
    case State::Detected:
    case State::Confirming:
    case State::Verifying:
    case State::Expired:
    case State::UnderpaidReview:
    case State::LateReview:
    case State::MismatchReview:
    case State::SettlementFailedHold: return false;
    }
    CORE_ASSERT(false);
    return true;
}

} // namespace deposits
