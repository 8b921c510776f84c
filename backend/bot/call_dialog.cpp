#include "bot/call_dialog.h"

#include "bot/call_words.h"
#include "calls/customer_calls.h"
#include "customers/numbers.h"
#include "guards/number.h"

namespace bot {

using namespace language::literals;
using namespace std::chrono_literals;
using calls::Consent;

namespace {

const QString kCall = QStringLiteral("call");
constexpr std::chrono::seconds kFresh = 60s; // Telegram repeats for a day what it could not deliver
constexpr int kRecentMax = 5;
constexpr int kScriptsShownMax = 20;

customers::Button cancelButton()
{
    return button("button.cancel"_key, QStringLiteral("nav:cancel"));
}

} // namespace

/// What is known of the call so far; in the conversation between two messages.
struct CallDialog::Plan {
    calls::ScriptId script;
    QString to;                     // E.164; empty: not said yet
    std::optional<Consent> consent; // absent: not said yet
    bool isRecorded = false;
    qint64 shownBy = 0; // the event that showed the price; a yes belongs to one of these
    Timestamp shownAt = {};

    [[nodiscard]] Conversation toConversation() const
    {
        return {kCall,
                {{"script", script.value},
                 {"to", to},
                 {"consent", consent ? calls::nameOf(*consent) : QString()},
                 {"recorded", isRecorded},
                 {"shown_by", shownBy},
                 {"shown_at", core::toMicros(shownAt)}}};
    }
    /// Absent: the customer is not making a call.
    [[nodiscard]] static std::optional<Plan> from(const Conversation &conversation)
    {
        if (conversation.dialog != kCall)
            return std::nullopt;
        const Json &data = conversation.data;
        Plan plan;
        plan.script = {core::integerMember(data, "script").value_or(0)};
        plan.to = core::textMember(data, "to").value_or(QString());
        plan.consent = calls::consentNamed(core::textMember(data, "consent").value_or(QString()));
        plan.isRecorded = core::boolMember(data, "recorded").value_or(false);
        plan.shownBy = core::integerMember(data, "shown_by").value_or(0);
        plan.shownAt = core::fromMicros(core::integerMember(data, "shown_at").value_or(0));
        return plan;
    }
    [[nodiscard]] bool isComplete() const { return !to.isEmpty() && consent; }
    [[nodiscard]] calls::CallWish wish(CustomerId customer, calls::ScriptVersionId version) const
    {
        return {.customer = customer,
                .script = version,
                .to = to,
                .consent = *consent,
                .isRecorded = isRecorded};
    }
};

CallDialog::CallDialog(const calls::CallFlow &flow, const calls::ScriptAgents &agents)
    : m_flow(flow)
    , m_agents(agents)
{
}

Result<bool> CallDialog::command(Turn &turn, const QString &name)
{
    if (name == QLatin1String("call"))
        return taken(chooseScript(turn));
    if (name == QLatin1String("stop"))
        return taken(stopNewest(turn));
    return false;
}

Result<bool> CallDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("call"))
        return taken(chooseScript(turn));
    if (tap.action != QLatin1String("call"))
        return false;
    const QString verb = tap.argument.section(u':', 0, 0);
    const QString rest = tap.argument.section(u':', 1);
    if (verb == QLatin1String("script"))
        return begin(turn, {rest.toLongLong()}, {});
    if (verb == QLatin1String("stop"))
        return stop(turn, {rest.toLongLong()});
    if (verb == QLatin1String("again")) {
        const auto past =
            calls::findPastCall(turn.context.transaction(), turn.customer.id, {rest.toLongLong()});
        if (!past)
            return failure(past.error());
        return *past ? begin(turn, (*past)->script, (*past)->to) : Result<bool>(false);
    }
    return tapOnPlan(turn, verb, rest);
}

