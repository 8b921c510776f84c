#include "retell/retell_api.h"

#include "retell/call_filter.h"

#include "providers/retell/call_requests.h"

#include <algorithm>

namespace simulator {

namespace {

constexpr qsizetype kMetadataBytesMax = 50'000;
constexpr qint64 kListDefault = 50;
constexpr qint64 kListMax = 1000;
constexpr double kDialBurstSeconds = 3;

tl::unexpected<RetellRefusal> noSuchCall()
{
    return refuse(422, QStringLiteral("Cannot find requested asset under given api key."), false);
}

QString textOf(const Json &body, const char *name)
{
    return core::textMember(body, name).value_or(QString());
}

Json orNull(const Json &body, const char *name)
{
    const Json *value = core::member(body, name);
    return value ? *value : Json(nullptr);
}

bool isMetadata(const Json &body)
{
    const Json *metadata = core::member(body, "metadata");
    return !metadata || core::toBytes(*metadata).size() <= kMetadataBytesMax;
}

/// Half a second of silence: somebody may want to play it.
QByteArray silence()
{
    constexpr qsizetype kSamples = 4000; // of 8 bits at 8 kHz
    const QByteArray header = QByteArray::fromHex("52494646c40f000057415645666d7420100000000100010"
                                                  "0401f0000401f00000100080064617461a00f0000");
    return header + QByteArray(kSamples, '\x80');
}

} // namespace

RetellResult<void> RetellApi::checkCall(const Json &body) const
{
    if (const auto checked = checkFields(body, callRules()); !checked)
        return checked;
    const Json *isUnchecked = core::member(body, "ignore_e164_validation");
    if (!isUnchecked || !isUnchecked->get<bool>()) {
        if (!providers::retell::isE164(textOf(body, "from_number")) ||
            !providers::retell::isE164(textOf(body, "to_number")))
            return refuse(400, QStringLiteral("a number is not in E.164 format"));
    }
    if (!isMetadata(body))
        return refuse(400, QStringLiteral("metadata is above 50 kB"));
    if (const Json *agentOverride = core::member(body, "agent_override")) {
        if (const auto checked = checkOverride(*agentOverride); !checked)
            return checked;
    }
    const auto number = m_assets.number(textOf(body, "from_number"));
    return number ? RetellResult<void>()
                  : refuse(422, QStringLiteral("from_number is not under this key"));
}

/// The agent that is to speak, with its settings.
RetellResult<Json> RetellApi::agentFor(const Json &body) const
{
    QString id = textOf(body, "override_agent_id");
    if (id.isEmpty())
        id = m_assets.outboundAgentOf(textOf(body, "from_number"));
    if (id.isEmpty())
        return refuse(400, QStringLiteral("neither an override_agent_id nor an outbound agent"));
    const QString version = core::numberText(body, "override_agent_version").value_or(QString());
    auto agent = m_assets.agents.get(id, version);
    if (agent || !m_world.options.retellTakesAnyAgent)
        return agent;
    return Json{{"agent_id", id}, {"version", 0}, {"agent_name", "of an earlier run"}};
}

/// Of an agent, or for one call of it.
void RetellApi::applySettings(RetellCall &call, const Json &settings) const
{
    if (const auto url = core::textMember(settings, "webhook_url"))
        call.hook.url = QUrl(*url);
    if (const Json *events = core::member(settings, "webhook_events")) {
        call.hook.events.clear();
        for (const Json &event : *events)
            call.hook.events.append(event.is_string() ? event.get<QString>() : QString());
    }
    const auto millis = [&](const char *name) {
        return std::chrono::milliseconds(core::integerMember(settings, name).value_or(0));
    };
    if (core::member(settings, "webhook_timeout_ms"))
        call.hook.timeout = std::chrono::ceil<std::chrono::seconds>(millis("webhook_timeout_ms"));
    if (core::member(settings, "max_call_duration_ms"))
        call.longest = millis("max_call_duration_ms");
    if (core::member(settings, "ring_duration_ms"))
        call.longestRing = millis("ring_duration_ms");
    if (const Json *fields = core::member(settings, "post_call_analysis_data"))
        call.analysisFields = *fields;
}

RetellResult<RetellCallPtr> RetellApi::readCall(const Json &body)
{
    const auto agent = agentFor(body);
    if (!agent)
        return tl::unexpected(agent.error());
    auto call = std::make_shared<RetellCall>();
    call->id =
        QStringLiteral("call_") + QString::fromLatin1(m_world.randomText("0123456789abcdef", 27));
    call->agentId = textOf(*agent, "agent_id");
    call->agentVersion = core::integerMember(*agent, "version").value_or(0);
    call->agentName = textOf(*agent, "agent_name");
    call->from = textOf(body, "from_number");
    call->to = textOf(body, "to_number");
    call->metadata = orNull(body, "metadata");
    call->variables = orNull(body, "retell_llm_dynamic_variables");
    call->sipHeaders = orNull(body, "custom_sip_headers");
    call->recordingUrl = QStringLiteral("http://%1/retell-recordings/%2.wav").arg(m_host, call->id);
    call->createdAt = m_world.scheduler.now();
    call->hook = {.url = QUrl(m_world.options.retellWebhookUrl),
                  .events = {QStringLiteral("call_started"), QStringLiteral("call_ended"),
                             QStringLiteral("call_analyzed")}};
    applySettings(*call, *agent);
    if (const Json *agentOverride = core::member(body, "agent_override")) {
        if (const Json *settings = core::member(*agentOverride, "agent"))
            applySettings(*call, *settings);
    }
    if (!call->hook.url.isEmpty() && !m_world.isAllowedHook(call->hook.url))
        return refuse(400, QStringLiteral("the webhook may not point there"));
    return call;
}

RetellResult<void> RetellApi::planCall(RetellCall &call)
{
    const auto found = std::find_if(m_plans.begin(), m_plans.end(), [&](const Plan &plan) {
        return plan.to.isEmpty() || plan.to == call.to;
    });
    QStringList steps;
    if (found != m_plans.end()) {
        steps = found->steps;
        if (found->count > 0 && --found->count == 0)
            m_plans.erase(found);
    }
    const auto plan = callPlanFrom(steps, call.to);
    if (!plan) // it was checked when it was given
        return refuse(500, plan.error().detail);
    call.plan = *plan;
    return {};
}

/// The account's own limits: refused at once, or accepted and then ended, as the settings say.
RetellResult<void> RetellApi::takeSlot(RetellCall &call)
{
    const Options &options = m_world.options;
    if (const auto seconds = m_dialBucket.take(m_world.scheduler.now(), options.retellDialRate,
                                               options.retellDialRate * kDialBurstSeconds))
        return refuse(429, QStringLiteral("Account rate limited, please throttle your requests."),
                      false);
    const bool isUnpaid = !options.hasRetellCredit;
    const bool isFull = activeCount() >= options.retellConcurrency;
    if (!isUnpaid && !isFull)
        return {};
    if (!options.retellRefusesLate)
        return isUnpaid ? refuse(402, QStringLiteral("Trial has ended, please add payment method."),
                                 false)
                        : refuse(429, QStringLiteral("Concurrency limit reached."), false);
    call.plan.reason =
        isUnpaid ? QStringLiteral("no_valid_payment") : QStringLiteral("concurrency_limit_reached");
    call.plan.connects.reset();
    return {};
}

RetellResult<Json> RetellApi::createPhoneCall(const Route &, const Json &body)
{
    if (const auto checked = checkCall(body); !checked)
        return tl::unexpected(checked.error());
    const auto call = readCall(body);
    if (!call)
        return tl::unexpected(call.error());
    if (const auto planned = planCall(**call); !planned)
        return tl::unexpected(planned.error());
    if (const auto taken = takeSlot(**call); !taken)
        return tl::unexpected(taken.error());
    m_calls.push_back(*call);
    m_byId.insert((*call)->id, *call);
    Json answer = callJson(**call, m_world.options.retellCentsPerMinute, CallView::Whole);
    m_flow.begin(*call);
    return answer;
}

RetellResult<Json> RetellApi::getCall(const Route &route, const Json &)
{
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted)
        return noSuchCall();
    // What comes by this way is as careless as a webhook.
    return styled({{"call", callJson(*call, m_world.options.retellCentsPerMinute, CallView::Live)}},
                  call->plan)["call"];
}

