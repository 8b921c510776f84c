#include "dynopay/payment_scenario.h"

#include <QRegularExpression>

#include <array>

namespace simulator {

namespace {

using namespace std::chrono_literals;

const QHash<QString, HookStyle::Meta> kMetas = {
    {QStringLiteral("object"), HookStyle::Meta::Object},
    {QStringLiteral("string"), HookStyle::Meta::String},
    {QStringLiteral("null"), HookStyle::Meta::Null},
    {QStringLiteral("absent"), HookStyle::Meta::Absent},
    {QStringLiteral("foreign"), HookStyle::Meta::Foreign}};

const QHash<QString, HookStyle::Base> kBases = {{QStringLiteral("number"), HookStyle::Base::Number},
                                                {QStringLiteral("string"), HookStyle::Base::String},
                                                {QStringLiteral("null"), HookStyle::Base::Null},
                                                {QStringLiteral("wrong"), HookStyle::Base::Wrong}};

const QHash<QString, StatusApi> kStatusApis = {
    {QStringLiteral("ok"), StatusApi::Ok},
    {QStringLiteral("404"), StatusApi::NotFound},
    {QStringLiteral("500"), StatusApi::ServerError},
    {QStringLiteral("timeout"), StatusApi::Timeout},
    {QStringLiteral("contradicts"), StatusApi::Contradicts},
    {QStringLiteral("optimistic"), StatusApi::Optimistic}};

const QHash<QString, CreateFault> kCreateFaults = {
    {QStringLiteral("500"), CreateFault::ServerError},
    {QStringLiteral("429"), CreateFault::TooMany},
    {QStringLiteral("timeout_after_commit"), CreateFault::TimeoutAfterCommit},
    {QStringLiteral("no_qr"), CreateFault::NoQr},
    {QStringLiteral("crypto_amount_name"), CreateFault::CryptoAmountName}};

double ratioAt(const ScenarioStep &step, qsizetype index, double otherwise)
{
    bool isNumber = false;
    const double ratio = step.arguments.value(index).toDouble(&isNumber);
    return isNumber ? ratio : otherwise;
}

QByteArray otherToken(const QByteArray &url, const QByteArray &token)
{
    return url.left(url.lastIndexOf('/') + 1) + token;
}

} // namespace

Result<ScenarioStep> scenarioStepFrom(const QString &text)
{
    static const QRegularExpression kShape(
        QStringLiteral("^([a-z_0-9]+)(?:\\(([^()]*)\\)|=([^()]+))?$"));
    const auto match = kShape.match(text.trimmed());
    if (!match.hasMatch())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("not a step: ") + text});
    ScenarioStep step{.name = match.captured(1), .arguments = {}};
    if (match.hasCaptured(3))
        step.arguments = {match.captured(3).trimmed()};
    else if (!match.captured(2).isEmpty())
        step.arguments = match.captured(2).split(u',');
    for (QString &argument : step.arguments)
        argument = argument.trimmed();
    return step;
}

PaymentScenario::PaymentScenario(World &world, PaymentHooks &hooks, OtherPayment otherPayment)
    : m_world(world)
    , m_hooks(hooks)
    , m_otherPayment(std::move(otherPayment))
{
}

const QHash<QString, PaymentScenario::Flow> &PaymentScenario::flows()
{
    static const QHash<QString, Flow> all = {
        {QStringLiteral("exact"), &PaymentScenario::exact},
        {QStringLiteral("under"), &PaymentScenario::under},
        {QStringLiteral("over"), &PaymentScenario::exact},
        {QStringLiteral("two_part"), &PaymentScenario::twoPart},
        {QStringLiteral("two_payments"), &PaymentScenario::twoPayments},
        {QStringLiteral("late"), &PaymentScenario::late},
        {QStringLiteral("never"), &PaymentScenario::never},
        {QStringLiteral("wait"), &PaymentScenario::wait},
        {QStringLiteral("confirmed_only"), &PaymentScenario::confirmedOnly},
        {QStringLiteral("settled_only"), &PaymentScenario::settledOnly},
        {QStringLiteral("settled_before_confirmed"), &PaymentScenario::settledFirst},
        {QStringLiteral("settlement_failed_then_recovered"), &PaymentScenario::settlementFailed},
        {QStringLiteral("orphan_recovery"), &PaymentScenario::orphan},
        {QStringLiteral("ghost_replay"), &PaymentScenario::ghostReplay},
        {QStringLiteral("forged_unknown_token"), &PaymentScenario::forgedUnknownToken},
        {QStringLiteral("forged_other_token"), &PaymentScenario::forgedOtherToken},
        {QStringLiteral("forged_body"), &PaymentScenario::forgedBody},
    };
    return all;
}

