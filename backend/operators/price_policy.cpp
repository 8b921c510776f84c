#include "operators/price_policy.h"

#include "operators/agreement.h"
#include "subscriptions/plan.h"

#include <QRegularExpression>

namespace operators {

namespace {

constexpr qsizetype kPriceReasonMin = 3;
constexpr qsizetype kPriceReasonMax = 400;
// What is scheduled cannot be taken back, and nothing may begin before it.
constexpr std::chrono::days kAheadMax{31};
constexpr Money kPriceMax = Money::fromMicros(10'000'000'000);
constexpr Money kRateMax = Money::fromMicros(20'000'000);
constexpr Money kFeeMax = Money::fromMicros(10'000'000);
constexpr qint64 kMinutesMax = 100'000;
constexpr size_t kPrefixesMax = 500;

/// From when on, and why; or what is wrong with it.
struct When {
    Timestamp from;
    QString words; // "at once", "2027-01-01T00:00:00.000000Z"
    QString reason;
};

Result<tl::expected<When, CommandOutcome>> whenOf(engine::Context &context, const Json &payload)
{
    using Answer = tl::expected<When, CommandOutcome>;
    const auto bad = [](const char *why) {
        return Answer(tl::unexpected(refused("BadInput", QString::fromLatin1(why))));
    };
    const QString reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (reason.size() < kPriceReasonMin || reason.size() > kPriceReasonMax)
        return bad("a reason of 3 to 400 characters says why");
    const auto typed = core::textMember(payload, "from");
    if (!typed || typed->isEmpty())
        return Answer(When{context.now(), QStringLiteral("at once"), reason});
    const auto from = core::fromIso(*typed);
    if (!from || *from < context.now() || *from > context.now() + kAheadMax)
        return bad("prices hold from now on or from a moment in the next 31 days, such as "
                   "2027-01-01T00:00:00Z");
    return Answer(When{*from, core::toIso(*from), reason});
}

CommandOutcome doneOutcome(const Command &command, const QString &object, const QString &change,
                           const When &when, int version)
{
    CommandOutcome outcome{.answer = {{"version", version}}};
    outcome.audit = doneLine(command, Json::object());
    outcome.audit->object = object;
    outcome.audit->reason = QStringLiteral("%1, %2: %3").arg(change, when.words, when.reason);
    return outcome;
}

/// The change was asked for and waits, or is refused because others began later already.
Result<std::optional<CommandOutcome>> inTheWay(engine::Context &context, const Command &command,
                                               const QString &change, const When &when, int before)
{
    return waitsForSecond(context, command,
                          {.what = QStringLiteral("%1, %2").arg(change, when.words),
                           .content = {{"before", before},
                                       {"change", change.toStdString()},
                                       {"from", when.words.toStdString()}}});
}

CommandOutcome beginsTooEarly()
{
    return refused("ConstraintViolated",
                   QStringLiteral("there are prices already that begin then or later; only prices "
                                  "that begin after those can follow"));
}

// Plans ------------------------------------------------------------------------------------------

struct PlanPrice {
    QString plan;
    int days = 0;
    Money price;
    qint64 minutes = 0;
};

std::optional<PlanPrice> planPriceIn(const Json &payload)
{
    const auto days = core::integerMember(payload, "days");
    const auto price = core::integerMember(payload, "price");
    const auto minutes = core::integerMember(payload, "minutes");
    if (!days || !price || !minutes || *days < 1 || *days > 366 || *minutes < 0 ||
        *minutes > kMinutesMax)
        return std::nullopt;
    const Money money = Money::fromMicros(*price);
    if (!money.isPositive() || money > kPriceMax)
        return std::nullopt;
    return PlanPrice{core::textMember(payload, "plan").value_or(QString()), static_cast<int>(*days),
                     money, *minutes};
}

Result<int> addPlanVersion(engine::Context &context, const Command &command,
                           const subscriptions::Plan &before, const PlanPrice &wanted,
                           const When &when)
{
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO plan_versions (id, plan, days, price, allowance_s, "
                       "has_campaigns, valid_from, note, changed_by, cause_id) SELECT max(id) + 1, "
                       "?, ?, ?, ?, ?::boolean, ?::timestamptz, ?, ?, ? FROM plan_versions "
                       "RETURNING id"),
        {wanted.plan, wanted.days, wanted.price.micros(), wanted.minutes * 60, before.hasCampaigns,
         core::toIso(when.from), when.reason, command.by.value, context.cause().value});
    if (!rows)
        return failure(rows.error());
    return static_cast<int>(rows->first().integer("id"));
}

Result<CommandOutcome> changePlanPrice(engine::Context &context, const Command &command,
                                       const Json &payload)
{
    const auto when = whenOf(context, payload);
    if (!when)
        return failure(when.error());
    if (!*when)
        return when->error();
    const auto wanted = planPriceIn(payload);
    if (!wanted)
        return refused("BadInput", QStringLiteral("name the plan, its days, a price up to 10000 "
                                                  "USD and minutes up to 100000"));
    const auto before =
        subscriptions::planAt(context.transaction(), wanted->plan, wanted->days, (*when)->from);
    if (!before)
        return failure(before.error());
    if (!*before || (*before)->price.isZero())
        return refused("NotFound", QStringLiteral("no plan of that name and length has a price"));
    const auto words = [](Money price, qint64 minutes) {
        return QStringLiteral("%1 USD with %2 minutes").arg(price.toString()).arg(minutes);
    };
    const qint64 minutesBefore = (*before)->allowance.count() / 60;
    if ((*before)->price == wanted->price && minutesBefore == wanted->minutes)
        return refused("BadInput", QStringLiteral("this is what holds already"));
    const QString change =
        QStringLiteral("%1 of %2 days %3 -> %4")
            .arg(wanted->plan)
            .arg(wanted->days)
            .arg(words((*before)->price, minutesBefore), words(wanted->price, wanted->minutes));
    auto waits = inTheWay(context, command, change, **when, (*before)->version);
    if (!waits)
        return failure(waits.error());
    if (*waits)
        return **waits;
    const auto added = addPlanVersion(context, command, **before, *wanted, **when);
    if (!added && added.error().code == ErrorCode::ConstraintViolated)
        return beginsTooEarly();
    if (!added)
        return failure(added.error());
    context.changed(Topic::Policy, *added);
    return doneOutcome(command, QStringLiteral("plans, version %1").arg(*added), change, **when,
                       *added);
}

// Rates ------------------------------------------------------------------------------------------

struct Rates {
    int version = 0;
    Money recordingFee;
    QHash<QString, Money> perMinute; // by prefix
};

Result<Rates> newestRates(engine::Context &context)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT r.version, r.prefix, r.per_minute, v.recording_fee FROM rates r "
                       "JOIN rate_versions v ON v.id = r.version WHERE v.id = (SELECT max(id) FROM "
                       "rate_versions)"));
    if (!rows)
        return failure(rows.error());
    Rates rates;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        rates.version = static_cast<int>((*rows)[i].integer("version"));
        rates.recordingFee = (*rows)[i].money("recording_fee");
        rates.perMinute.insert((*rows)[i].text("prefix"), (*rows)[i].money("per_minute"));
    }
    return rates;
}

