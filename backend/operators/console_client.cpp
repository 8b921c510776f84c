#include "operators/console_client.h"

#include "core/post.h"
#include "operators/console_worker.h"
#include "operators/passphrase.h"

#include <QPromise>

namespace operators {

namespace {

using api::CommandResult;
using api::SignedIn;
using api::SignInAnswer;

/// A future, and the function that finishes it. Dropped without being called it cancels the future.
template <typename T> struct Answer {
    std::shared_ptr<QPromise<Result<T>>> promise = std::make_shared<QPromise<Result<T>>>();

    Answer() { promise->start(); }
    [[nodiscard]] QFuture<Result<T>> future() const { return promise->future(); }
    void operator()(const Result<T> &result) const
    {
        promise->addResult(result);
        promise->finish();
    }
};

bool isSame(const std::optional<SignedIn> &left, const std::optional<SignedIn> &right)
{
    return left.has_value() == right.has_value() &&
           (!left || (left->id == right->id && left->roles == right->roles &&
                      left->isSolo == right->isSolo && left->endsAt == right->endsAt));
}

} // namespace

ConsoleClient::ConsoleClient(const ConsoleSettings &settings, api::Changes *changes)
    : m_worker(new Worker(*this, settings))
    , m_thread(core::startThread(QStringLiteral("console")))
{
    m_thread->adopt(m_worker);
    if (!changes)
        return;
    connect(changes, &api::Changes::changed, this, [this](const QList<core::Change> &ids) {
        core::post(m_worker, [worker = m_worker, ids] { worker->lookFor(ids); });
    });
    connect(changes, &api::Changes::readAgain, this,
            [this] { core::post(m_worker, [worker = m_worker] { worker->look(); }); });
}

ConsoleClient::~ConsoleClient()
{
    m_thread.reset(); // first: the worker tells this object what changes
    wipe(m_token);
}

QFuture<Result<SignInAnswer>> ConsoleClient::signIn(QString name, QByteArray passphrase,
                                                    QByteArray code)
{
    Answer<SignInAnswer> answer;
    // Shared, so that there is one copy and it is the one that is wiped.
    auto secret = std::make_shared<QByteArray>(std::move(passphrase));
    auto secretCode = std::make_shared<QByteArray>(std::move(code));
    core::post(m_worker, [worker = m_worker, name, secret, secretCode, answer] {
        worker->signIn(name, *secret, *secretCode, answer);
    });
    return answer.future();
}

QFuture<Result<bool>> ConsoleClient::signOut()
{
    Answer<bool> answer;
    core::post(m_worker, [worker = m_worker, answer] { worker->signOut(answer); });
    return answer.future();
}

std::optional<SignedIn> ConsoleClient::current() const
{
    const std::scoped_lock lock(m_mutex);
    return m_current;
}

QByteArray ConsoleClient::token() const
{
    const std::scoped_lock lock(m_mutex);
    return m_token;
}

void ConsoleClient::noteActivity()
{
    core::post(m_worker, [worker = m_worker] { worker->noteActivity(); });
}

QFuture<Result<CommandResult>> ConsoleClient::submit(QString kind, Json payload, QString requestKey)
{
    Answer<CommandResult> answer;
    core::post(
        m_worker, [worker = m_worker, kind, payload = std::move(payload), requestKey, answer] {
            worker->submit({.kind = kind, .payload = payload, .requestKey = requestKey}, answer);
        });
    return answer.future();
}

QFuture<Result<CommandResult>> ConsoleClient::reveal(QString kind, Json payload, QString requestKey)
{
    Answer<CommandResult> answer;
    core::post(
        m_worker, [worker = m_worker, kind, payload = std::move(payload), requestKey, answer] {
            worker->reveal({.kind = kind, .payload = payload, .requestKey = requestKey}, answer);
        });
    return answer.future();
}

QFuture<Result<CommandResult>> ConsoleClient::confirmSecondFactor(QByteArray code,
                                                                  QString requestKey)
{
    Answer<CommandResult> answer;
    auto secret = std::make_shared<QByteArray>(std::move(code));
    core::post(m_worker, [worker = m_worker, secret, requestKey, answer] {
        worker->confirmSecondFactor(*secret, requestKey, answer);
    });
    return answer.future();
}

QFuture<Result<CommandResult>> ConsoleClient::submitWithCode(QString kind, Json payload,
                                                             QByteArray code, QString requestKey)
{
    Answer<CommandResult> answer;
    auto secret = std::make_shared<QByteArray>(std::move(code));
    core::post(m_worker, [worker = m_worker, kind, payload, secret, requestKey, answer] {
        worker->submitWithCode({.kind = kind, .payload = payload, .requestKey = requestKey},
                               *secret, answer);
    });
    return answer.future();
}

QFuture<Result<CommandResult>> ConsoleClient::find(QString requestKey)
{
    Answer<CommandResult> answer;
    core::post(m_worker,
               [worker = m_worker, requestKey, answer] { worker->find(requestKey, answer); });
    return answer.future();
}

QFuture<Result<CommandResult>> ConsoleClient::addOperator(QString name, api::Roles roles,
                                                          QByteArray passphrase, QString requestKey)
{
    Answer<CommandResult> answer;
    auto secret = std::make_shared<QByteArray>(std::move(passphrase));
    core::post(m_worker, [worker = m_worker, name, roles, secret, requestKey, answer] {
        worker->addOperator(name, roles, *secret, requestKey, answer);
    });
    return answer.future();
}

QFuture<Result<SignedIn>> ConsoleClient::resume(QByteArray token)
{
    Answer<SignedIn> answer;
    core::post(m_worker, [worker = m_worker, token, answer] { worker->resume(token, answer); });
    return answer.future();
}

/// On the worker's thread.
void ConsoleClient::become(const std::optional<SignedIn> &signedIn, const QByteArray &token)
{
    bool isOver = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (isSame(m_current, signedIn) && m_token == token)
            return;
        isOver = m_current && !signedIn;
        m_current = signedIn;
        m_token = QByteArray(token.constData(), token.size());
    }
    core::post(this, [this, isOver] {
        if (isOver)
            Q_EMIT ended();
        Q_EMIT changed();
    });
}

} // namespace operators