bool PaymentScenario::isStyle(const ScenarioStep &step)
{
    const QString value = step.arguments.value(0);
    if (step.name == u"meta")
        return kMetas.contains(value);
    if (step.name == u"base_amount")
        return kBases.contains(value);
    if (step.name == u"status_api")
        return kStatusApis.contains(value);
    if (step.name == u"create")
        return kCreateFaults.contains(value);
    if (step.name == u"signing")
        return signingFrom(value).has_value();
    static const QStringList kPlain = {
        QStringLiteral("legacy_flat"),    QStringLiteral("unknown_status"),
        QStringLiteral("wrong_currency"), QStringLiteral("wrong_address"),
        QStringLiteral("simulated_flag"), QStringLiteral("bad_json"),
        QStringLiteral("huge_body"),      QStringLiteral("duplicate")};
    return kPlain.contains(step.name);
}

Result<void> PaymentScenario::check(const QStringList &steps)
{
    for (const QString &text : steps) {
        const auto step = scenarioStepFrom(text);
        if (!step)
            return failure(step.error());
        if (!flows().contains(step->name) && !isStyle(*step))
            return failure(
                {.code = ErrorCode::BadInput, .detail = QStringLiteral("unknown step: ") + text});
    }
    return {};
}

CreateFault PaymentScenario::createFaultOf(const QStringList &steps)
{
    CreateFault fault = CreateFault::None;
    for (const QString &text : steps) {
        const auto step = scenarioStepFrom(text);
        if (step && step->name == u"create")
            fault = kCreateFaults.value(step->arguments.value(0));
    }
    return fault;
}

void PaymentScenario::applyStyle(Payment &payment, const ScenarioStep &step)
{
    HookStyle &style = payment.style;
    const QString value = step.arguments.value(0);
    if (step.name == u"meta") {
        style.meta = kMetas.value(value);
    } else if (step.name == u"base_amount") {
        style.base = kBases.value(value);
    } else if (step.name == u"status_api") {
        payment.statusApi = kStatusApis.value(value);
    } else if (step.name == u"signing") {
        style.signing = signingFrom(value);
    } else if (step.name == u"unknown_status") {
        style.unknownStatus = value.isEmpty() ? QStringLiteral("frobnicated") : value;
    } else if (step.name == u"duplicate") {
        style.copies = std::max(1, value.toInt());
        style.hasNewIds = step.arguments.value(1) == u"new";
    }
    style.isLegacyFlat |= step.name == u"legacy_flat";
    style.hasWrongCurrency |= step.name == u"wrong_currency";
    style.hasWrongAddress |= step.name == u"wrong_address";
    style.isSimulated |= step.name == u"simulated_flag";
    style.isBadJson |= step.name == u"bad_json";
    style.isHuge |= step.name == u"huge_body";
}

void PaymentScenario::play(const PaymentPtr &payment, const QStringList &steps)
{
    QList<ScenarioStep> flowSteps;
    for (const QString &text : steps) {
        payment->scenario.append(text);
        const auto step = scenarioStepFrom(text);
        if (!step)
            continue;
        if (flows().contains(step->name))
            flowSteps.append(*step);
        else
            applyStyle(*payment, *step);
    }
    Micros at{0};
    for (const ScenarioStep &step : std::as_const(flowSteps))
        at = (this->*flows()[step.name])(payment, step, at);
}

