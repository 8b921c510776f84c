#include "tests/support/program.h"

#include <QHostAddress>
#include <QTcpServer>

namespace tests {

namespace {

constexpr auto kRunPatience = std::chrono::seconds(30);

int inMs(std::chrono::milliseconds patience)
{
    return static_cast<int>(patience.count());
}

/// Settings of whoever runs the tests must not reach the program.
QProcessEnvironment environmentWith(const Environment &additions)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &key : environment.keys()) {
        for (const char *prefix : {"SPEECHCAD_", "TELEGRAM_", "DYNOPAY_", "RETELL_"}) {
            if (key.startsWith(QLatin1String(prefix)))
                environment.remove(key);
        }
    }
    environment.insert(QStringLiteral("SPEECHCAD_CONFIG"), QStringLiteral("/nonexistent"));
    for (auto it = additions.cbegin(); it != additions.cend(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

} // namespace

Program::Program(const Start &start)
{
    m_process.setProcessEnvironment(environmentWith(start.environment));
    if (!start.logFile.isEmpty())
        m_process.setStandardErrorFile(start.logFile, QIODevice::Append);
    m_process.start(QStringLiteral(SPEECHCAD_BINARY_DIR "/") + start.name, start.arguments);
    if (!m_process.waitForStarted())
        qFatal("%s does not start: %s", qUtf8Printable(start.name),
               qUtf8Printable(m_process.errorString()));
}

Program::~Program()
{
    kill();
}

std::optional<Json> Program::firstLine(std::chrono::milliseconds patience)
{
    QDeadlineTimer deadline(patience);
    while (!m_output.contains('\n') && isRunning() && !deadline.hasExpired()) {
        m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        m_output += m_process.readAllStandardOutput();
    }
    const auto line = core::parseJson(m_output.left(m_output.indexOf('\n')));
    return line ? std::optional(*line) : std::nullopt;
}

bool Program::isRunning()
{
    return m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(0);
}

void Program::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool Program::stop(std::chrono::milliseconds patience)
{
    m_process.terminate();
    return waitForEnd(patience);
}

bool Program::waitForEnd(std::chrono::milliseconds patience)
{
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(inMs(patience));
}

int Program::exitCode() const
{
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QString Program::errors()
{
    return QString::fromUtf8(m_process.readAllStandardError());
}

ProgramRun runProgram(const Program::Start &start)
{
    Program program(start);
    if (!program.waitForEnd(kRunPatience))
        return {-1, {}, QStringLiteral("it does not end")};
    const auto json = core::parseJson(program.output());
    return {program.exitCode(), json ? *json : Json(), program.errors()};
}

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port is free");
    return server.serverPort();
}

} // namespace tests
