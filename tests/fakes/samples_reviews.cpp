// What people decide about deposits, and what it would do; plans; why there is a posting.
#include "tests/fakes/samples.h"

namespace tests {

namespace {

using namespace std::chrono_literals;

using State = api::DepositState;

std::optional<api::ReviewKind> reviewKindOf(State state)
{
    switch (state) {
    case State::UnderpaidReview: return api::ReviewKind::Underpaid;
    case State::OverpaidReview: return api::ReviewKind::Excess;
    case State::LateReview: return api::ReviewKind::Late;
    case State::MismatchReview: return api::ReviewKind::Mismatch;
    case State::SettlementFailedHold: return api::ReviewKind::ProviderProblem;
    default: return std::nullopt;
    }
}

} // namespace

QList<api::DepositReview> sampleReviews(const api::DepositRow &row)
{
    const auto kind = reviewKindOf(row.state);
    if (!kind)
        return {};
    api::DepositReview review;
    review.id = api::ReviewId{row.id.value - 5500};
    review.deposit = row.id;
    review.customer = row.customer;
    review.customerName = row.customerName;
    review.kind = *kind;
    review.coin = row.coin;
    review.asked = row.requested;
    review.expectedCrypto = row.expectedCrypto;
    review.receivedCrypto = row.receivedCrypto;
    review.suggested = row.requested.timesRatioDown(946, 1000);
    review.evidence = row.note;
    review.openedAt = row.lastWebhookAt.value_or(row.createdAt) + 1s;
    if (review.kind == api::ReviewKind::Excess)
        review.inSuspense = Money::fromCents(500);
    return {review};
}

api::DepositReview sampleLooseReview(Timestamp now)
{
    api::DepositReview review;
    review.id = api::ReviewId{71};
    review.customer = review.payee = CustomerId{sampleCustomerId(QStringLiteral("Priya Nair"))};
    review.customerName = QStringLiteral("Priya Nair");
    review.kind = api::ReviewKind::Undetected;
    review.state = api::ReviewState::PendingApproval;
    review.amount = Money::fromCents(4000);
    review.payment = QStringLiteral("tx:9f2c41d0a7e6");
    review.reason = QStringLiteral("Ticket 4711, transaction seen in the explorer");
    review.requestedBy = QStringLiteral("omar");
    review.openedAt = now - 20min;
    return review;
}

api::ReviewPreview sampleReviewPreview(const Json &payload)
{
    api::ReviewPreview preview;
    preview.action =
        api::reviewActionFrom(core::textMember(payload, "action").value_or(QString())).value();
    preview.asked = Money::fromCents(1500);
    preview.amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(14'190'000));
    preview.stateBefore = QStringLiteral("underpaid_review");
    preview.stateAfter = QStringLiteral("credited");
    preview.rule = QStringLiteral("up to 50 USD: senior or finance");
    preview.mayExecute = preview.action != api::ReviewAction::Match;
    preview.needsSecondPerson = !preview.mayExecute;
    preview.hash = QStringLiteral("5be1c07a").repeated(8);
    if (preview.action == api::ReviewAction::Refuse) {
        preview.amount = {};
        preview.stateAfter = QStringLiteral("written_off");
        return preview;
    }
    const Money before = Money::fromCents(2897);
    preview.entries = {{.account = QStringLiteral("dynopay_clearing"),
                        .amount = -preview.amount,
                        .before = {},
                        .after = {}},
                       {.account = QStringLiteral("available"),
                        .isCustomers = true,
                        .amount = preview.amount,
                        .before = before,
                        .after = before + preview.amount}};
    preview.customerLanguage = QStringLiteral("hi");
    preview.customerText = QString::fromUtf8("\u0906\u092a\u0915\u0947 \u0916\u093e\u0924\u0947 "
                                             "\u092e\u0947\u0902 %1 USD \u091c\u092e\u093e "
                                             "\u0939\u0941\u090f\u0964")
                               .arg(preview.amount.toString());
    preview.operatorText =
        QStringLiteral("%1 USD were added to your balance.").arg(preview.amount.toString());
    return preview;
}

std::optional<api::CustomerPlan> samplePlan(const api::CustomerRow &row, Timestamp now)
{
    const bool isFree = row.tier == QLatin1String("new");
    if (!isFree && row.tier != QLatin1String("regular"))
        return std::nullopt;
    if (isFree)
        return api::CustomerPlan{.plan = QStringLiteral("free"),
                                 .days = 2,
                                 .price = {},
                                 .state = {},
                                 .granted = 120s,
                                 .used = 35s,
                                 .startsAt = now - 7h,
                                 .endsAt = now + 41h,
                                 .nextTryAt = {}};
    return api::CustomerPlan{.plan = QStringLiteral("prime"),
                             .days = 30,
                             .price = Money::fromCents(3000),
                             .state = QStringLiteral("active"),
                             .renews = true,
                             .granted = 500min,
                             .used = 76min,
                             .held = 3min,
                             .startsAt = now - 11 * 24h,
                             .endsAt = now + 19 * 24h,
                             .nextTryAt = {},
                             .transfer = TransferId{204'111}};
}

QList<api::ExplainedTransfer> sampleExplanation(const api::TransferRow &row)
{
    const auto cause = [&](qint64 id, const char *source, const char *kind, Json body) {
        return api::Cause{.id = InboxId{id},
                          .source = QString::fromLatin1(source),
                          .kind = QString::fromLatin1(kind),
                          .lane = QStringLiteral("customer:%1").arg(row.customer.value),
                          .receivedAt = row.at - 2s,
                          .state = QStringLiteral("done"),
                          .detail = {},
                          .body = std::move(body)};
    };
    api::ExplainedTransfer asked{.id = row.id,
                                 .customer = row.customer,
                                 .at = row.at,
                                 .kind = row.kind,
                                 .reference = row.requestKey,
                                 .available = {},
                                 .held = {},
                                 .debt = {},
                                 .platforms = {},
                                 .availableAfter = {},
                                 .resolves = {},
                                 .refunds = {},
                                 .causes = {}};
    for (const api::EntryRow &entry : row.entries) {
        if (entry.account == QLatin1String("available")) {
            asked.available += entry.amount;
            asked.availableAfter = entry.balanceAfter.value_or(Money());
        } else if (entry.account == QLatin1String("held")) {
            asked.held += entry.amount;
        } else {
            asked.platforms = entry.account + u' ' + entry.amount.toString();
        }
    }
    asked.causes = {cause(row.cause.value, "retell", "retell.webhook",
                          {{"event", "call_ended"},
                           {"call", {{"call_id", "call_5f0c2e1b"}, {"to_number", "masked"}}}})};
    api::ExplainedTransfer before = asked;
    before.id = TransferId{row.id.value - 3};
    before.at = row.at - 90s;
    before.kind = QStringLiteral("hold");
    before.reference = QStringLiteral("hold:88206");
    before.causes = {cause(row.cause.value - 12, "internal", "call.dial", {{"call", 88'206}}),
                     cause(row.cause.value - 15, "telegram", "telegram.update",
                           {{"update_id", 771}, {"callback_query", {{"data", "masked"}}}})};
    asked.resolves = before.id;
    return {before, asked};
}

} // namespace tests
