#include "deposits/event_log.h"

#include "customers/customer.h"
#include "deposits/deposit_steps.h"

#include <QRegularExpression>

namespace deposits {

using engine::Outcome;
namespace dynopay = providers::dynopay;

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours kEvery = 24h;
constexpr std::chrono::hours kLooksBack = 26h; // the days overlap: nothing falls between them
constexpr std::chrono::minutes kOnItsWay = 10min;
constexpr int kPagesMax = 50;
const QString kLane = QStringLiteral("policy");

/// One comparison, as far as it has come.
struct Comparison {
    qint64 id = 0;
    Timestamp startedAt;
    int pages = 0;
};

Result<void> ask(engine::Context &context, qint64 comparison, const QString &after)
{
    queue::NewMessage message;
    message.provider = queue::Provider::Dynopay;
    message.method = QStringLiteral("listEvents");
    message.lane = QStringLiteral("events");
    message.payload = {{"v", 1}, {"comparison", comparison}, {"after", after}};
    message.replyKind = QStringLiteral("deposits.events");
    message.replyLane = kLane;
    const auto sent = context.send(std::move(message));
    return sent ? Result<void>() : failure(sent.error());
}

Result<std::optional<Comparison>> lockComparison(engine::Context &context, const Json &request)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT id, to_micros(started_at) AS started_at, pages FROM "
                       "deposit_comparisons WHERE id = ? AND state = 'asking' FOR UPDATE"),
        {core::integerMember(request, "comparison").value_or(0)});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Comparison>();
    return std::optional(Comparison{.id = rows->first().integer("id"),
                                    .startedAt = rows->first().time("started_at"),
                                    .pages = static_cast<int>(rows->first().integer("pages"))});
}

Result<void> finish(engine::Context &context, qint64 comparison, const char *state)
{
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE deposit_comparisons SET state = ?, finished_at = ?::timestamptz "
                       "WHERE id = ?"),
        {QLatin1String(state), core::toIso(context.now()), comparison}));
}

/// The events of the last day, but for those that may still be on their way.
QList<dynopay::SentEvent> eventsOfTheDay(const QList<dynopay::SentEvent> &events,
                                         const Comparison &comparison)
{
    QList<dynopay::SentEvent> kept;
    for (const dynopay::SentEvent &event : events) {
        if (event.createdAt && *event.createdAt >= comparison.startedAt - kLooksBack &&
            *event.createdAt <= comparison.startedAt - kOnItsWay)
            kept << event;
    }
    return kept;
}

/// Which of them are about deposits of ours, and whether each has come. One that was refused has
/// come as well.
Result<database::Rows> findOurs(engine::Context &context, const QList<dynopay::SentEvent> &events)
{
    std::vector<QString> ids;
    std::vector<QString> hooks;
    std::vector<QString> names;
    static const QRegularExpression digest(QStringLiteral("^[0-9a-f]{64}$"));
    for (const dynopay::SentEvent &event : events) {
        if (!digest.match(event.hook).hasMatch())
            continue; // the address of the company, which has no token of ours
        ids.push_back(event.id);
        hooks.push_back(event.hook);
        names.push_back(event.event);
    }
    return context.transaction().run(
        QStringLiteral(
            "SELECT e.id, e.name, d.id AS deposit, d.customer_id, NOT EXISTS (SELECT FROM "
            "deposit_events x WHERE x.deposit_id = d.id AND x.kind IN ('webhook ' || e.name, "
            "'webhook refused')) AS is_missed FROM unnest(?::text[], ?::text[], ?::text[]) AS e "
            "(id, hook, name) JOIN deposits d ON d.token_sha256 = decode(e.hook, 'hex')"),
        {database::arrayOf(ids), database::arrayOf(hooks), database::arrayOf(names)});
}

