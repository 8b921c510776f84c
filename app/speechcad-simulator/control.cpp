#include "control.h"

#include <QTimer>
#include <QUrlQuery>

#include <algorithm>

namespace simulator {

namespace {

using namespace std::chrono_literals;

constexpr auto kWaitDefault = 5000ms;
constexpr auto kWaitMax = 120'000ms;
constexpr auto kSilenceLook = 20ms;

http::Response ok(const Json &body = {{"ok", true}})
{
    return {.body = core::toBytes(body)};
}

http::Response refused(int status, const QString &error)
{
    return {.status = status, .body = core::toBytes(Json{{"error", error}})};
}

http::Response refused(const Error &error)
{
    return refused(error.code == ErrorCode::NotFound ? 404 : 400, error.detail);
}

http::Response toHttp(const Result<void> &result)
{
    return result ? ok() : refused(result.error());
}

QStringList textsOf(const Json *list)
{
    QStringList texts;
    if (!list || !list->is_array())
        return texts;
    for (const Json &text : *list) {
        if (text.is_string())
            texts.append(QString::fromStdString(text.get_ref<const std::string &>()));
    }
    return texts;
}

QString item(const QUrlQuery &query, const char *name)
{
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

} // namespace

Control::Control(const Stage &stage)
    : m_stage(stage)
{
    connect(&m_stage.chats, &Chats::messageChanged, this,
            [this](qint64 chatId) { answerWaiting(chatId); });
}

bool Control::handle(const http::Request &request, const http::Reply &reply)
{
    const QStringList path = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path))
                                 .split(u'/', Qt::SkipEmptyParts);
    if (path.isEmpty() || path.front() != u"_sim")
        return false;
    const QStringList rest = path.mid(1);
    const QUrlQuery query(QString::fromUtf8(request.query));
    if (request.method == "GET") {
        if (!rest.isEmpty() && rest.back() == u"wait")
            wait(rest, query, reply);
        else
            reply.send(get(rest, query));
        return true;
    }
    if (request.method == "DELETE" && rest == QStringList{QStringLiteral("faults")}) {
        m_stage.world.faults.clear();
        m_stage.world.deliveryFaults.clear();
        reply.send(ok());
        return true;
    }
    if (request.method == "DELETE" && rest == QStringList{QStringLiteral("violations")}) {
        m_stage.world.violations.clear();
        reply.send(ok());
        return true;
    }
    const Json body = request.body.isEmpty()
                          ? Json::object()
                          : Json::parse(request.body.cbegin(), request.body.cend(), nullptr, false);
    reply.send(body.is_object() ? post(rest, body)
                                : refused(400, QStringLiteral("the body is no JSON object")));
    return true;
}

http::Response Control::get(const QStringList &path, const QUrlQuery &query)
{
    World &world = m_stage.world;
    const QString name = path.join(u'/');
    if (name == u"health")
        return ok(health());
    if (name == u"violations")
        return ok(world.violations.toJson());
    if (name == u"deliveries")
        return ok({{"count", world.deliveries.count()},
                   {"held", world.deliveryFaults.heldCount()},
                   {"deliveries", world.deliveries.toJson()}});
    if (name == u"payments")
        return ok(m_stage.dynoPay.paymentsJson(item(query, "urls") == u"1"));
    if (name == u"faults")
        return ok({{"faults", world.faults.toJson()}});
    if (name == u"customers")
        return ok(m_stage.customers.toJson());
    if (name == u"telegram/calls")
        return ok(
            m_stage.telegram.calls(item(query, "method"), item(query, "after").toULongLong()));
    if (path.size() == 3 && path[0] == u"telegram" && path[1] == u"chats")
        return chat(path[2]);
    if (!path.isEmpty() && path[0] == u"retell")
        return m_stage.retellControl.get(path.mid(1), query);
    return refused(404, QStringLiteral("no such route"));
}

