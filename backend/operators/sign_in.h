#pragma once

#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

constexpr int kCredentialsVersion = 2;

/// What travels sealed: when somebody signs in or is made an operator, or confirms a code.
struct Credentials {
    QString name;
    QString requestKey;          // of the very command: the box is worth nothing in another
    QByteArray tokenSha256 = {}; // of the session that begins; the token is the console's secret
    QString place = {};          // "console" or "command line": how long the session may last
    QByteArray code = {};        // of the second factor, or a recovery code; empty: none
    QByteArray passphrase = {};  // empty: only the code is wanted

    [[nodiscard]] QByteArray toBytes() const;
    /// `version`: of the command's payload; those of version 1 had no code.
    [[nodiscard]] static Result<Credentials> fromBytes(const QByteArray &bytes, int version);
    void wipeSecrets();
};

/// Opens what the command carried sealed; BadInput when it was meant for another command.
[[nodiscard]] Result<Credentials> credentialsOf(const Command &command, const Json &payload,
                                                const Sealing &sealing);

/// session.open. A wrong passphrase, an unknown name and a wrong code look the same, the first two
/// last the same too, and each doubles the wait of that name, from 1 s to 60 s, later of that
/// address too. CodeNeeded is only said to who knows the passphrase; it forgives no failure.
[[nodiscard]] Result<CommandOutcome> signIn(engine::Context &context, const Command &command,
                                            const Json &payload, const Sealing &sealing);

} // namespace operators
