#pragma once

#include "core/json.h"

#include <QHash>
#include <QProcess>

#include <optional>

namespace tests {

using Environment = QHash<QString, QString>;

/// A program of the build, as a process of its own. Its environment is what the test says and
/// nothing of the tester's settings. The process dies with the object.
class Program {
public:
    struct Start {
        QString name; // "speechcad-server"
        QStringList arguments = {};
        Environment environment = {};
        QString logFile = {}; // what it says on standard error is added here; empty: errors()
    };
    explicit Program(const Start &start);
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// The first line it prints, which is a JSON object; absent when it ended before.
    [[nodiscard]] std::optional<Json> firstLine(std::chrono::milliseconds patience);
    [[nodiscard]] bool isRunning();
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    void kill();                                                 // SIGKILL
    [[nodiscard]] bool stop(std::chrono::milliseconds patience); // SIGTERM; false: it went on
    /// False: it still runs.
    [[nodiscard]] bool waitForEnd(std::chrono::milliseconds patience);
    [[nodiscard]] int exitCode() const; // -1: it was killed
    [[nodiscard]] QByteArray output() { return m_output += m_process.readAllStandardOutput(); }
    [[nodiscard]] QString errors();

private:
    QProcess m_process;
    QByteArray m_output;
};

/// What a program did that ends by itself.
struct ProgramRun {
    int exitCode = -1;
    Json json; // of its output; null when that is none
    QString errors;
    /// For a person who wants to know why it failed.
    [[nodiscard]] QString words() const
    {
        return QString::fromStdString(json.is_null() ? std::string() : json.dump()) + errors;
    }
};
[[nodiscard]] ProgramRun runProgram(const Program::Start &start);

/// A port of 127.0.0.1 that nobody listens on at this moment.
[[nodiscard]] quint16 freePort();

} // namespace tests