/// The steps after the script: only for a call that is being made.
Result<bool> CallDialog::tapOnPlan(Turn &turn, const QString &verb, const QString &rest) const
{
    const auto conversation = loadConversation(turn);
    if (!conversation)
        return failure(conversation.error());
    auto plan = Plan::from(*conversation);
    if (!plan)
        return false; // placed or left meanwhile
    if (verb == QLatin1String("number")) {
        plan->to.clear();
        plan->consent.reset();
        return taken(askNumber(turn, *plan));
    }
    if (verb == QLatin1String("own"))
        return taken(askOwnNumber(turn, *plan));
    if (verb == QLatin1String("to"))
        return taken(takeNumber(turn, *plan, rest));
    if (plan->to.isEmpty())
        return false;
    if (verb == QLatin1String("consent") && rest != QLatin1String("own_number")) {
        plan->consent = calls::consentNamed(rest);
        return plan->consent ? taken(show(turn, *plan)) : Result<bool>(false);
    }
    if (!plan->isComplete())
        return false;
    if (verb == QLatin1String("record")) {
        plan->isRecorded = rest == QLatin1String("yes");
        return taken(show(turn, *plan));
    }
    if (verb == QLatin1String("show"))
        return taken(show(turn, *plan));
    // A price that was shown earlier, or for another number, is not what this customer says yes to.
    const bool isTheirs = rest.toLongLong() == plan->shownBy && plan->shownBy != 0;
    if (verb == QLatin1String("go") && isTheirs)
        return taken(place(turn, *plan));
    return false;
}

Result<bool> CallDialog::typed(Turn &turn, const Conversation &conversation, const QString &text)
{
    const auto plan = Plan::from(conversation);
    if (!plan || !plan->to.isEmpty())
        return false;
    const auto age = turn.context.now() - turn.saidAt;
    if (age <= kFresh)
        return taken(takeNumber(turn, *plan, text));
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age);
    return taken(
        turn.show({.parts = {{"message.stale"_key, {}, int(minutes.count())}},
                   .keyboard = {{button("button.yes"_key, QStringLiteral("call:number")),
                                 button("button.no"_key, QStringLiteral("nav:cancel"))}}}));
}

Result<bool> CallDialog::shared(Turn &turn, const Conversation &conversation,
                                const SharedContact &contact)
{
    const QString typed = contact.number.startsWith(u'+') ? contact.number : u'+' + contact.number;
    const guards::Number number = guards::readNumber(typed);
    if (contact.isOwn && number.isValid) {
        if (auto proved = customers::proveNumber(turn.context, turn.customer.id, number.e164);
            !proved)
            return failure(proved.error());
    }
    const auto plan = Plan::from(conversation);
    if (!plan)
        return false;
    return taken(takeNumber(turn, *plan, typed));
}

// --- Script and number --------------------------------------------------------------------------

Result<void> CallDialog::chooseScript(Turn &turn) const
{
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    const auto scripts =
        calls::listScripts(turn.context.transaction(), turn.customer.id, kScriptsShownMax);
    if (!scripts)
        return failure(scripts.error());
    customers::Message message = {
        .parts = {{scripts->empty() ? "call.no_script"_key : "call.choose_script"_key}}};
    for (const calls::ScriptVersion &script : *scripts)
        message.keyboard.append({dataButton(
            script.content.name, QStringLiteral("call:script:%1").arg(script.script.value))});
    message.keyboard.append(
        {button("script.button.from_template"_key, QStringLiteral("draft:templates"))});
    message.keyboard.append({button("script.button.own_words"_key, QStringLiteral("draft:own"))});
    message.keyboard.append({button("button.back"_key, QStringLiteral("menu:main"))});
    return turn.show(message);
}

Result<bool> CallDialog::begin(Turn &turn, calls::ScriptId id, const QString &to) const
{
    const auto script = calls::findScript(turn.context.transaction(), turn.customer.id, id);
    if (!script)
        return failure(script.error());
    if (!*script)
        return false;
    const auto agent = calls::agentOf(turn.context.transaction(), (*script)->id);
    if (!agent)
        return failure(agent.error());
    if (!agent->isReady) {
        if (agent->state == calls::AgentState::Failed) {
            if (auto made = m_agents.make(turn.context, **script); !made)
                return failure(made.error());
        }
        return taken(
            turn.show({.parts = {{"call.script_not_ready"_key, {{"name", agent->scriptName}}}},
                       .keyboard = {{button("button.back"_key, QStringLiteral("menu:call"))}}}));
    }
    Plan plan;
    plan.script = id;
    return taken(to.isEmpty() ? askNumber(turn, plan) : takeNumber(turn, plan, to));
}

