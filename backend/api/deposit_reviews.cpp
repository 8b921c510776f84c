#include "api/deposit_reviews.h"

#include "core/assert.h"

#include <array>

namespace api {

namespace {

template <typename Value, size_t Count>
using Names = std::array<std::pair<Value, const char *>, Count>;

constexpr Names<ReviewKind, 12> kKinds = {{{ReviewKind::Underpaid, "underpaid"},
                                           {ReviewKind::Late, "late"},
                                           {ReviewKind::Mismatch, "mismatch"},
                                           {ReviewKind::ProviderProblem, "provider_problem"},
                                           {ReviewKind::Unverified, "unverified"},
                                           {ReviewKind::Excess, "excess"},
                                           {ReviewKind::Disputed, "disputed"},
                                           {ReviewKind::SecondPayment, "second_payment"},
                                           {ReviewKind::Stray, "stray"},
                                           {ReviewKind::Closed, "closed"},
                                           {ReviewKind::Refunded, "refunded"},
                                           {ReviewKind::Undetected, "undetected"}}};
constexpr Names<ReviewState, 5> kStates = {{{ReviewState::Open, "open"},
                                            {ReviewState::PendingApproval, "pending_approval"},
                                            {ReviewState::Done, "done"},
                                            {ReviewState::Refused, "refused"},
                                            {ReviewState::Void, "void"}}};
constexpr Names<ReviewAction, 5> kActions = {{{ReviewAction::Accept, "accept"},
                                              {ReviewAction::AcceptPart, "accept_part"},
                                              {ReviewAction::CreditExcess, "credit_excess"},
                                              {ReviewAction::Refuse, "refuse"},
                                              {ReviewAction::Match, "match"}}};

template <typename Value, size_t Count>
QString nameIn(const Names<Value, Count> &names, Value wanted)
{
    for (const auto &[value, name] : names) {
        if (value == wanted)
            return QString::fromLatin1(name);
    }
    CORE_ASSERT(false);
    return {};
}

template <typename Value, size_t Count>
std::optional<Value> valueIn(const Names<Value, Count> &names, const QString &wanted)
{
    for (const auto &[value, name] : names) {
        if (wanted == QLatin1String(name))
            return value;
    }
    return std::nullopt;
}

Json microsOf(const std::optional<Money> &amount)
{
    return amount ? Json(amount->micros()) : Json();
}

std::optional<Money> moneyIn(const Json &object, const char *key)
{
    const auto micros = core::integerMember(object, key);
    return micros ? std::optional(Money::fromMicros(*micros)) : std::nullopt;
}

QString textIn(const Json &object, const char *key)
{
    return core::textMember(object, key).value_or(QString());
}

} // namespace

QString nameOf(ReviewKind kind)
{
    return nameIn(kKinds, kind);
}

QString nameOf(ReviewState state)
{
    return nameIn(kStates, state);
}

QString nameOf(ReviewAction action)
{
    return nameIn(kActions, action);
}

std::optional<ReviewKind> reviewKindFrom(const QString &name)
{
    return valueIn(kKinds, name);
}

std::optional<ReviewState> reviewStateFrom(const QString &name)
{
    return valueIn(kStates, name);
}

std::optional<ReviewAction> reviewActionFrom(const QString &name)
{
    return valueIn(kActions, name);
}

Json toJson(const ReviewPreview &preview)
{
    Json entries = Json::array();
    for (const RefundEntry &entry : preview.entries)
        entries.push_back({{"account", entry.account},
                           {"customers", entry.isCustomers},
                           {"amount", entry.amount.micros()},
                           {"before", microsOf(entry.before)},
                           {"after", microsOf(entry.after)}});
    return {{"action", nameOf(preview.action)},
            {"asked", preview.asked.micros()},
            {"credited", preview.credited.micros()},
            {"in_suspense", preview.inSuspense.micros()},
            {"amount", preview.amount.micros()},
            {"state_before", preview.stateBefore},
            {"state_after", preview.stateAfter},
            {"entries", std::move(entries)},
            {"customer_language", preview.customerLanguage},
            {"customer_text", preview.customerText},
            {"operator_text", preview.operatorText},
            {"needs_second_person", preview.needsSecondPerson},
            {"rule", preview.rule},
            {"may_execute", preview.mayExecute},
            {"hash", preview.hash}};
}

Result<ReviewPreview> reviewPreviewFromJson(const Json &answer)
{
    const auto action = reviewActionFrom(textIn(answer, "action"));
    const auto amount = moneyIn(answer, "amount");
    const auto hash = core::textMember(answer, "hash");
    const Json *entries = core::member(answer, "entries");
    if (!action || !amount || !hash || !entries || !entries->is_array())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("this is no preview of a deposit's review")});
    ReviewPreview preview = {.action = *action,
                             .asked = moneyIn(answer, "asked").value_or(Money()),
                             .credited = moneyIn(answer, "credited").value_or(Money()),
                             .inSuspense = moneyIn(answer, "in_suspense").value_or(Money()),
                             .amount = *amount,
                             .stateBefore = textIn(answer, "state_before"),
                             .stateAfter = textIn(answer, "state_after"),
                             .entries = {},
                             .customerLanguage = textIn(answer, "customer_language"),
                             .customerText = textIn(answer, "customer_text"),
                             .operatorText = textIn(answer, "operator_text"),
                             .needsSecondPerson =
                                 core::boolMember(answer, "needs_second_person").value_or(true),
                             .rule = textIn(answer, "rule"),
                             .mayExecute = core::boolMember(answer, "may_execute").value_or(false),
                             .hash = *hash};
    for (const Json &entry : *entries)
        preview.entries.append({.account = textIn(entry, "account"),
                                .isCustomers = core::boolMember(entry, "customers").value_or(false),
                                .amount = moneyIn(entry, "amount").value_or(Money()),
                                .before = moneyIn(entry, "before"),
                                .after = moneyIn(entry, "after")});
    return preview;
}

} // namespace api
