#include "faults.h"

#include "scheduler.h"

namespace simulator {

Result<Fault> faultFrom(const Json &description)
{
    Fault fault;
    fault.route = core::textMember(description, "route").value_or(QString()).toLower();
    if (!fault.route.startsWith(u"telegram.") && !fault.route.startsWith(u"dynopay.") &&
        !fault.route.startsWith(u"retell."))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("route: telegram.<method>, dynopay.<route> or "
                                                 "retell.<method>")});
    fault.count = static_cast<int>(core::integerMember(description, "count").value_or(1));
    fault.status = static_cast<int>(core::integerMember(description, "status").value_or(0));
    fault.body = core::textMember(description, "body").value_or(QString()).toUtf8();
    if (const auto seconds = core::integerMember(description, "retry_after"))
        fault.retryAfter = static_cast<int>(*seconds);
    fault.delay =
        std::chrono::milliseconds(core::integerMember(description, "delay_ms").value_or(0));

    const auto hangUp = core::textMember(description, "hang_up");
    const auto never = core::textMember(description, "never");
    for (const auto &when : {hangUp, never}) {
        if (when && *when != u"before" && *when != u"after")
            return failure({.code = ErrorCode::BadInput,
                            .detail = QStringLiteral("hang_up, never: before or after")});
    }
    if (hangUp)
        fault.ending = Fault::Ending::HangUp;
    else if (never)
        fault.ending = Fault::Ending::Never;
    const bool isAfter = hangUp == QStringLiteral("after") || never == QStringLiteral("after");
    const bool isOnlyDelay = fault.status == 0 && fault.ending == Fault::Ending::Answer;
    fault.applies = core::boolMember(description, "apply").value_or(isAfter || isOnlyDelay);
    return fault;
}

Faults::Faults(Scheduler &scheduler)
    : m_scheduler(scheduler)
{
}

Json Faults::toJson() const
{
    Json list = Json::array();
    for (const Fault &fault : m_faults)
        list.push_back({{"route", fault.route}, {"count", fault.count}, {"status", fault.status}});
    return list;
}

std::optional<Fault> Faults::take(const QString &route)
{
    if (m_faults.empty())
        return std::nullopt;
    const QString lower = route.toLower();
    for (auto fault = m_faults.begin(); fault != m_faults.end(); ++fault) {
        const bool isAny =
            fault->route.endsWith(u".*") && lower.startsWith(QStringView(fault->route).chopped(1));
        if (!isAny && fault->route != lower)
            continue;
        const Fault taken = *fault;
        if (--fault->count <= 0)
            m_faults.erase(fault);
        return taken;
    }
    return std::nullopt;
}

Faults::Outcome Faults::answer(const QString &route, const http::Reply &reply,
                               const ErrorBody &errorBody,
                               const std::function<http::Response()> &apply)
{
    const std::optional<Fault> fault = take(route);
    if (!fault) {
        const http::Response response = apply();
        reply.send(response);
        return {.status = response.status};
    }
    http::Response response;
    if (fault->applies)
        response = apply();
    if (fault->status != 0) {
        response = {.status = fault->status, .body = fault->body};
        if (response.body.isEmpty())
            response.body = errorBody(fault->status, fault->retryAfter);
        if (fault->retryAfter)
            response.headers.append({"Retry-After", QByteArray::number(*fault->retryAfter)});
    }
    if (fault->delay.count() == 0)
        end(*fault, reply, response);
    else
        m_scheduler.after(fault->delay,
                          [this, fault = *fault, reply, response] { end(fault, reply, response); });
    return {.isFault = true,
            .isApplied = fault->applies,
            .status = fault->ending == Fault::Ending::Answer ? response.status : 0};
}

void Faults::end(const Fault &fault, const http::Reply &reply, const http::Response &response)
{
    switch (fault.ending) {
    case Fault::Ending::Answer: reply.send(response); return;
    case Fault::Ending::HangUp: reply.hangUp(); return;
    case Fault::Ending::Never: m_unanswered.append(reply); return;
    }
}

} // namespace simulator