Result<void> CallDialog::askNumber(Turn &turn, const Plan &plan) const
{
    if (auto saved = saveConversation(turn, plan.toConversation()); !saved)
        return saved;
    const auto mustBeOwn = calls::mustCallOwnNumber(turn.context.transaction(), turn.customer.id);
    if (!mustBeOwn)
        return failure(mustBeOwn.error());
    const auto own = customers::ownNumbers(turn.context.transaction(), turn.customer.id);
    if (!own)
        return failure(own.error());
    if (*mustBeOwn && own->isEmpty())
        return askOwnNumber(turn, plan);
    customers::Message message = {
        .parts = {{*mustBeOwn ? "call.ask_number.first"_key : "call.ask_number"_key}}};
    QStringList numbers = *own;
    if (!*mustBeOwn) {
        const auto recent =
            calls::recentNumbers(turn.context.transaction(), turn.customer.id, kRecentMax);
        if (!recent)
            return failure(recent.error());
        numbers += *recent;
        numbers.removeDuplicates();
    }
    for (const QString &number : numbers)
        message.keyboard.append({dataButton(number, QStringLiteral("call:to:") + number)});
    if (own->isEmpty())
        message.keyboard.append({button("call.button.own_number"_key, QStringLiteral("call:own"))});
    message.keyboard.append({cancelButton()});
    return turn.show(message);
}

/// Telegram's own button under the chat proves whose number it is; typed ones prove nothing.
Result<void> CallDialog::askOwnNumber(Turn &turn, const Plan &plan) const
{
    if (auto saved = saveConversation(turn, plan.toConversation()); !saved)
        return saved;
    const auto mustBeOwn = calls::mustCallOwnNumber(turn.context.transaction(), turn.customer.id);
    if (!mustBeOwn)
        return failure(mustBeOwn.error());
    turn.tappedMessage.reset(); // such a button cannot be put under a message that is there
    return turn.show({.parts = {{*mustBeOwn ? "call.share_own.first"_key : "call.share_own"_key}},
                      .contactButton = language::Text{"call.button.share_number"_key}});
}

Result<void> CallDialog::takeNumber(Turn &turn, Plan plan, const QString &text) const
{
    const auto own = customers::ownNumbers(turn.context.transaction(), turn.customer.id);
    if (!own)
        return failure(own.error());
    const QString region = own->isEmpty() ? QString() : guards::readNumber(own->front()).region;
    const guards::Number number = guards::readNumber(text, region);
    if (number.e164.isEmpty())
        return turn.show({.parts = {{"call.bad_number"_key}}, .keyboard = {{cancelButton()}}});
    const auto mustBeOwn = calls::mustCallOwnNumber(turn.context.transaction(), turn.customer.id);
    if (!mustBeOwn)
        return failure(mustBeOwn.error());
    const bool isOwn = own->contains(number.e164);
    if (*mustBeOwn && !isOwn)
        return askNumber(turn, plan);
    plan.to = number.e164;
    plan.consent = isOwn ? std::optional(Consent::OwnNumber) : std::nullopt;
    return isOwn ? show(turn, plan) : askConsent(turn, plan);
}

Result<void> CallDialog::askConsent(Turn &turn, const Plan &plan) const
{
    if (auto saved = saveConversation(turn, plan.toConversation()); !saved)
        return saved;
    return turn.show(
        {.parts = {{"call.ask_consent"_key, {{"number", plan.to}}}},
         .keyboard = {
             {button("call.button.consent.know"_key, QStringLiteral("call:consent:relationship"))},
             {button("call.button.consent.written"_key, QStringLiteral("call:consent:written"))},
             {button("call.button.consent.own"_key, QStringLiteral("call:own"))},
             {button("call.button.consent.none"_key, QStringLiteral("nav:cancel"))}}});
}

// --- Verdict, price, yes ------------------------------------------------------------------------

