#pragma once

#include "http/server.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

namespace simulator {

struct HookRequest {
    QUrl url;
    QList<http::Header> headers;
    QByteArray body;
    std::chrono::milliseconds timeout = std::chrono::seconds(60);
};

struct HookAnswer {
    int status = 0; // 0: no answer, see `error`
    QByteArray reason;
    QByteArray body;
    std::optional<int> retryAfter;
    QString error; // in the words of getWebhookInfo
    /// In true time, as the sender's patience: on a clock that is moved meanwhile an answer of a
    /// millisecond would seem late.
    std::chrono::milliseconds took{0};
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// Posts webhooks, on kept connections and as many at once as it is asked to (QNetworkAccessManager
/// would send six). Never follows a redirect, as the providers do not.
class HookClient final : public QObject {
public:
    using Done = std::function<void(const HookAnswer &)>;

    HookClient();
    ~HookClient() override;
    void post(const HookRequest &request, Done done);

private:
    class Connection;
    void send(const HookRequest &request, Done done, bool mayReuse);
    void release(Connection *connection, const QString &peer);

    QHash<QString, QList<Connection *>> m_idle;
};

} // namespace simulator