/// Sets what the payload names: "+44 0.45 -> 0.50". Absent: it cannot be meant.
std::optional<QStringList> changeRates(Rates &rates, const Json &payload)
{
    static const QRegularExpression prefixForm(QStringLiteral("\\A\\+[0-9]{0,9}\\z"));
    QStringList changes;
    const auto set = [&](const QString &what, Money &rate, Money next, bool isNew) {
        if (rate != next || isNew)
            changes << QStringLiteral("%1 %2 -> %3")
                           .arg(what, isNew ? QStringLiteral("none") : rate.toString(),
                                next.toString());
        rate = next;
    };
    const auto fee = core::integerMember(payload, "recording_fee");
    if (fee && (*fee < 0 || Money::fromMicros(*fee) > kFeeMax))
        return std::nullopt;
    if (fee)
        set(QStringLiteral("recording"), rates.recordingFee, Money::fromMicros(*fee), false);
    const Json *named = core::member(payload, "rates");
    if (!named)
        return changes;
    if (!named->is_object() || named->size() > kPrefixesMax)
        return std::nullopt;
    for (const auto &[key, value] : named->items()) {
        const QString prefix = QString::fromStdString(key);
        const auto rate = core::integerMember(*named, key.c_str());
        if (!rate || *rate <= 0 || Money::fromMicros(*rate) > kRateMax ||
            !prefixForm.match(prefix).hasMatch())
            return std::nullopt;
        const bool isNew = !rates.perMinute.contains(prefix);
        set(prefix, rates.perMinute[prefix], Money::fromMicros(*rate), isNew);
    }
    return changes;
}