Result<void> CallDialog::show(Turn &turn, Plan plan) const
{
    const auto script =
        calls::findScript(turn.context.transaction(), turn.customer.id, plan.script);
    if (!script)
        return failure(script.error());
    if (!*script)
        return chooseScript(turn);
    const auto preview = m_flow.preview(turn.context, plan.wish(turn.customer.id, (*script)->id));
    if (!preview)
        return failure(preview.error());
    plan.shownBy = turn.context.cause().value;
    plan.shownAt = turn.context.now();
    if (auto saved = saveConversation(turn, plan.toConversation()); !saved)
        return saved;
    customers::Message message = {
        .parts = {
            {"call.summary"_key, {{"script", (*script)->content.name}, {"number", plan.to}}}}};
    for (language::Text &part : explain(*preview))
        message.parts.push_back(std::move(part));
    const guards::Ruling ruling = preview->verdict.ruling;
    if (ruling == guards::Ruling::Allow || ruling == guards::Ruling::Queue) {
        message.keyboard.append({button(
            ruling == guards::Ruling::Allow ? "call.button.go"_key : "call.button.go_later"_key,
            QStringLiteral("call:go:%1").arg(plan.shownBy))});
        message.keyboard.append(
            {plan.isRecorded
                 ? button("call.button.record.off"_key, QStringLiteral("call:record:no"))
                 : button("call.button.record.on"_key, QStringLiteral("call:record:yes"))});
    } else {
        message.keyboard.append(
            {button("wallet.button.topup"_key, QStringLiteral("wallet:topup"))});
        message.keyboard.append({button("call.button.again"_key, QStringLiteral("call:show"))});
    }
    message.keyboard.append(
        {button("call.button.other_number"_key, QStringLiteral("call:number"))});
    message.keyboard.append({cancelButton()});
    return turn.show(message);
}

Result<void> CallDialog::place(Turn &turn, const Plan &plan) const
{
    // A tap does not say when it was made, but not before the price was there.
    const auto age = turn.context.now() - plan.shownAt;
    if (age > kFresh) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age);
        return turn.show({.parts = {{"message.stale"_key, {}, int(minutes.count())}},
                          .keyboard = {{button("button.yes"_key, QStringLiteral("call:show")),
                                        button("button.no"_key, QStringLiteral("nav:cancel"))}}});
    }
    const auto own = customers::ownNumbers(turn.context.transaction(), turn.customer.id);
    if (!own)
        return failure(own.error());
    const auto mustBeOwn = calls::mustCallOwnNumber(turn.context.transaction(), turn.customer.id);
    if (!mustBeOwn)
        return failure(mustBeOwn.error());
    if ((*mustBeOwn || plan.consent == Consent::OwnNumber) && !own->contains(plan.to))
        return askNumber(turn, plan);
    const auto script =
        calls::findScript(turn.context.transaction(), turn.customer.id, plan.script);
    if (!script)
        return failure(script.error());
    if (!*script)
        return chooseScript(turn);
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    const auto asked =
        m_flow.ask(turn.context, plan.wish(turn.customer.id, (*script)->id),
                   QStringLiteral("bot:%1:%2").arg(turn.customer.id.value).arg(plan.shownBy));
    if (!asked)
        return failure(asked.error());
    return turn.show({.parts = {{"call.asked"_key, {{"number", plan.to}}}}});
}

// --- Stop ---------------------------------------------------------------------------------------

Result<bool> CallDialog::stop(Turn &turn, calls::CallId call) const
{
    const auto past = calls::findPastCall(turn.context.transaction(), turn.customer.id, call);
    if (!past)
        return failure(past.error());
    if (!*past || calls::isFinal((*past)->state))
        return false; // the call's message, or the note about old buttons, says how it is
    return taken(m_flow.stop(turn.context, call, calls::StopReason::Customer,
                             QStringLiteral("customer %1").arg(turn.customer.id.value)));
}

Result<void> CallDialog::stopNewest(Turn &turn) const
{
    const auto open = calls::openCall(turn.context.transaction(), turn.customer.id);
    if (!open)
        return failure(open.error());
    if (!*open)
        return turn.show({.parts = {{"call.nothing_to_stop"_key}}});
    if (auto stopped = m_flow.stop(turn.context, **open, calls::StopReason::Customer,
                                   QStringLiteral("customer %1").arg(turn.customer.id.value));
        !stopped)
        return stopped;
    return turn.show({.parts = {{"call.stopping"_key}}});
}

} // namespace bot
