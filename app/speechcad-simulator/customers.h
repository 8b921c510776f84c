#pragma once

#include "dynopay/dynopay_api.h"
#include "telegram/user_side.h"

namespace simulator {

/// One thing a customer does, as a scenario file writes it.
struct CustomerStep {
    enum class Kind {
        Say,
        SharePhone, // their own, when the bot asks for it
        Tap,
        WaitFor, // a text in a message of the bot
        Pay,
        Pause,
    };
    /// How a payment goes, one of several by weight.
    struct Outcome {
        int weight = 1;
        QStringList steps;
    };
    /// What is written, in some hours of the day only: people are called while they are awake.
    struct Saying {
        QString text;
        int fromHour = 0; // UTC; later than `toHour`: over midnight
        int toHour = 24;

        [[nodiscard]] bool isFor(int hour) const
        {
            return fromHour < toHour ? hour >= fromHour && hour < toHour
                                     : hour >= fromHour || hour < toHour;
        }
    };
    Kind kind = Kind::Pause;
    QString text;
    QList<Saying> sayings;       // one of them, of those for this hour if there are such
    QList<ButtonChoice> buttons; // the first that is to be seen
    QList<Outcome> outcomes;
    double secondsMin = 0; // of a pause, or before anything else is done
    double secondsMax = 0;
    double patienceSeconds = 20;
    bool isOptional = false; // skipped when patience ends; else the customer starts over
};

struct CustomerPlan {
    qint64 id = 0;
    QString name;
    QString language;
    QString phone;              // their own
    QList<CustomerStep> first;  // once
    QList<CustomerStep> repeat; // over and over, for as long as the simulator runs
};

/// Reads a scenario file. Errors: BadInput names the customer and what is wrong.
[[nodiscard]] Result<QList<CustomerPlan>> customerPlansFrom(const QByteArray &file);

/// People who use the bot by what they see in their chat: buttons by their data, since labels are
/// translated.
class Customers final : public QObject {
public:
    Customers(World &world, Chats &chats, UserSide &users, DynoPayApi &dynoPay);
    ~Customers() override;

    void start(const QList<CustomerPlan> &plans);
    [[nodiscard]] Json toJson() const;

private:
    class Customer;

    World &m_world;
    Chats &m_chats;
    UserSide &m_users;
    DynoPayApi &m_dynoPay;
    std::vector<std::shared_ptr<Customer>> m_customers;
};

} // namespace simulator
