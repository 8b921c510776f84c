#include "core/test_clock.h"

#ifdef SPEECHCAD_TESTING

#include "core/assert.h"

#include <QByteArray>

#include <atomic>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#endif

namespace core {

#ifdef SPEECHCAD_TESTING

namespace {

constexpr int kFirstWordTimeoutMs = 2000;

sockaddr_un addressOf(const QString &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = path.toLocal8Bit();
    CORE_ASSERT(bytes.size() < static_cast<qsizetype>(sizeof address.sun_path));
    std::memcpy(address.sun_path, bytes.constData(), static_cast<size_t>(bytes.size()));
    return address;
}

/// The protocol: the test sends the offset in microseconds as 8 bytes, the process answers one
/// byte.
class SharedClock final : public Clock {
public:
    explicit SharedClock(int socket)
        : m_socket(socket)
        , m_reader([this] { follow(); })
    {
    }
    ~SharedClock() override
    {
        ::shutdown(m_socket, SHUT_RDWR);
        m_reader.join();
        ::close(m_socket);
    }
    [[nodiscard]] Timestamp now() const override
    {
        return SystemClock().now() + std::chrono::microseconds(m_offset.load());
    }

private:
    void follow()
    {
        qint64 offset = 0;
        while (::recv(m_socket, &offset, sizeof offset, MSG_WAITALL) == sizeof offset) {
            m_offset = offset;
            const char taken = 1;
            if (::send(m_socket, &taken, 1, MSG_NOSIGNAL) != 1)
                return;
        }
    }
    int m_socket;
    std::atomic<qint64> m_offset = 0;
    std::thread m_reader;
};

} // namespace

Result<std::unique_ptr<Clock>> processClock()
{
    const QString path = qEnvironmentVariable("SPEECHCAD_TEST_CLOCK");
    if (path.isEmpty())
        return std::make_unique<SystemClock>();
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(path);
    pollfd waiting = {.fd = socket, .events = POLLIN, .revents = 0};
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::poll(&waiting, 1, kFirstWordTimeoutMs) != 1) {
        ::close(socket);
        return failure(
            {.code = ErrorCode::ConfigurationInvalid,
             .detail = QStringLiteral("SPEECHCAD_TEST_CLOCK: nobody answers at that socket")});
    }
    return std::make_unique<SharedClock>(socket);
}

struct TestClockServer::State {
    int listener = -1;
    std::atomic<qint64> offset = 0;
    std::mutex mutex;
    std::vector<int> processes;
    std::thread acceptor;
};

namespace {

bool tell(int process, qint64 offset)
{
    char taken = 0;
    return ::send(process, &offset, sizeof offset, MSG_NOSIGNAL) == sizeof offset &&
           ::recv(process, &taken, 1, 0) == 1;
}

} // namespace

TestClockServer::TestClockServer(const QString &path)
    : m_state(std::make_unique<State>())
{
    ::unlink(path.toLocal8Bit().constData());
    m_state->listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(path);
    CORE_ASSERT(::bind(m_state->listener, reinterpret_cast<const sockaddr *>(&address),
                       sizeof address) == 0);
    CORE_ASSERT(::listen(m_state->listener, 16) == 0);
    m_state->acceptor = std::thread([state = m_state.get()] {
        for (;;) {
            const int process = ::accept4(state->listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (process < 0)
                return;
            const std::lock_guard lock(state->mutex);
            if (tell(process, state->offset))
                state->processes.push_back(process);
            else
                ::close(process);
        }
    });
}

TestClockServer::~TestClockServer()
{
    ::shutdown(m_state->listener, SHUT_RDWR);
    m_state->acceptor.join();
    ::close(m_state->listener);
    for (const int process : m_state->processes)
        ::close(process);
}

Timestamp TestClockServer::now() const
{
    return SystemClock().now() + std::chrono::microseconds(m_state->offset.load());
}

void TestClockServer::advance(std::chrono::microseconds by)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->offset += by.count();
    std::erase_if(m_state->processes, [this](int process) {
        const bool gone = !tell(process, m_state->offset);
        if (gone)
            ::close(process);
        return gone;
    });
}

#else

Result<std::unique_ptr<Clock>> processClock()
{
    return std::make_unique<SystemClock>();
}

#endif

} // namespace core
