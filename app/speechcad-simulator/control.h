#pragma once

#include "customers.h"
#include "retell/retell_control.h"
#include "telegram/telegram_api.h"

namespace simulator {

/// What the control API reaches.
struct Stage {
    World &world;
    Chats &chats;
    UserSide &users;
    TelegramApi &telegram;
    WebhookSender &sender;
    DynoPayApi &dynoPay;
    RetellApi &retell;
    RetellControl &retellControl;
    Customers &customers;
};

/// The routes under /_sim: what tests and the demo do to the simulated world and see of it. Any
/// client on this machine may use them.
class Control final : public QObject {
public:
    explicit Control(const Stage &stage);

    /// False: not a path under /_sim.
    [[nodiscard]] bool handle(const http::Request &request, const http::Reply &reply);

private:
    /// Somebody who waits for a message, or for silence.
    struct Waiting {
        http::Reply reply;
        qint64 chatId = 0; // 0: waits until nothing is on its way
        QString contains;
        qint64 afterMessage = 0;
        quint64 afterChange = 0;
    };
    using WaitingPtr = std::shared_ptr<Waiting>;

    [[nodiscard]] http::Response get(const QStringList &path, const QUrlQuery &query);
    [[nodiscard]] http::Response post(const QStringList &path, const Json &body);
    [[nodiscard]] http::Response userAction(const QStringList &path, const Json &body);
    [[nodiscard]] http::Response playScenario(const QByteArray &paymentId, const Json &body);
    [[nodiscard]] http::Response release(const Json &body);
    [[nodiscard]] http::Response changeSettings(const Json &body);
    [[nodiscard]] http::Response chat(const QString &id);
    [[nodiscard]] Json health() const;

    void wait(const QStringList &path, const QUrlQuery &query, const http::Reply &reply);
    [[nodiscard]] const Message *findMessage(const Waiting &waiting);
    void answerWaiting(qint64 chatId);
    void lookForSilence(const WaitingPtr &waiting);
    void giveUp(const WaitingPtr &waiting);
    [[nodiscard]] bool isSilent() const;

    Stage m_stage;
    QList<WaitingPtr> m_waiting;
};

} // namespace simulator
