#pragma once

#include "arguments.h"
#include "assembly/database_access.h"
#include "core/settings.h"
#include "operators/console_client.h"

namespace server {

/// A command-line user as an operator: the session's file, the console's side of the database, and
/// the server that must run to handle what is submitted.
class OperatorSession {
public:
    /// Errors: ConfigurationInvalid or DatabaseUnavailable; no server runs.
    [[nodiscard]] static Result<std::unique_ptr<OperatorSession>>
    open(const Arguments &arguments, const core::Settings &settings);
    /// With the session of `sign-in`. Errors: the same, and Unauthorized.
    [[nodiscard]] static Result<std::unique_ptr<OperatorSession>>
    openSignedIn(const Arguments &arguments, const core::Settings &settings);

    [[nodiscard]] const assembly::DatabaseAccess &access() const { return *m_access; }
    [[nodiscard]] operators::ConsoleClient &client() { return *m_client; }
    /// Keeps the session for later verbs, in a file that only this account reads.
    [[nodiscard]] Result<void> keep() const;

    /// Nobody is signed in afterwards; the file is gone, whether the server heard of it or not.
    [[nodiscard]] Result<void> end();

    /// Submits, waits, and gives what became of it.
    [[nodiscard]] Result<api::CommandResult> run(const char *kind, const Json &payload);
    /// The same where something is shown once.
    [[nodiscard]] Result<api::CommandResult> reveal(const char *kind, const Json &payload);
    /// No other command has it.
    [[nodiscard]] static QString freshKey();

private:
    OperatorSession() = default;
    [[nodiscard]] Result<void> resume();

    std::unique_ptr<assembly::DatabaseAccess> m_access;
    std::unique_ptr<operators::ConsoleClient> m_client;
    QString m_file;
};

/// From --passphrase-file, else a line of standard input, unseen when that is a terminal. The
/// caller wipes it. Errors: BadInput.
[[nodiscard]] Result<QByteArray> readPassphrase(const Arguments &arguments);
/// The same for --code-file.
[[nodiscard]] Result<QByteArray> readCode(const Arguments &arguments);

/// Runs a command that may want a code of the second factor; asks for it only then.
[[nodiscard]] Result<api::CommandResult> runWithCode(const Arguments &arguments,
                                                     OperatorSession &session, const char *kind,
                                                     const Json &payload);

/// Prints a command's result, as words that `told` makes of a good one or as JSON.
using Told = std::function<QString(const Json &answer)>;
[[nodiscard]] int report(const Arguments &arguments, const Result<api::CommandResult> &result,
                         const Told &told);

/// For who gave the first of two commands that it takes; its answer has `asked`.
[[nodiscard]] QString askedWords(const Json &answer);

/// Runs a command for who is signed in, with --reason and, where it wants one, a code; reports what
/// became of it.
[[nodiscard]] int runCommand(const Arguments &arguments, const core::Settings &settings,
                             const char *kind, Json payload, const Told &told);

} // namespace server
