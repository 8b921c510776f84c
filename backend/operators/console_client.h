#pragma once

#include "api/changes.h"
#include "api/operators.h"
#include "core/thread.h"

#include <mutex>

namespace operators {

struct ConsoleSettings {
    QString databaseUrl;
    QString place = QStringLiteral("console");   // or "command line": sessions of 15 minutes
    std::chrono::milliseconds lookEvery{2000};   // for results that the change feed did not tell of
    std::chrono::milliseconds aloneMax{600'000}; // without the server: then nobody is signed in
};

/// What a console is to the server: it signs in, submits commands and hears what became of them,
/// with the rights of the console's role and no others. Has the thread "console".
class ConsoleClient final : public api::Session, public api::Commands {
    Q_OBJECT

public:
    /// `changes`: tells results at once; may be null.
    ConsoleClient(const ConsoleSettings &settings, api::Changes *changes);
    ~ConsoleClient() override;

    [[nodiscard]] QFuture<Result<api::SignInAnswer>> signIn(QString name, QByteArray passphrase,
                                                            QByteArray code) override;
    [[nodiscard]] QFuture<Result<bool>> signOut() override;
    [[nodiscard]] std::optional<api::SignedIn> current() const override;
    void noteActivity() override;

    [[nodiscard]] QFuture<Result<api::CommandResult>> submit(QString kind, Json payload,
                                                             QString requestKey) override;
    [[nodiscard]] QFuture<Result<api::CommandResult>> reveal(QString kind, Json payload,
                                                             QString requestKey) override;
    [[nodiscard]] QFuture<Result<api::CommandResult>> find(QString requestKey) override;

    [[nodiscard]] QFuture<Result<api::CommandResult>>
    addOperator(QString name, api::Roles roles, QByteArray passphrase, QString requestKey) override;

    /// The code travels sealed; a reveal of the recovery codes.
    [[nodiscard]] QFuture<Result<api::CommandResult>>
    confirmSecondFactor(QByteArray code, QString requestKey) override;

    /// The code travels sealed.
    [[nodiscard]] QFuture<Result<api::CommandResult>>
    submitWithCode(QString kind, Json payload, QByteArray code, QString requestKey) override;

    /// Goes on with a session of an earlier process. Unauthorized: it is over.
    [[nodiscard]] QFuture<Result<api::SignedIn>> resume(QByteArray token);
    /// The session's secret, for that; empty: nobody is signed in.
    [[nodiscard]] QByteArray token() const;

private:
    class Worker;
    void become(const std::optional<api::SignedIn> &signedIn, const QByteArray &token);

    mutable std::mutex m_mutex;
    std::optional<api::SignedIn> m_current;
    QByteArray m_token;
    Worker *m_worker; // lives on the thread
    core::ThreadPtr m_thread;
};

} // namespace operators
