#pragma once

#include "tests/support/journey_stage.h"

namespace tests {

/// Somebody with every right and nobody to ask, signed in at a console of their own. Commands go in
/// by the console's role of the database, which has no other way. How one signs in is tested
/// elsewhere; this session outlasts the longest soak.
class JourneyOperator {
public:
    explicit JourneyOperator(JourneyStage &stage);

    [[nodiscard]] const QByteArray &token() const { return m_token; } // of the session
    /// The command's id; 0: it was not taken.
    [[nodiscard]] qint64 submit(const char *kind, const Json &payload);
    [[nodiscard]] QString stateOf(qint64 command);
    [[nodiscard]] bool isDone(qint64 command) { return stateOf(command) == u"done"; }
    [[nodiscard]] Json answerOf(qint64 command);

private:
    JourneyStage &m_stage;
    QByteArray m_token;
    std::unique_ptr<database::Connection> m_console;
    int m_keys = 0;
};

/// A verb that reads a passphrase, from a file of the stage's directory.
[[nodiscard]] ProgramRun verbWithPassphrase(JourneyStage &stage, const QString &words,
                                            const QByteArray &passphrase);

} // namespace tests
