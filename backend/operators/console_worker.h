#pragma once

#include "database/connection.h"
#include "operators/console_client.h"

#include <QElapsedTimer>
#include <QTimer>

namespace operators {

struct Credentials;
class Sealing;

/// The half of a ConsoleClient that lives on its thread: the connection, and the commands whose
/// results are awaited.
class ConsoleClient::Worker final : public QObject {
public:
    using Finished = std::function<void(const Result<api::CommandResult> &)>;
    struct NewCommand {
        QString kind;
        Json payload;
        QString requestKey;
        bool isAnonymous = false; // signing in: without a token
    };

    Worker(ConsoleClient &client, ConsoleSettings settings);

    using SignInFinished = std::function<void(const Result<api::SignInAnswer> &)>;
    void signIn(const QString &name, QByteArray &passphrase, QByteArray &code,
                const SignInFinished &finished);
    void signOut(const std::function<void(const Result<bool> &)> &finished);
    void resume(const QByteArray &token,
                const std::function<void(const Result<api::SignedIn> &)> &finished);
    void submit(const NewCommand &command, const Finished &finished);
    void reveal(NewCommand command, const Finished &finished);
    void submitWithCode(NewCommand command, QByteArray &code, const Finished &finished);
    void confirmSecondFactor(QByteArray &code, const QString &requestKey, const Finished &finished);
    void find(const QString &requestKey, const Finished &finished);
    void addOperator(const QString &name, api::Roles roles, QByteArray &passphrase,
                     const QString &requestKey, const Finished &finished);
    void noteActivity() { m_wasActive = true; }
    /// Asks whether the session is still what it was.
    void keepAlive();
    /// Asks for every result that is still awaited.
    void look();
    void lookFor(const QList<core::Change> &changes);

private:
    struct Awaited {
        InboxId id;
        QString requestKey;
        bool isAnonymous = false;
        Finished finished;
        QElapsedTimer since;
    };

    [[nodiscard]] Result<database::Connection *> connection();
    /// One of the console's functions, with `$1` for the token and so on.
    [[nodiscard]] Result<database::Rows> call(const QString &sql, const database::Values &values);
    [[nodiscard]] QVariant tokenOf(bool isAnonymous) const;
    /// For the server alone; the secrets are wiped.
    [[nodiscard]] Result<QString> sealed(Credentials credentials);
    [[nodiscard]] Result<api::CommandResult> withRevealed(api::CommandResult result,
                                                          const Sealing &reader);
    [[nodiscard]] Result<std::optional<api::CommandResult>> resultOf(const QString &requestKey,
                                                                     bool isAnonymous);
    [[nodiscard]] Result<std::optional<api::SignedIn>> beat(const QByteArray &token, bool isActive);
    void begun(const Result<api::CommandResult> &result, const QByteArray &token,
               const SignInFinished &finished);
    void forget();

    ConsoleClient &m_client;
    ConsoleSettings m_settings;
    std::unique_ptr<database::Connection> m_connection;
    QByteArray m_token;
    bool m_wasActive = false;
    QElapsedTimer m_heard; // since the server last said who is signed in
    std::vector<Awaited> m_awaited;
    QTimer *m_looks;
    QTimer *m_beats;
};

} // namespace operators