http::Response Control::post(const QStringList &path, const Json &body)
{
    const QString name = path.join(u'/');
    if (name == u"faults") {
        const auto fault = faultFrom(body);
        if (!fault)
            return refused(fault.error());
        m_stage.world.faults.add(*fault);
        return ok();
    }
    if (name == u"deliveries/faults")
        return toHttp(m_stage.world.deliveryFaults.add(body));
    if (name == u"deliveries/release")
        return release(body);
    if (name == u"settings")
        return changeSettings(body);
    if (path.size() == 3 && path[0] == u"payments" && path[2] == u"scenario")
        return playScenario(path[1].toLatin1(), body);
    if (!path.isEmpty() && path[0] == u"retell")
        return m_stage.retellControl.post(path.mid(1), body);
    if (path.size() >= 2 && path[0] == u"telegram" && path[1] == u"users")
        return userAction(path.mid(2), body);
    return refused(404, QStringLiteral("no such route"));
}

http::Response Control::userAction(const QStringList &path, const Json &body)
{
    UserSide &users = m_stage.users;
    if (path.isEmpty()) {
        const qint64 id = core::integerMember(body, "id").value_or(0);
        if (id <= 0)
            return refused(400, QStringLiteral("id must be above 0"));
        users.add(id, core::textMember(body, "first_name").value_or(QStringLiteral("Somebody")),
                  core::textMember(body, "language_code").value_or(QString()));
        return ok();
    }
    const qint64 id = path.front().toLongLong();
    const QString action = path.value(1);
    if (action == u"say") {
        const auto said = users.say(id, core::textMember(body, "text").value_or(QString()));
        return said ? ok({{"message_id", *said}}) : refused(said.error());
    }
    if (action == u"share") {
        const auto said = users.share(id, core::textMember(body, "phone").value_or(QString()),
                                      core::integerMember(body, "user_id").value_or(id));
        return said ? ok({{"message_id", *said}}) : refused(said.error());
    }
    if (action == u"tap") {
        const auto button = users.tap(id, buttonChoiceFrom(body));
        return button ? ok({{"message_id", button->messageId},
                            {"data", button->data},
                            {"url", button->url}})
                      : refused(button.error());
    }
    if (action == u"block" || action == u"unblock")
        return toHttp(users.setBlocked(id, action == u"block"));
    return refused(404, QStringLiteral("no such route"));
}

http::Response Control::playScenario(const QByteArray &paymentId, const Json &body)
{
    const QStringList steps = textsOf(core::member(body, "steps"));
    if (steps.isEmpty())
        return refused(400, QStringLiteral("steps: a list of texts"));
    return toHttp(m_stage.dynoPay.play(paymentId, steps));
}

/// What was held goes on: "kept" (the default), "reversed" or "random" order.
http::Response Control::release(const Json &body)
{
    auto held = m_stage.world.deliveryFaults.takeHeld();
    const QString order = core::textMember(body, "order").value_or(QStringLiteral("kept"));
    if (order == u"reversed")
        std::reverse(held.begin(), held.end());
    else if (order == u"random")
        std::shuffle(held.begin(), held.end(), m_stage.world.generator);
    for (const auto &send : held)
        send();
    return ok({{"released", held.size()}});
}

http::Response Control::changeSettings(const Json &body)
{
    Options &options = m_stage.world.options;
    if (const auto name = core::textMember(body, "signing")) {
        const auto signing = signingFrom(*name);
        if (!signing)
            return refused(400, QStringLiteral("no such signing"));
        options.signing = *signing;
    }
    if (const auto name = core::textMember(body, "generation"))
        options.generation = *name == u"old" ? Generation::Old : Generation::New;
    if (const Json *scale = core::member(body, "time_scale"); scale && scale->is_number())
        options.timeScale = std::max(0.001, scale->get<double>());
    if (const auto outbox = core::boolMember(body, "outbox"))
        options.hasOutbox = *outbox;
    for (const auto &[name, rate] : {std::pair("telegram_rate", &options.telegramRate),
                                     std::pair("chat_rate", &options.chatRate),
                                     std::pair("create_rate", &options.createsPerMinute),
                                     std::pair("call_rate", &options.callsPerMinute)}) {
        if (const auto given = core::integerMember(body, name))
            *rate = static_cast<int>(*given);
    }
    return toHttp(RetellControl::changeSettings(options, body));
}

