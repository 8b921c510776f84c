#pragma once

#include "core/test_clock.h"
#include "database/connection.h"
#include "tests/support/simulator_remote.h"
#include "tests/support/test_cluster.h"

#include <QTemporaryDir>

#include <vector>

namespace tests {

/// One or more real servers, the real simulator and a real database, on one clock that the test
/// moves. Everything ends with the object.
class JourneyStage {
public:
    struct Setup {
        TestCluster *cluster = nullptr; // null: the one of the executable
        int servers = 1;
        int hooksOf = 0; // providers call this one, as a balancer in front of them would
        bool hasFreeMinutes = false; // as shipped; else every second is paid by the wallet
        QStringList simulatorOptions = {};
    };
    explicit JourneyStage(const Setup &setup);
    JourneyStage();
    ~JourneyStage();
    JourneyStage(const JourneyStage &) = delete;
    JourneyStage &operator=(const JourneyStage &) = delete;

    /// A server that answers already. `additions` win over what the stage sets. Once one has been
    /// started their ports stay as they are.
    void startServer(int number = 0, const Environment &additions = {});
    /// The same, without waiting for it.
    void launchServer(int number, const Environment &additions = {});
    [[nodiscard]] bool waitForServer(int number = 0);
    [[nodiscard]] Program &server(int number = 0) { return *m_servers[size_t(number)].program; }
    [[nodiscard]] QUrl hookUrl(int number = 0) const;
    [[nodiscard]] QUrl adminUrl(int number = 0) const;
    /// A verb of speechcad-server with the settings of the servers.
    [[nodiscard]] ProgramRun verb(const QStringList &words, const Environment &additions = {});
    [[nodiscard]] Environment environment(int number = 0) const;

    [[nodiscard]] SimulatorRemote &simulator() { return *m_simulator; }
    [[nodiscard]] core::TestClockServer &clock() { return m_clock; }
    [[nodiscard]] QString databaseUrl() const { return m_databaseUrl; }
    [[nodiscard]] QString directory() const { return m_directory.path(); }

    /// The first column of the first row as text; an error as text too, so that it shows.
    [[nodiscard]] QString value(const QString &sql, const database::Values &values = {});
    [[nodiscard]] qint64 number(const QString &sql, const database::Values &values = {});
    /// "25.00", what a wallet has.
    [[nodiscard]] QString balanceOf(qint64 customer);
    [[nodiscard]] QString stateOf(qint64 customer); // of the customer's newest deposit
    [[nodiscard]] QString paymentOf(qint64 customer);
    void pay(qint64 customer, const QStringList &steps); // a scenario of that payment
    /// Nothing to handle, nothing to send, and no webhook on its way.
    [[nodiscard]] bool isQuiet();
    /// Empty: every row that came is done, none is dead, nothing waits and no send has failed.
    [[nodiscard]] QString looseEnds();

    /// To the next Tuesday, 15:00 UTC: nowhere from New Jersey to France is it a quiet hour.
    void goToCallingHours();

    /// Looks until it is so. When `step` is given the clock goes on by it again and again. If it
    /// never comes, the server's log says why.
    [[nodiscard]] bool until(const std::function<bool()> &condition, int patienceMs = 10'000,
                             std::chrono::seconds step = {});
    /// The end of what the server wrote to its log: why it did not go on.
    [[nodiscard]] QString log() const;

private:
    struct Server {
        quint16 port = 0;
        quint16 adminPort = 0;
        std::unique_ptr<Program> program;
    };
    void choosePorts();
    [[nodiscard]] database::Connection *connection();

    TestCluster &m_cluster;
    const int m_hooksOf;
    QTemporaryDir m_directory;
    QString m_databaseUrl;
    core::TestClockServer m_clock;
    std::unique_ptr<SimulatorRemote> m_simulator;
    std::vector<Server> m_servers;
    bool m_hasPorts = false;
    std::unique_ptr<database::Connection> m_connection;
};

/// Has the message a button whose data begin so?
[[nodiscard]] bool hasButton(const Json &message, const QString &data);

/// Somebody with Telegram, who sees what a person sees and does what a person does.
class JourneyCustomer {
public:
    JourneyCustomer(JourneyStage &stage, qint64 id, const QString &languageCode);

    [[nodiscard]] qint64 id() const { return m_id; }
    void say(const QString &text);
    /// Presses the button whose data begin so; false when there is none.
    [[nodiscard]] bool tap(const QString &data);
    /// A contact card of their own, as Telegram's button sends it.
    void shareOwnNumber(const QString &phone);
    [[nodiscard]] bool isAskedForNumber();        // by the bot's newest message
    [[nodiscard]] bool sees(const QString &data); // a button
    /// A button of a message that came behind the first ones.
    [[nodiscard]] bool seesSince(qsizetype first, const QString &data);
    [[nodiscard]] bool hasRead(const QString &text); // in a message or a caption
    [[nodiscard]] bool hasAddress();                 // a picture with the address
    [[nodiscard]] QList<Json> messages();            // of the bot, oldest first

private:
    JourneyStage &m_stage;
    qint64 m_id;
};

/// What a customer does to top up 25 USD, from /start to the address, one step at a time.
struct JourneyStep {
    QString act;    // a button's data, or what is written when it begins with '/'
    QString expect; // the button that is there afterwards; empty: the address
};
[[nodiscard]] const QList<JourneyStep> &topUpSteps();
void doStep(JourneyCustomer &customer, const JourneyStep &step);
[[nodiscard]] bool isDone(JourneyCustomer &customer, const JourneyStep &step);
/// All customers at once, until each has an address. Returns what went wrong.
[[nodiscard]] QString topUpTogether(JourneyStage &stage, std::vector<JourneyCustomer> &customers);

/// 25 USD, as a top-up would have brought them.
void giveMoney(JourneyStage &stage, qint64 customer);

/// From the main menu: a script from a template in that language, saved and ready. Returns what
/// went wrong.
[[nodiscard]] QString writeScript(JourneyStage &stage, JourneyCustomer &customer,
                                  const QString &language);
/// With the newest script that is ready: to the number, to the price, yes. The first call of a
/// customer must be to their own number, which is shared when the bot asks. Returns what went
/// wrong.
[[nodiscard]] QString placeCall(JourneyStage &stage, JourneyCustomer &customer,
                                const QString &number);

} // namespace tests
