#include "customers.h"

#include <algorithm>

namespace simulator {

namespace {

constexpr std::chrono::milliseconds kLookInterval{250};
// How long a person takes from seeing a button to pressing it.
constexpr double kReactionMin = 0.6;
constexpr double kReactionMax = 2.5;

} // namespace

/// One customer: a step at a time, looking at the chat until the step can be done.
class Customers::Customer final : public std::enable_shared_from_this<Customer> {
public:
    Customer(Customers &all, CustomerPlan plan)
        : m_all(all)
        , m_plan(std::move(plan))
    {
    }

    void begin()
    {
        m_all.m_users.add(m_plan.id, m_plan.name, m_plan.language);
        prepare();
    }
    [[nodiscard]] Json toJson() const
    {
        return {{"id", m_plan.id},    {"name", m_plan.name},
                {"step", m_at},       {"repeating", m_isRepeating},
                {"rounds", m_rounds}, {"restarts", m_restarts}};
    }

private:
    [[nodiscard]] const QList<CustomerStep> &steps() const
    {
        return m_isRepeating ? m_plan.repeat : m_plan.first;
    }

    void later(std::chrono::microseconds delay, void (Customer::*next)())
    {
        m_all.m_world.scheduler.after(delay, [weak = weak_from_this(), next] {
            if (const auto self = weak.lock())
                (self.get()->*next)();
        });
    }

    [[nodiscard]] double between(double low, double high)
    {
        constexpr quint64 kParts = 1000;
        const auto part = static_cast<double>(m_all.m_world.random(kParts));
        return low + (high - low) * part / kParts;
    }

    /// Waits before a step as a person would.
    void prepare()
    {
        if (m_at >= steps().size()) {
            m_rounds += m_isRepeating ? 1 : 0;
            m_isRepeating = true;
            m_at = 0;
        }
        if (steps().isEmpty())
            return; // no more to do
        const CustomerStep &step = steps()[m_at];
        const double seconds = step.secondsMax > 0 ? between(step.secondsMin, step.secondsMax)
                                                   : between(kReactionMin, kReactionMax);
        m_patienceEnds = m_all.m_world.scheduler.now() + span(seconds) + span(step.patienceSeconds);
        later(span(seconds), &Customer::attempt);
    }

    void attempt()
    {
        const CustomerStep &step = steps()[m_at];
        if (isDone(step)) {
            ++m_at;
            prepare();
        } else if (m_all.m_world.scheduler.now() < m_patienceEnds) {
            later(kLookInterval, &Customer::attempt);
        } else if (step.isOptional) {
            ++m_at;
            prepare();
        } else {
            startOver();
        }
    }

    void startOver()
    {
        ++m_restarts;
        m_isRepeating = false;
        m_at = 0;
        prepare();
    }

    [[nodiscard]] bool isDone(const CustomerStep &step)
    {
        switch (step.kind) {
        case CustomerStep::Kind::Say:
            return acted(m_all.m_users.say(m_plan.id, oneOf(step.sayings)).has_value());
        case CustomerStep::Kind::SharePhone: return acted(shares());
        case CustomerStep::Kind::Tap: return acted(taps(step.buttons));
        case CustomerStep::Kind::WaitFor: return sees(step.text);
        case CustomerStep::Kind::Pay: return pays(step);
        case CustomerStep::Kind::Pause: return true;
        }
        Q_UNREACHABLE();
    }

    /// A button counts only in a message that has changed since the customer's last act: people
    /// press what the bot has answered with, not what they see from earlier.
    [[nodiscard]] bool taps(const QList<ButtonChoice> &choices)
    {
        return std::any_of(choices.cbegin(), choices.cend(), [this](ButtonChoice choice) {
            choice.changedAfter = m_lastAct;
            return m_all.m_users.tap(m_plan.id, choice).has_value();
        });
    }

    [[nodiscard]] QString oneOf(QList<CustomerStep::Saying> sayings)
    {
        using namespace std::chrono;
        const auto now = m_all.m_world.scheduler.now();
        const int hour = int(floor<hours>(now - floor<days>(now)).count());
        const auto isNow = [hour](const CustomerStep::Saying &one) { return one.isFor(hour); };
        if (std::any_of(sayings.cbegin(), sayings.cend(), isNow))
            sayings.removeIf(std::not_fn(isNow));
        return sayings[qsizetype(m_all.m_world.random(quint64(sayings.size())))].text;
    }

    /// As Telegram's button does it: without the plus, and with the id of whose it is.
    [[nodiscard]] bool shares()
    {
        return m_all.m_users.isAskedForContact(m_plan.id, m_lastAct) &&
               m_all.m_users.share(m_plan.id, m_plan.phone.mid(1), m_plan.id).has_value();
    }

    bool acted(bool isDone)
    {
        if (isDone)
            m_lastAct = m_all.m_chats.lastChange();
        return isDone;
    }

    [[nodiscard]] bool sees(const QString &text) const
    {
        const Chat *chat = m_all.m_chats.find(m_plan.id);
        return chat &&
               std::any_of(
                   chat->messages.cbegin(), chat->messages.cend(), [&text](const Message &message) {
                       return message.isFromBot && !message.isDeleted &&
                              (message.text.contains(text) || message.caption.contains(text));
                   });
    }

    /// Pays to the address that the chat shows.
    [[nodiscard]] bool pays(const CustomerStep &step)
    {
        const auto &payments = m_all.m_dynoPay.payments();
        const auto found =
            std::find_if(payments.crbegin(), payments.crend(), [this](const PaymentPtr &payment) {
                return !m_paid.contains(payment->id) && payment->status == u"waiting" &&
                       sees(payment->address);
            });
        if (found == payments.crend())
            return false;
        m_paid.insert((*found)->id);
        const QStringList outcome = chosen(step.outcomes);
        return m_all.m_dynoPay.play((*found)->id, outcome).has_value();
    }

    [[nodiscard]] QStringList chosen(const QList<CustomerStep::Outcome> &outcomes)
    {
        int total = 0;
        for (const auto &outcome : outcomes)
            total += outcome.weight;
        auto pick = static_cast<int>(m_all.m_world.random(static_cast<quint64>(total)));
        for (const auto &outcome : outcomes) {
            pick -= outcome.weight;
            if (pick < 0)
                return outcome.steps;
        }
        return outcomes.back().steps;
    }

    Customers &m_all;
    CustomerPlan m_plan;
    qsizetype m_at = 0;
    bool m_isRepeating = false;
    int m_rounds = 0;
    int m_restarts = 0;
    Timestamp m_patienceEnds;
    quint64 m_lastAct = 0; // the newest change of a chat when the customer did something
    QSet<QByteArray> m_paid;
};

Customers::Customers(World &world, Chats &chats, UserSide &users, DynoPayApi &dynoPay)
    : m_world(world)
    , m_chats(chats)
    , m_users(users)
    , m_dynoPay(dynoPay)
{
}

Customers::~Customers() = default;

void Customers::start(const QList<CustomerPlan> &plans)
{
    for (const CustomerPlan &plan : plans) {
        m_customers.push_back(std::make_shared<Customer>(*this, plan));
        m_customers.back()->begin();
    }
}

Json Customers::toJson() const
{
    Json list = Json::array();
    for (const auto &customer : m_customers)
        list.push_back(customer->toJson());
    return {{"customers", std::move(list)}};
}

} // namespace simulator