void PaymentScenario::schedule(Micros at, std::function<void()> task)
{
    if (at.count() == 0)
        task();
    else
        m_world.scheduler.after(m_world.scaled(at), std::move(task));
}

void PaymentScenario::tell(const PaymentPtr &payment, Micros at, const PaymentNews &news,
                           const QString &status)
{
    schedule(at, [this, payment, news, status] {
        if (!status.isEmpty())
            payment->status = status;
        if (!news.event.isEmpty())
            m_hooks.send(*payment, news);
    });
}

PaymentScenario::Micros PaymentScenario::receive(const PaymentPtr &payment, Micros from,
                                                 double ratio, std::span<const Stage> stages)
{
    const qint64 units = timesRatio(*payment->coin, payment->requestedUnits, ratio);
    const QString txId = QString::fromLatin1(m_world.randomText("0123456789abcdef", 64));
    schedule(from, [payment, units, txId] {
        payment->receivedUnits += units;
        payment->txId = txId;
    });
    for (const Stage &stage : stages)
        tell(payment, from + stage.after,
             {.event = QString::fromLatin1(stage.event), .units = units, .txId = txId},
             QString::fromLatin1(stage.status));
    return from + stages.back().after;
}

PaymentScenario::Micros PaymentScenario::exact(const PaymentPtr &payment, const ScenarioStep &step,
                                               Micros from)
{
    static constexpr std::array<Stage, 3> kStages = {{{0s, "pending", "payment.pending"},
                                                      {500ms, "confirmed", "payment.confirmed"},
                                                      {2s, "settled", "payment.settled"}}};
    return receive(payment, from, ratioAt(step, 0, step.name == u"over" ? 1.5 : 1.0), kStages);
}

PaymentScenario::Micros PaymentScenario::under(const PaymentPtr &payment, const ScenarioStep &step,
                                               Micros from)
{
    // Sent directly, too little is accepted at once: the news of it is followed by the usual ones.
    static constexpr std::array<Stage, 3> kStages = {{{0s, "underpaid", "payment.underpaid"},
                                                      {500ms, "", "payment.confirmed"},
                                                      {2s, "settled", "payment.settled"}}};
    return receive(payment, from, ratioAt(step, 0, 0.5), kStages);
}

PaymentScenario::Micros PaymentScenario::twoPart(const PaymentPtr &payment,
                                                 const ScenarioStep &step, Micros from)
{
    static constexpr std::array<Stage, 1> kFirst = {{{0s, "underpaid", "payment.underpaid"}}};
    receive(payment, from, ratioAt(step, 0, 0.5), kFirst);
    ScenarioStep second{.name = QStringLiteral("exact"),
                        .arguments = {QString::number(ratioAt(step, 1, 0.5))}};
    return exact(payment, second, from + 3s);
}

/// As two_part, but the first one's transaction is named as well.
PaymentScenario::Micros PaymentScenario::twoPayments(const PaymentPtr &payment,
                                                     const ScenarioStep &step, Micros from)
{
    static constexpr std::array<Stage, 2> kFirst = {
        {{0s, "underpaid", "payment.pending"}, {500ms, "", "payment.confirmed"}}};
    receive(payment, from, ratioAt(step, 0, 0.5), kFirst);
    ScenarioStep second{.name = QStringLiteral("exact"),
                        .arguments = {QString::number(ratioAt(step, 1, 0.5))}};
    return exact(payment, second, from + 3s);
}

PaymentScenario::Micros PaymentScenario::late(const PaymentPtr &payment, const ScenarioStep &step,
                                              Micros from)
{
    return exact(payment, {.name = QStringLiteral("exact"), .arguments = {}},
                 from + span(60 * ratioAt(step, 0, 20)));
}

PaymentScenario::Micros PaymentScenario::never(const PaymentPtr &, const ScenarioStep &,
                                               Micros from)
{
    return from;
}

PaymentScenario::Micros PaymentScenario::wait(const PaymentPtr &, const ScenarioStep &step,
                                              Micros from)
{
    return from + span(ratioAt(step, 0, 1));
}

