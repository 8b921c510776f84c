#pragma once

#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

/// What travels sealed when somebody signs in or is made an operator. `wipe` it.
struct Credentials {
    QString name;
    QString requestKey;     // of the very command: the box is worth nothing in another
    QByteArray tokenSha256; // of the session that begins; the token is the console's own secret
    QString place;          // "console" or "command line": how long the session may last
    QByteArray passphrase;

    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] static Result<Credentials> fromBytes(const QByteArray &bytes);
};

/// Opens what the command carried sealed; BadInput when it was meant for another command.
[[nodiscard]] Result<Credentials> credentialsOf(const Command &command, const Sealing &sealing);

/// session.open. A wrong passphrase and an unknown name look and last the same, and each doubles
/// the wait of that name, from 1 s to 60 s, later of that address too.
[[nodiscard]] Result<CommandOutcome> signIn(engine::Context &context, const Command &command,
                                            const Sealing &sealing);

} // namespace operators
