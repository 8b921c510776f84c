#include "tests/support/simulator_remote.h"

#include <QNetworkReply>
#include <QSignalSpy>

namespace tests {

namespace {

using namespace std::chrono_literals;

constexpr auto kStartPatience = 10s;
constexpr int kAnswerPatienceMs = 10'000;

} // namespace

WebReply WebClient::send(const QByteArray &verb, const QUrl &url, const QByteArray &body)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished() && !finished.wait(kAnswerPatienceMs))
        return {};
    WebReply answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    if (const auto json = core::parseJson(answer.body, 64))
        answer.json = *json;
    return answer;
}

SimulatorRemote::SimulatorRemote(const QStringList &arguments, const Environment &environment,
                                 const QString &logFile)
    : m_program({.name = QStringLiteral("speechcad-simulator"),
                 .arguments = arguments,
                 .environment = environment,
                 .logFile = logFile})
{
    const auto line = m_program.firstLine(kStartPatience);
    if (!line)
        qFatal("the simulator does not start");
    m_port = static_cast<quint16>(core::integerMember(*line, "port").value_or(0));
}

QString SimulatorRemote::url() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_port);
}

WebReply SimulatorRemote::request(const QByteArray &verb, const QString &path,
                                  const QByteArray &body)
{
    return m_web.send(verb, QUrl(url() + QStringLiteral("/_sim/") + path), body);
}

Json SimulatorRemote::see(const QString &path)
{
    const WebReply reply = request("GET", path);
    if (reply.status != 200)
        qFatal("the simulator answers %d to %s", reply.status, qUtf8Printable(path));
    return reply.json;
}

void SimulatorRemote::act(const QString &path, const Json &body)
{
    if (!tryTo(path, body))
        qFatal("the simulator refuses %s %s", qUtf8Printable(path), body.dump().c_str());
}

bool SimulatorRemote::tryTo(const QString &path, const Json &body)
{
    return request("POST", path, core::toBytes(body)).status == 200;
}

void SimulatorRemote::forgetFaults()
{
    static_cast<void>(request("DELETE", QStringLiteral("faults")));
}

} // namespace tests
