#pragma once

#include "tests/support/program.h"

#include <QNetworkAccessManager>

#include <memory>

namespace tests {

struct WebReply {
    int status = 0; // 0: no answer came
    Json json;
    QByteArray body;
};

/// A request that waits for its answer.
class WebClient {
public:
    [[nodiscard]] WebReply send(const QByteArray &verb, const QUrl &url,
                                const QByteArray &body = {});

private:
    QNetworkAccessManager m_network;
};

/// The real simulator, driven through its control API.
class SimulatorRemote {
public:
    SimulatorRemote(const QStringList &arguments, const Environment &environment,
                    const QString &logFile);

    [[nodiscard]] QString url() const; // http://127.0.0.1:PORT
    /// "/_sim/..." is meant. A refusal ends the test: what a test asks for must be there.
    [[nodiscard]] Json see(const QString &path);
    void act(const QString &path, const Json &body = Json::object());
    /// False when it is refused: a button that is not there, say.
    [[nodiscard]] bool tryTo(const QString &path, const Json &body);
    void forgetFaults();
    [[nodiscard]] WebClient &web() { return m_web; }

private:
    [[nodiscard]] WebReply request(const QByteArray &verb, const QString &path,
                                   const QByteArray &body = {});

    Program m_program;
    quint16 m_port = 0;
    WebClient m_web;
};

} // namespace tests
