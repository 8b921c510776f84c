#pragma once

#include "subscriptions/allowance.h"
#include "subscriptions/subscription_flow.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"

namespace tests {

using namespace std::chrono_literals;

inline constexpr qint64 kSubscriber = 7001;

/// Versions as they are shipped.
enum ShippedPlan {
    kPrimeDay = 2,
    kPrimeWeek = 3,
    kPrimeMonth = 4,
    kEliteWeek = 6,
    kUltraMonth = 10,
};

/// Plans step by step: what is wished are rows of the customer's lane, and so are the timers.
class PlanStage : public QObject {
protected:
    PlanStage();
    void start(Money money, Timestamp at = kMorning);
    void addSubscriber(qint64 customer, Money money);

    /// Returns what came of it: "bought", "too_little", ... or the code of an error.
    QString buy(int version, const QString &key = {}, qint64 customer = kSubscriber);
    void wish(const char *what,
              qint64 customer = kSubscriber); // "cancel", "renew", "renew_not", "pay"
    void run();
    /// On the way every timer fires when it is due.
    void goTo(Timestamp moment);
    void fire(); // what is due now
    /// A timer that comes although it is not due, or once more.
    void fireAgain(const char *kind, int period, qint64 subscription = 1);

    [[nodiscard]] QString value(const QString &sql) { return column(*m_connection, sql).value(0); }
    [[nodiscard]] QString
    live(const char *what); // of the customer's live subscription; empty: none
    [[nodiscard]] qint64 count(const QString &from)
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM %1)").arg(from));
    }
    [[nodiscard]] ledger::Balance money(qint64 customer = kSubscriber)
    {
        return balance(*m_connection, customer);
    }
    /// "plan:1 -20000000", oldest first.
    [[nodiscard]] QStringList transfers();
    [[nodiscard]] QStringList told(); // first keys of all messages, oldest first
    /// Empty: no row dead, no row waiting, the ledger sound.
    [[nodiscard]] QString looseEnds();
    [[nodiscard]] Result<subscriptions::Offer> purchase(database::Connection &connection,
                                                        int version, const QString &key,
                                                        qint64 customer = kSubscriber);

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<subscriptions::SubscriptionFlow> m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMorning};
    engine::Counters m_counters;
    std::unique_ptr<engine::Worker> m_worker;
    int m_recorded = 0;
    std::atomic<qint64> m_events = 1'000'000;

private:
    void record(queue::NewEntry entry);
    [[nodiscard]] Result<engine::Outcome> wished(const Json &payload, engine::Context &context);
};

inline QString nameOfOutcome(const Result<subscriptions::Offer> &offer)
{
    if (!offer)
        return core::name(offer.error().code);
    switch (offer->outcome) {
    case subscriptions::Purchase::Possible: return QStringLiteral("bought");
    case subscriptions::Purchase::NoSuchPlan: return QStringLiteral("no_such_plan");
    case subscriptions::Purchase::HasIt: return QStringLiteral("has_it");
    case subscriptions::Purchase::TooLittle: return QStringLiteral("too_little");
    }
    return {};
}

inline PlanStage::PlanStage()
{
    const auto loaded = language::Catalogue::load();
    if (!loaded)
        qFatal("no catalogue");
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_flow = std::make_unique<subscriptions::SubscriptionFlow>(*m_messenger);
    m_flow->addRoutes(m_routes);
    m_routes.add({.kind = QStringLiteral("test.wish"),
                  .handle = [this](const engine::Event &event, engine::Context &context) {
                      return wished(event.payload, context);
                  }});
}

inline Result<engine::Outcome> PlanStage::wished(const Json &payload, engine::Context &context)
{
    const CustomerId id{core::integerMember(payload, "customer").value()};
    const auto customer = customers::find(context.transaction(), id).value().value();
    const QString what = core::textMember(payload, "what").value();
    const auto done = what == QLatin1String("cancel")  ? m_flow->cancel(context, customer)
                      : what == QLatin1String("renew") ? m_flow->setRenewal(context, customer, true)
                      : what == QLatin1String("renew_not")
                          ? m_flow->setRenewal(context, customer, false)
                          : m_flow->payNow(context, customer);
    if (!done)
        return failure(done.error());
    return *done ? engine::Outcome::Handled : engine::Outcome::Ignored;
}