http::Response Control::chat(const QString &id)
{
    const Chat *chat = m_stage.chats.find(id.toLongLong());
    return chat ? ok(Chats::transcript(*chat)) : refused(404, QStringLiteral("no such chat"));
}

Json Control::health() const
{
    return {{"ok", true},
            {"now", core::toIso(m_stage.world.scheduler.now())},
            {"webhook_set", !m_stage.sender.settings().url.isEmpty()},
            {"pending_updates", m_stage.sender.pendingCount()},
            {"pending_payment_events", m_stage.dynoPay.hooks().pendingCount()},
            {"pending_call_events", m_stage.retell.hooks().pendingCount()},
            {"payments", m_stage.dynoPay.payments().size()},
            {"active_calls", m_stage.retell.activeCount()},
            {"violations", m_stage.world.violations.count()}};
}

void Control::wait(const QStringList &path, const QUrlQuery &query, const http::Reply &reply)
{
    const bool isChat = path.size() == 4 && path[0] == u"telegram" && path[1] == u"chats";
    if (!isChat && path.size() != 1) {
        reply.send(refused(404, QStringLiteral("no such route")));
        return;
    }
    auto waiting = std::make_shared<Waiting>();
    waiting->reply = reply;
    if (isChat) {
        waiting->chatId = path[2].toLongLong();
        waiting->contains = item(query, "contains");
        waiting->afterMessage = item(query, "after").toLongLong();
        waiting->afterChange = item(query, "after_change").toULongLong();
    }
    m_waiting.append(waiting);
    const auto given = std::chrono::milliseconds(item(query, "timeout_ms").toLongLong());
    QTimer::singleShot(given.count() > 0 ? std::min(given, kWaitMax) : kWaitDefault, this,
                       [this, waiting] { giveUp(waiting); });
    if (isChat)
        answerWaiting(waiting->chatId);
    else
        lookForSilence(waiting);
}

const Message *Control::findMessage(const Waiting &waiting)
{
    const Chat *chat = m_stage.chats.find(waiting.chatId);
    if (!chat)
        return nullptr;
    const auto found = std::find_if(
        chat->messages.crbegin(), chat->messages.crend(), [&waiting](const Message &message) {
            return message.isFromBot && !message.isDeleted && message.id > waiting.afterMessage &&
                   message.change > waiting.afterChange &&
                   (message.text.contains(waiting.contains) ||
                    message.caption.contains(waiting.contains));
        });
    return found == chat->messages.crend() ? nullptr : &*found;
}

void Control::answerWaiting(qint64 chatId)
{
    const QList<WaitingPtr> candidates = m_waiting;
    for (const WaitingPtr &waiting : candidates) {
        if (waiting->chatId != chatId)
            continue;
        if (const Message *message = findMessage(*waiting)) {
            m_waiting.removeOne(waiting);
            waiting->reply.send(ok(Chats::transcript(*message)));
        }
    }
}

bool Control::isSilent() const
{
    return m_stage.sender.pendingCount() == 0 && m_stage.dynoPay.hooks().pendingCount() == 0 &&
           m_stage.retell.hooks().pendingCount() == 0;
}

void Control::lookForSilence(const WaitingPtr &waiting)
{
    if (!m_waiting.contains(waiting))
        return;
    if (isSilent()) {
        m_waiting.removeOne(waiting);
        waiting->reply.send(ok());
        return;
    }
    QTimer::singleShot(kSilenceLook, this, [this, waiting] { lookForSilence(waiting); });
}

void Control::giveUp(const WaitingPtr &waiting)
{
    if (m_waiting.removeOne(waiting))
        waiting->reply.send(refused(408, QStringLiteral("it did not happen in time")));
}

} // namespace simulator