RetellResult<Json> RetellApi::listCalls(const Route &, const Json &body)
{
    static const FieldRules rules = {{"filter_criteria", FieldRule::Type::Object},
                                     {"limit", FieldRule::Type::Whole, false, 1, kListMax},
                                     {"sort_order", FieldRule::Type::Text},
                                     {"pagination_key", FieldRule::Type::Text},
                                     {"skip", FieldRule::Type::Whole},
                                     {"include_total", FieldRule::Type::Flag}};
    if (const auto checked = checkFields(body, rules); !checked)
        return tl::unexpected(checked.error());
    const Json criteria = body.value("filter_criteria", Json::object());
    // An empty account still refuses what is no filter.
    if (const auto checked = matches(Json::object(), criteria); !checked)
        return tl::unexpected(checked.error());
    QList<Json> found;
    for (const RetellCallPtr &call : m_calls) {
        Json item = callJson(*call, m_world.options.retellCentsPerMinute, CallView::ListItem);
        const auto isMatch = matches(item, criteria);
        if (isMatch && *isMatch && !call->isDeleted)
            found.append(std::move(item));
    }
    if (textOf(body, "sort_order") != u"ascending")
        std::reverse(found.begin(), found.end());
    const auto total = found.size();
    found = found.mid(core::integerMember(body, "skip").value_or(0));
    Json page = pageOf(found, QStringLiteral("call_id"),
                       core::integerMember(body, "limit").value_or(kListDefault),
                       textOf(body, "pagination_key"));
    if (core::boolMember(body, "include_total").value_or(false))
        page["total"] = total;
    return page;
}

