#include "tests/support/journey_stage.h"

namespace tests {

bool hasButton(const Json &message, const QString &data)
{
    const Json *keyboard = core::member(message, "keyboard");
    if (!keyboard || !keyboard->is_array())
        return false;
    for (const Json &row : *keyboard) {
        for (const Json &button : row) {
            if (core::textMember(button, "callback_data").value_or(QString()).startsWith(data))
                return true;
        }
    }
    return false;
}

JourneyCustomer::JourneyCustomer(JourneyStage &stage, qint64 id, const QString &languageCode)
    : m_stage(stage)
    , m_id(id)
{
    m_stage.simulator().act(
        QStringLiteral("telegram/users"),
        {{"id", id}, {"first_name", "Camille"}, {"language_code", languageCode}});
}

void JourneyCustomer::say(const QString &text)
{
    m_stage.simulator().act(QStringLiteral("telegram/users/%1/say").arg(m_id), {{"text", text}});
}

void JourneyCustomer::shareOwnNumber(const QString &phone)
{
    m_stage.simulator().act(QStringLiteral("telegram/users/%1/share").arg(m_id),
                            {{"phone", phone}, {"user_id", m_id}});
}

bool JourneyCustomer::isAskedForNumber()
{
    const QList<Json> all = messages();
    return !all.isEmpty() && core::boolMember(all.back(), "asks_for_contact").value_or(false);
}

bool JourneyCustomer::tap(const QString &data)
{
    return m_stage.simulator().tryTo(QStringLiteral("telegram/users/%1/tap").arg(m_id),
                                     {{"data_prefix", data}});
}

QList<Json> JourneyCustomer::messages()
{
    QList<Json> list;
    const Json chat = m_stage.simulator().see(QStringLiteral("telegram/chats/%1").arg(m_id));
    for (const Json &message : chat["messages"]) {
        if (core::textMember(message, "from") == QStringLiteral("bot"))
            list << message;
    }
    return list;
}

bool JourneyCustomer::sees(const QString &data)
{
    const QList<Json> all = messages();
    return std::any_of(all.begin(), all.end(),
                       [&](const Json &message) { return hasButton(message, data); });
}

bool JourneyCustomer::seesSince(qsizetype first, const QString &data)
{
    const QList<Json> newer = messages().mid(first);
    return std::any_of(newer.begin(), newer.end(),
                       [&](const Json &message) { return hasButton(message, data); });
}

bool JourneyCustomer::hasRead(const QString &text)
{
    const QList<Json> all = messages();
    return std::any_of(all.begin(), all.end(), [&](const Json &message) {
        return core::textMember(message, "text").value_or(QString()).contains(text) ||
               core::textMember(message, "caption").value_or(QString()).contains(text);
    });
}

bool JourneyCustomer::hasAddress()
{
    const QList<Json> all = messages();
    return std::any_of(all.begin(), all.end(),
                       [](const Json &message) { return message.contains("photo"); });
}

const QList<JourneyStep> &topUpSteps()
{
    static const QList<JourneyStep> steps = {
        {QStringLiteral("/start"), QStringLiteral("lang:fr")},
        {QStringLiteral("lang:fr"), QStringLiteral("terms:accept")},
        {QStringLiteral("terms:accept"), QStringLiteral("tour:skip")},
        {QStringLiteral("tour:skip"), QStringLiteral("menu:wallet")},
        {QStringLiteral("menu:wallet"), QStringLiteral("wallet:topup")},
        {QStringLiteral("wallet:topup"), QStringLiteral("amount:25")},
        {QStringLiteral("amount:25"), QStringLiteral("coin:25.00:USDT-TRC20")},
        {QStringLiteral("coin:25.00:USDT-TRC20"), QString()},
    };
    return steps;
}

void doStep(JourneyCustomer &customer, const JourneyStep &step)
{
    if (step.act.startsWith(u'/'))
        customer.say(step.act);
    else if (!customer.tap(step.act))
        qFatal("no button %s", qUtf8Printable(step.act));
}

bool isDone(JourneyCustomer &customer, const JourneyStep &step)
{
    return step.expect.isEmpty() ? customer.hasAddress() : customer.sees(step.expect);
}

QString topUpTogether(JourneyStage &stage, std::vector<JourneyCustomer> &customers)
{
    for (const JourneyStep &step : topUpSteps()) {
        for (JourneyCustomer &customer : customers)
            doStep(customer, step);
        for (JourneyCustomer &customer : customers) {
            if (!stage.until([&] { return isDone(customer, step); }, 20'000))
                return QStringLiteral("customer %1 waits for %2 after %3\n%4")
                    .arg(customer.id())
                    .arg(step.expect, step.act, stage.log());
        }
    }
    return {};
}

void giveMoney(JourneyStage &stage, qint64 customer)
{
    const auto connection = database::Connection::open(stage.databaseUrl(), QStringLiteral("test"));
    const auto given =
        connection ? (*connection)
                         ->run(QStringLiteral(
                                   "INSERT INTO transfers (customer_id, at, cause_id, available, "
                                   "platform, platform_amount, kind, request_key) VALUES (?, "
                                   "now(), 1, 25000000, 'dynopay_clearing', -25000000, 'deposit', "
                                   "?)"),
                               {customer, QStringLiteral("deposit:given:%1").arg(customer)})
                   : failure(connection.error());
    if (!given)
        qFatal("no money: %s", qUtf8Printable(given.error().detail));
}

namespace {

QString stuck(JourneyStage &stage, const JourneyCustomer &customer, const QString &what)
{
    return QStringLiteral("customer %1 waits for %2\n%3").arg(customer.id()).arg(what, stage.log());
}

/// Presses each of these, once it is there.
QString tapThrough(JourneyStage &stage, JourneyCustomer &customer, const QStringList &buttons)
{
    for (const QString &data : buttons) {
        if (!stage.until([&] { return customer.sees(data); }, 20'000) || !customer.tap(data))
            return stuck(stage, customer, data);
    }
    return {};
}

} // namespace

QString writeScript(JourneyStage &stage, JourneyCustomer &customer, const QString &language)
{
    customer.say(QStringLiteral("/scripts"));
    const QString trouble = tapThrough(
        stage, customer,
        {QStringLiteral("draft:templates"), QStringLiteral("draft:template:reminder"),
         QStringLiteral("draft:set:language:") + language, QStringLiteral("draft:set:voice:"),
         QStringLiteral("draft:set:facts:"), QStringLiteral("draft:save")});
    if (!trouble.isEmpty())
        return trouble;
    const QString ready = QStringLiteral("call:script:");
    return stage.until([&] { return customer.sees(ready); }, 20'000)
               ? QString()
               : stuck(stage, customer, ready);
}

QString placeCall(JourneyStage &stage, JourneyCustomer &customer, const QString &number)
{
    // The note that a script is ready has the button already; a question asked besides would be
    // answered after the tap and begin anew.
    if (!customer.sees(QStringLiteral("call:script:")))
        customer.say(QStringLiteral("/call"));
    if (const QString trouble = tapThrough(stage, customer, {QStringLiteral("call:script:")});
        !trouble.isEmpty())
        return trouble;
    const QString other = QStringLiteral("call:own"); // below the question for a number
    const QString known = QStringLiteral("call:to:") + number;
    const QString consent = QStringLiteral("call:consent:relationship");
    const QString yes = QStringLiteral("call:go:");
    const auto isAsked = [&] {
        return customer.isAskedForNumber() || customer.sees(known) || customer.sees(other);
    };
    if (!stage.until(isAsked, 20'000))
        return stuck(stage, customer, QStringLiteral("the question for a number"));
    if (customer.isAskedForNumber())
        customer.shareOwnNumber(number);
    else if (!customer.tap(known))
        customer.say(number);
    if (!stage.until([&] { return customer.sees(consent) || customer.sees(yes); }, 20'000))
        return stuck(stage, customer, QStringLiteral("the price"));
    if (customer.sees(consent) && !customer.tap(consent))
        return stuck(stage, customer, consent);
    return tapThrough(stage, customer, {yes});
}

} // namespace tests
