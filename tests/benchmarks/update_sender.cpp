#include "update_sender.h"

#include "programs.h"

#include <QDateTime>

#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace benchmarks {

namespace {

constexpr int kConnections = 32;

/// Blocking and without Qt, so that the load costs as little as it can: it shares the processors
/// with what is measured.
class Client {
public:
    explicit Client(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            qFatal("the server does not listen");
    }
    ~Client() { ::close(m_socket); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void exchange(const QByteArray &request)
    {
        if (::send(m_socket, request.constData(), size_t(request.size()), MSG_NOSIGNAL) !=
            request.size())
            qFatal("the server does not read");
        QByteArray answer;
        char bytes[1024];
        // The acknowledgement is a small JSON object behind the headers.
        while (!(answer.contains("\r\n\r\n") && answer.endsWith('}'))) {
            const ssize_t count = ::recv(m_socket, bytes, sizeof bytes, 0);
            if (count <= 0)
                qFatal("the server hung up");
            answer.append(bytes, count);
        }
        if (!answer.startsWith("HTTP/1.1 200"))
            qFatal("an update was not acknowledged: %s", answer.constData());
    }

private:
    int m_socket;
};

QByteArray requestOf(qint64 update)
{
    const QByteArray id = QByteArray::number(update);
    const QByteArray customer = QByteArray::number(customerOf(update));
    const QByteArray date = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    const QByteArray body =
        R"({"update_id":)" + id + R"(,"message":{"message_id":)" + id + R"(,"from":{"id":)" +
        customer + R"(,"is_bot":false,"first_name":"Camille","language_code":"en"},"chat":{"id":)" +
        customer + R"(,"first_name":"Camille","type":"private"},"date":)" + date +
        R"(,"text":"/start","entities":[{"offset":0,"length":6,"type":"bot_command"}]}})";
    return "POST /webhooks/telegram HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
           "\r\nX-Telegram-Bot-Api-Secret-Token: " +
           QByteArray(kSecret) + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace

qint64 customerOf(qint64 update)
{
    return kFirstCustomer + update % kCustomers;
}

std::vector<std::chrono::steady_clock::time_point> sendUpdates(const Load &load)
{
    std::vector<std::chrono::steady_clock::time_point> sentAt(static_cast<size_t>(load.updates));
    std::atomic<int> next = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto send = [&] {
        Client client(load.port);
        for (int i = next++; i < load.updates; i = next++) {
            const QByteArray request = requestOf(load.firstUpdate + i);
            if (load.perSecond)
                std::this_thread::sleep_until(start + std::chrono::microseconds(1'000'000) * i /
                                                          *load.perSecond);
            sentAt[size_t(i)] = std::chrono::steady_clock::now();
            client.exchange(request);
        }
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < kConnections; ++i)
        threads.emplace_back(send);
    threads.clear(); // waits for each
    return sentAt;
}

} // namespace benchmarks