Result<void> addRates(engine::Context &context, const Command &command, const Rates &rates,
                      const When &when)
{
    std::vector<QString> prefixes;
    std::vector<qint64> amounts;
    for (auto i = rates.perMinute.cbegin(); i != rates.perMinute.cend(); ++i) {
        prefixes.push_back(i.key());
        amounts.push_back(i.value().micros());
    }
    return database::done(
               context.transaction().run(
                   QStringLiteral("INSERT INTO rate_versions (id, starts_at, recording_fee, note, "
                                  "changed_by, cause_id) VALUES (?, ?::timestamptz, ?, ?, ?, ?)"),
                   {rates.version, core::toIso(when.from), rates.recordingFee.micros(), when.reason,
                    command.by.value, context.cause().value}))
        .and_then([&] {
            return database::done(context.transaction().run(
                QStringLiteral("INSERT INTO rates (version, prefix, per_minute) SELECT ?::int, p, "
                               "a FROM unnest(?::text[], ?::bigint[]) AS r (p, a)"),
                {rates.version, database::arrayOf(prefixes), database::arrayOf(amounts)}));
        });
}

Result<CommandOutcome> changeRatesOfCalls(engine::Context &context, const Command &command,
                                          const Json &payload)
{
    const auto when = whenOf(context, payload);
    if (!when)
        return failure(when.error());
    if (!*when)
        return when->error();
    auto rates = newestRates(context);
    if (!rates)
        return failure(rates.error());
    const int before = rates->version;
    const auto changes = changeRates(*rates, payload);
    if (!changes)
        return refused("BadInput", QStringLiteral("rates are prefixes such as +44 with USD a "
                                                  "minute up to 20; a recording costs up to 10"));
    if (changes->isEmpty())
        return refused("BadInput", QStringLiteral("this is what holds already"));
    const QString change = changes->join(QStringLiteral(", "));
    auto waits = inTheWay(context, command, change, **when, before);
    if (!waits)
        return failure(waits.error());
    if (*waits)
        return **waits;
    ++rates->version;
    const auto added = addRates(context, command, *rates, **when);
    if (!added && added.error().code == ErrorCode::ConstraintViolated)
        return beginsTooEarly();
    if (!added)
        return failure(added.error());
    context.changed(Topic::Policy, rates->version);
    return doneOutcome(command, QStringLiteral("rates, version %1").arg(rates->version), change,
                       **when, rates->version);
}

} // namespace

void addPricePolicy(engine::RoutingTable &routes)
{
    addCommand(routes, {.name = QStringLiteral("policy.plan_price"), .work = changePlanPrice});
    addCommand(routes, {.name = QStringLiteral("policy.rates"), .work = changeRatesOfCalls});
}

} // namespace operators