inline void PlanStage::start(Money amount, Timestamp at)
{
    m_connection.reset();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    m_clock.set(at);
    m_worker = std::make_unique<engine::Worker>(m_routes, m_clock, kInstallationKey, m_counters);
    addSubscriber(kSubscriber, amount);
}

inline void PlanStage::addSubscriber(qint64 customer, Money amount)
{
    addCustomer(*m_connection, customer, QStringLiteral("Asha"));
    if (amount.isPositive() && !credit(*m_connection, {.customer = CustomerId{customer},
                                                       .amount = amount,
                                                       .payment = QString::number(customer)}))
        qFatal("no money");
}

inline Result<subscriptions::Offer> PlanStage::purchase(database::Connection &connection,
                                                        int version, const QString &key,
                                                        qint64 customer)
{
    return committed<subscriptions::Offer>(
        connection, [&](database::Transaction &transaction) -> Result<subscriptions::Offer> {
            engine::Event event;
            event.id = InboxId{++m_events}; // its messages are named by it
            event.receivedAt = m_clock.now();
            engine::Context context(transaction, event, kInstallationKey);
            const auto who = customers::find(transaction, CustomerId{customer});
            if (!who)
                return failure(who.error());
            return m_flow->buy(context, **who, version, key);
        });
}

inline QString PlanStage::buy(int version, const QString &key, qint64 customer)
{
    ++m_recorded;
    const QString used = key.isEmpty() ? QStringLiteral("buy:%1").arg(m_recorded) : key;
    return nameOfOutcome(purchase(*m_connection, version, used, customer));
}

inline void PlanStage::record(queue::NewEntry entry)
{
    entry.externalId = QStringLiteral("test:%1").arg(++m_recorded);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    run();
}

inline void PlanStage::wish(const char *what, qint64 customer)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = QStringLiteral("customer:%1").arg(customer),
            .kind = QStringLiteral("test.wish"),
            .payload = core::toBytes({{"what", what}, {"customer", customer}})});
}

inline void PlanStage::fireAgain(const char *kind, int period, qint64 subscription)
{
    record(
        {.source = queue::Source::Timer,
         .externalId = {},
         .lane = QStringLiteral("customer:%1").arg(kSubscriber),
         .kind = QLatin1String(kind),
         .payload = core::toBytes({{"v", 1}, {"subscription", subscription}, {"period", period}})});
}

inline void PlanStage::run()
{
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        rows = pass ? pass->rows : 0;
    }
}

inline void PlanStage::fire()
{
    const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now());
    });
    QVERIFY(fired);
    if (*fired > 0)
        run();
}

inline void PlanStage::goTo(Timestamp moment)
{
    for (;;) {
        const QString next =
            column(*m_connection,
                   QStringLiteral("SELECT to_micros(min(due_at)) AS answer FROM timers WHERE "
                                  "due_at <= ?::timestamptz"),
                   {core::toIso(moment)})
                .value(0);
        if (next.isEmpty())
            break;
        m_clock.set(std::max(m_clock.now(), core::fromMicros(next.toLongLong())));
        fire();
    }
    m_clock.set(moment);
}

inline QString PlanStage::live(const char *what)
{
    return value(QStringLiteral("SELECT %1 AS answer FROM subscriptions s JOIN plan_periods p ON "
                                "p.subscription_id = s.id AND p.number = s.period WHERE "
                                "s.customer_id = %2 AND s.state <> 'ended'")
                     .arg(QLatin1String(what))
                     .arg(kSubscriber));
}

inline QStringList PlanStage::transfers()
{
    return column(*m_connection,
                  QStringLiteral("SELECT request_key || ' ' || available AS answer FROM transfers "
                                 "WHERE customer_id = %1 AND kind <> 'deposit' ORDER BY id")
                      .arg(kSubscriber));
}

inline QStringList PlanStage::told()
{
    return column(*m_connection,
                  QStringLiteral("SELECT payload #>> '{texts,0,key}' AS answer FROM outbox WHERE "
                                 "lane = 'chat:%1' AND method = 'sendMessage' ORDER BY id")
                      .arg(kSubscriber));
}

inline QString PlanStage::looseEnds()
{
    QStringList ends;
    for (const char *what :
         {"inbox_outcomes WHERE state = 'dead'", "inbox_waiting", "ledger_problems()"}) {
        if (const qint64 found = count(QLatin1String(what)); found != 0)
            ends << QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(found);
    }
    return ends.join(QStringLiteral(", "));
}

} // namespace tests