RetellResult<Json> RetellApi::stopCall(const Route &route, const Json &body)
{
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted)
        return noSuchCall();
    if (!body.empty())
        return refuse(400, QStringLiteral("stop-call has no body"));
    const bool isTooEarly = call->plan.refusesStopWhileRinging && !call->startedAt;
    // It may have ended a moment before: nobody's fault.
    if (isTooEarly || !m_flow.end(call, QStringLiteral("manual_stopped")))
        return refuse(400, QStringLiteral("The call is not ongoing."), false);
    return Json(nullptr);
}

RetellResult<Json> RetellApi::updateCall(const Route &route, const Json &body)
{
    static const FieldRules rules = {{"metadata", FieldRule::Type::Object},
                                     {"data_storage_setting", FieldRule::Type::Text},
                                     {"custom_attributes", FieldRule::Type::Object}};
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted)
        return noSuchCall();
    if (const auto checked = checkFields(body, rules); !checked)
        return tl::unexpected(checked.error());
    if (!isMetadata(body))
        return refuse(400, QStringLiteral("metadata is above 50 kB"));
    if (const Json *metadata = core::member(body, "metadata"))
        call->metadata = *metadata;
    return callJson(*call, m_world.options.retellCentsPerMinute, CallView::Whole);
}

RetellResult<Json> RetellApi::updateLiveCall(const Route &route, const Json &body)
{
    static const FieldRules rules = {{"fields_to_override", FieldRule::Type::Object},
                                     {"call_control", FieldRule::Type::Object}};
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted)
        return noSuchCall();
    if (const auto checked = checkFields(body, rules); !checked)
        return tl::unexpected(checked.error());
    if (call->isOver() || !call->startedAt)
        return refuse(400, QStringLiteral("The call is not ongoing."), false);
    const Json *fields = core::member(body, "fields_to_override");
    if (const Json *metadata = fields ? core::member(*fields, "metadata") : nullptr)
        call->metadata = *metadata;
    return Json{{"success", true}};
}

RetellResult<Json> RetellApi::deleteCall(const Route &route, const Json &)
{
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted)
        return noSuchCall();
    call->isDeleted = true;
    return Json(nullptr);
}

RetellResult<Json> RetellApi::rerunAnalysis(const Route &route, const Json &)
{
    const RetellCallPtr call = m_byId.value(route.target);
    if (!call || call->isDeleted || !call->isOver())
        return noSuchCall();
    call->isAnalyzed = true;
    return callJson(*call, m_world.options.retellCentsPerMinute, CallView::Whole);
}

RetellResult<Json> RetellApi::concurrency(const Route &, const Json &)
{
    return Json{{"current_concurrency", activeCount()},
                {"concurrency_limit", m_world.options.retellConcurrency},
                {"base_concurrency", m_world.options.retellConcurrency},
                {"purchased_concurrency", 0},
                {"concurrency_purchase_limit", 100},
                {"remaining_purchase_limit", 100},
                {"concurrency_burst_enabled", false},
                {"concurrency_burst_limit", 0},
                {"reserved_inbound_concurrency", 0}};
}

RetellResult<Json> RetellApi::keyInfo(const Route &, const Json &)
{
    return Json{{"api_key_name", "simulated"}, {"org_name", "Simulated organisation"}};
}

std::optional<http::Response> RetellApi::recording(const http::Request &request) const
{
    const QString path = QString::fromUtf8(request.path);
    if (!path.startsWith(u"/retell-recordings/") || !path.endsWith(u".wav"))
        return std::nullopt;
    const RetellCallPtr call = m_byId.value(path.mid(19).chopped(4));
    const bool isThere = call && call->isOver() && call->startedAt && call->plan.hasRecording;
    const auto age = isThere ? m_world.scheduler.now() - *call->endedAt : std::chrono::seconds(0);
    const double seconds = static_cast<double>(age.count()) / 1e6;
    if (!isThere || (call->plan.recordingSeconds && seconds > *call->plan.recordingSeconds))
        return http::Response{.status = 404, .body = "gone", .contentType = "text/plain"};
    return http::Response{.body = silence(), .contentType = "audio/wav"};
}

} // namespace simulator
