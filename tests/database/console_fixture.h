#pragma once

#include "operators/console_client.h"
#include "operators/one_time_code.h"
#include "tests/database/operator_fixture.h"

namespace tests {

using namespace std::chrono_literals;

/// The operators of OperatorStage at real consoles, and an engine that handles what they submit.
class ConsoleStage : public OperatorStage {
protected:
    void startConsoles()
    {
        startStage();
        m_engine = std::make_unique<engine::Engine>(
            engine::EngineSettings{
                .databaseUrl = m_url, .workers = 1, .installationKey = kInstallationKey},
            m_routes, m_clock, nullptr, [] {});
        m_engine->start();
        m_client = newConsole();
    }
    void stopConsoles()
    {
        m_client.reset();
        m_engine.reset();
    }
    [[nodiscard]] std::unique_ptr<operators::ConsoleClient>
    newConsole(std::chrono::milliseconds lookEvery = 20ms) const
    {
        return std::make_unique<operators::ConsoleClient>(
            operators::ConsoleSettings{.databaseUrl = m_url, .lookEvery = lookEvery}, nullptr);
    }

    template <typename T> [[nodiscard]] static Result<T> wait(QFuture<Result<T>> future)
    {
        if (!becomes([&] { return future.isFinished(); }) || future.isCanceled())
            return failure({.detail = QStringLiteral("no answer")});
        return future.result();
    }
    [[nodiscard]] static QByteArray copyOf(const QByteArray &bytes) // as it will be wiped
    {
        return QByteArray(bytes.constData(), bytes.size());
    }
    [[nodiscard]] static Result<api::SignInAnswer> signInAt(operators::ConsoleClient &console,
                                                            const QString &name,
                                                            const QByteArray &passphrase,
                                                            const QByteArray &code = {})
    {
        return wait(console.signIn(name, copyOf(passphrase), copyOf(code)));
    }
    /// Where no code is needed.
    [[nodiscard]] Result<api::SignedIn> signIn(const QString &name, const QByteArray &passphrase)
    {
        const auto answer = signInAt(*m_client, name, passphrase);
        if (!answer)
            return failure(answer.error());
        if (!*answer)
            return failure({.detail = QStringLiteral("a code was asked for")});
        return **answer;
    }
    void letThemTryAgain()
    {
        QVERIFY(
            m_connection->run(QStringLiteral("UPDATE sign_in_failures SET not_before = now()")));
    }

    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<operators::ConsoleClient> m_client;
};

} // namespace tests