/// Each on the lane of its customer; an event that a later comparison finds again is posted once.
Result<int> postMissed(engine::Context &context, const database::Rows &ours)
{
    int missed = 0;
    for (qsizetype i = 0; i < ours.size(); ++i) {
        const database::Row row = ours[i];
        if (!row.boolean("is_missed"))
            continue;
        ++missed;
        const auto posted = context.post(
            customers::laneOf(CustomerId{row.integer("customer_id")}),
            QStringLiteral("deposit.missed"),
            {{"v", 1}, {"deposit", row.integer("deposit")}, {"event", row.text("name")}},
            QStringLiteral("missed:") + row.text("id").left(100));
        if (!posted)
            return failure(posted.error());
        qCCritical(lcDeposits) << "deposit" << row.integer("deposit")
                               << "missed a webhook that the provider says it sent";
    }
    return missed;
}

} // namespace

void EventLog::addRoutes(engine::RoutingTable &routes) const
{
    using Method = Step (EventLog::*)(const engine::Event &, engine::Context &) const;
    const auto add = [&](const char *kind, Method step) {
        routes.add({.kind = QString::fromLatin1(kind),
                    .order = engine::Order::Free,
                    .handle = [this, step](const engine::Event &event, engine::Context &context) {
                        return (this->*step)(event, context);
                    }});
    };
    add("deposits.compare", &EventLog::compare);
    add("deposits.events", &EventLog::answered);
}

Result<void> EventLog::start(engine::Context &context) const
{
    return context.schedule({.key = QStringLiteral("deposits:compare"),
                             .dueAt = context.now() + kEvery,
                             .kind = QStringLiteral("deposits.compare"),
                             .lane = kLane,
                             .payload = {{"v", 1}}});
}

Result<Outcome> EventLog::compare(const engine::Event &, engine::Context &context) const
{
    if (auto again = start(context); !again)
        return failure(again.error());
    const auto begun = context.transaction().run(
        QStringLiteral("INSERT INTO deposit_comparisons (started_at, cause_id) VALUES "
                       "(?::timestamptz, ?) RETURNING id"),
        {core::toIso(context.now()), context.cause().value});
    if (!begun)
        return failure(begun.error());
    if (auto asked = ask(context, begun->first().integer("id"), {}); !asked)
        return failure(asked.error());
    return Outcome::Handled;
}

Result<Outcome> EventLog::answered(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    const auto comparison = lockComparison(context, request ? *request : Json());
    if (!comparison)
        return failure(comparison.error());
    if (!*comparison)
        return Outcome::Ignored;
    const auto sent = dynopay::parseEvents(answerIn(event.payload));
    if (!sent) {
        const bool isOlder = sent.error().refusal == dynopay::Refusal::NotFound;
        const auto ended = finish(context, (*comparison)->id, isOlder ? "not_supported" : "failed");
        return ended ? Result<Outcome>(Outcome::Handled) : failure(ended.error());
    }
    const auto events = eventsOfTheDay(sent->events, **comparison);
    const auto ours = findOurs(context, events);
    if (!ours)
        return failure(ours.error());
    const auto missed = postMissed(context, *ours);
    if (!missed)
        return failure(missed.error());
    const auto counted = context.transaction().run(
        QStringLiteral("UPDATE deposit_comparisons SET pages = pages + 1, events = events + ?, "
                       "ours = ours + ?, missed = missed + ? WHERE id = ?"),
        {events.size(), ours->size(), *missed, (*comparison)->id});
    if (!counted)
        return failure(counted.error());
    // Newest first: an older page may be of an earlier day.
    const bool isPast = !sent->events.isEmpty() && sent->events.last().createdAt &&
                        *sent->events.last().createdAt < (*comparison)->startedAt - kLooksBack;
    const bool goesOn = !sent->next.isEmpty() && !isPast && (*comparison)->pages + 1 < kPagesMax;
    const auto ended = goesOn ? ask(context, (*comparison)->id, sent->next)
                              : finish(context, (*comparison)->id, "done");
    return ended ? Result<Outcome>(Outcome::Handled) : failure(ended.error());
}

} // namespace deposits