PaymentScenario::Micros PaymentScenario::confirmedOnly(const PaymentPtr &payment,
                                                       const ScenarioStep &, Micros from)
{
    static constexpr std::array<Stage, 3> kStages = {{{0s, "pending", "payment.pending"},
                                                      {500ms, "confirmed", "payment.confirmed"},
                                                      {2s, "settled", ""}}};
    return receive(payment, from, 1, kStages);
}

PaymentScenario::Micros PaymentScenario::settledOnly(const PaymentPtr &payment,
                                                     const ScenarioStep &, Micros from)
{
    static constexpr std::array<Stage, 1> kStages = {{{0s, "settled", "payment.settled"}}};
    return receive(payment, from, 1, kStages);
}

PaymentScenario::Micros PaymentScenario::settledFirst(const PaymentPtr &payment,
                                                      const ScenarioStep &, Micros from)
{
    static constexpr std::array<Stage, 3> kStages = {{{0s, "settled", "payment.settled"},
                                                      {500ms, "", "payment.confirmed"},
                                                      {1s, "", "payment.pending"}}};
    return receive(payment, from, 1, kStages);
}

PaymentScenario::Micros PaymentScenario::settlementFailed(const PaymentPtr &payment,
                                                          const ScenarioStep &, Micros from)
{
    static constexpr std::array<Stage, 3> kStages = {{{0s, "pending", "payment.pending"},
                                                      {500ms, "confirmed", "payment.confirmed"},
                                                      {2s, "failed", "payment.settlement_failed"}}};
    const Micros failedAt = receive(payment, from, 1, kStages);
    tell(payment, failedAt + 3s,
         {.event = QStringLiteral("payment.confirmed"),
          .units = payment->requestedUnits,
          .txId = {},
          .isRecovered = true},
         QStringLiteral("settled"));
    return failedAt + 3s;
}

PaymentScenario::Micros PaymentScenario::orphan(const PaymentPtr &payment, const ScenarioStep &step,
                                                Micros from)
{
    static constexpr std::array<Stage, 1> kStages = {{{0s, "settled", ""}}};
    receive(payment, from, 1, kStages);
    tell(payment, from,
         {.event = QStringLiteral("payment.confirmed"),
          .units = payment->requestedUnits,
          .txId = QString::fromLatin1(m_world.randomText("0123456789abcdef", 64)),
          .isOrphan = true,
          .knowsOriginal = step.arguments.value(0) != u"unknown"},
         {});
    return from;
}

PaymentScenario::Micros PaymentScenario::ghostReplay(const PaymentPtr &payment,
                                                     const ScenarioStep &step, Micros from)
{
    const Micros at = from + span(3600 * ratioAt(step, 0, 1));
    schedule(at, [this, payment] {
        m_hooks.send(*payment, {.event = QStringLiteral("payment.settled"),
                                .units = payment->receivedUnits,
                                .txId = payment->txId});
    });
    return at;
}

void PaymentScenario::forge(const PaymentPtr &payment, Micros at, std::function<QByteArray()> url)
{
    schedule(at, [this, payment, url = std::move(url)] {
        if (const QByteArray target = url(); !target.isEmpty())
            m_hooks.forge(*payment, target);
    });
}

PaymentScenario::Micros PaymentScenario::forgedUnknownToken(const PaymentPtr &payment,
                                                            const ScenarioStep &, Micros from)
{
    const QByteArray token =
        m_world.randomText("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43);
    forge(payment, from, [payment, token] { return otherToken(payment->webhookUrl, token); });
    return from;
}

PaymentScenario::Micros PaymentScenario::forgedOtherToken(const PaymentPtr &payment,
                                                          const ScenarioStep &, Micros from)
{
    forge(payment, from, [this, payment] {
        const PaymentPtr other = m_otherPayment(*payment);
        return other ? other->webhookUrl : QByteArray();
    });
    return from;
}

PaymentScenario::Micros PaymentScenario::forgedBody(const PaymentPtr &payment, const ScenarioStep &,
                                                    Micros from)
{
    forge(payment, from, [payment] { return payment->webhookUrl; });
    return from;
}

} // namespace simulator
