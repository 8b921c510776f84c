#include "operators/reveal.h"

#include "customers/numbers.h"
#include "operators/passphrase.h"
#include "operators/sealing.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr int kReaderBytes = 32;
constexpr qsizetype kReasonMin = 3;
constexpr std::chrono::seconds kWipeAfter = 61s;
const QString kWipe = QStringLiteral("reveal.wipe");

/// A refusal, where it is one.
std::optional<CommandOutcome> withoutReason(const Json &payload)
{
    const QString reason = core::textMember(payload, "reason").value_or(QString());
    if (reason.trimmed().size() >= kReasonMin)
        return std::nullopt;
    return refused("BadInput", QStringLiteral("say why you need to see it; the audit keeps that"));
}

Result<CommandOutcome> reveal(engine::Context &context, const Json &payload, const Json &value)
{
    const auto reader = readerOf(payload);
    if (!reader)
        return failure(reader.error());
    if (auto told = revealOnce(context, *reader, value); !told)
        return failure(told.error());
    return CommandOutcome();
}

Result<Json> numbersOfCall(engine::Context &context, qint64 call)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_number FROM calls WHERE id = ?"), {call});
    if (!rows)
        return failure(rows.error());
    Json numbers = Json::array();
    if (!rows->isEmpty())
        numbers.push_back(rows->first().text("to_number"));
    return numbers;
}

Result<Json> numbersOfCustomer(engine::Context &context, qint64 customer)
{
    const auto own = customers::ownNumbers(context.transaction(), CustomerId{customer});
    if (!own)
        return failure(own.error());
    Json numbers = Json::array();
    for (const QString &number : *own)
        numbers.push_back(number);
    return numbers;
}

} // namespace

Result<QByteArray> readerOf(const Json &payload)
{
    const QString text = core::textMember(payload, "reader").value_or(QString());
    QByteArray key = QByteArray::fromBase64(text.toLatin1());
    if (key.size() != kReaderBytes)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("no key came to seal the answer to")});
    return key;
}

Result<void> revealOnce(engine::Context &context, const QByteArray &reader, const Json &value)
{
    QByteArray plain = core::toBytes(value);
    const auto sealed = seal(reader, plain);
    wipe(plain);
    if (!sealed)
        return failure(sealed.error());
    const auto laid = context.transaction().run(
        QStringLiteral("INSERT INTO revealed_values (command_id, sealed) VALUES (?, ?)"),
        {context.cause().value, *sealed});
    if (!laid)
        return failure(laid.error());
    return context.schedule({.key = QStringLiteral("%1:%2").arg(kWipe).arg(context.cause().value),
                             .dueAt = context.now() + kWipeAfter,
                             .kind = kWipe,
                             .lane = QStringLiteral("operator:reveals"),
                             .payload = {{"v", 1}}});
}

Result<CommandOutcome> revealNumber(engine::Context &context, const Command &, const Json &payload)
{
    if (auto refusal = withoutReason(payload))
        return *refusal;
    const auto call = core::integerMember(payload, "call");
    const auto numbers =
        call ? numbersOfCall(context, *call)
             : numbersOfCustomer(context, core::integerMember(payload, "customer").value_or(0));
    if (!numbers)
        return failure(numbers.error());
    if (numbers->empty())
        return refused("NotFound", QStringLiteral("no number is known there"));
    return reveal(context, payload, {{"numbers", *numbers}});
}

Result<CommandOutcome> revealTranscript(engine::Context &context, const Command &,
                                        const Json &payload)
{
    if (auto refusal = withoutReason(payload))
        return *refusal;
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT coalesce(c.transcript, l.transcript)::text AS lines FROM calls c "
                       "LEFT JOIN live_transcripts l ON l.call_id = c.id WHERE c.id = ?"),
        {core::integerMember(payload, "call").value_or(0)});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty() || rows->first().isNull("lines"))
        return refused("NotFound", QStringLiteral("nothing that was said is known of this call"));
    const auto lines = core::parseJson(rows->first().text("lines").toUtf8());
    if (!lines)
        return failure(lines.error());
    return reveal(context, payload, {{"lines", *lines}});
}

Result<CommandOutcome> revealDestination(engine::Context &context, const Command &,
                                         const Json &payload)
{
    if (auto refusal = withoutReason(payload))
        return *refusal;
    const auto rows =
        context.transaction().run(QStringLiteral("SELECT destination FROM payouts WHERE id = ?"),
                                  {core::integerMember(payload, "payout").value_or(0)});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refused("NotFound", QStringLiteral("there is no such payout"));
    return reveal(context, payload, {{"destination", rows->first().text("destination")}});
}

void addRevealTimer(engine::RoutingTable &routes)
{
    routes.add(
        {.kind = kWipe,
         .order = engine::Order::Free,
         .handle = [](const engine::Event &, engine::Context &context) -> Result<engine::Outcome> {
             // Their time is PostgreSQL's own, whatever clock the timers go by.
             const auto wiped = context.transaction().run(QStringLiteral(
                 "DELETE FROM revealed_values WHERE expires_at <= clock_timestamp()"));
             if (!wiped)
                 return failure(wiped.error());
             return engine::Outcome::Handled;
         }});
}

} // namespace operators
