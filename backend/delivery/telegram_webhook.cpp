#include "delivery/telegram_webhook.h"

#include "delivery/http_client.h"
#include "providers/telegram/answer.h"
#include "providers/telegram/methods.h"

#include <QPromise>

#include <algorithm>
#include <functional>
#include <memory>

namespace delivery {

namespace {

namespace telegram = providers::telegram;

QStringList allowedUpdates()
{
    return {QStringLiteral("message"), QStringLiteral("callback_query"),
            QStringLiteral("my_chat_member")};
}

Error errorOf(const HttpAnswer &answer, const telegram::Answer &parsed)
{
    using Outcome = telegram::Answer::Outcome;
    if (answer.outcome != HttpAnswer::Outcome::Answered || parsed.outcome == Outcome::Unavailable ||
        parsed.outcome == Outcome::RetryAfter)
        return {.code = ErrorCode::ProviderUnavailable,
                .detail = QStringLiteral("Telegram did not answer as it should (status %1)")
                              .arg(answer.status),
                .transient = true};
    const ErrorCode code = parsed.outcome == Outcome::Unauthorized ? ErrorCode::Unauthorized
                                                                   : ErrorCode::ProviderRefused;
    return {.code = code,
            .detail = QStringLiteral("Telegram: %1 %2").arg(parsed.code).arg(parsed.description)};
}

bool isAsWished(const telegram::WebhookInfo &info, const WebhookWish &wish)
{
    QStringList has = info.allowedUpdates;
    QStringList wants = allowedUpdates();
    std::sort(has.begin(), has.end());
    std::sort(wants.begin(), wants.end());
    return QUrl(info.url) == wish.url && has == wants && info.maxConnections == wish.maxConnections;
}

/// One question after the other; each step keeps the object alive until the promise is kept.
class Setting : public std::enable_shared_from_this<Setting> {
public:
    Setting(HttpClient &client, TelegramAccess access, WebhookWish wish)
        : m_client(client)
        , m_access(std::move(access))
        , m_wish(std::move(wish))
    {
        m_promise.start();
    }
    [[nodiscard]] QFuture<Result<bool>> future() const { return m_promise.future(); }

    void compare()
    {
        call(QStringLiteral("getWebhookInfo"), telegram::getWebhookInfo(),
             [this](const telegram::Answer &answer) {
                 if (isAsWished(telegram::webhookInfoOf(answer), m_wish))
                     return finish(false);
                 set();
             });
    }

    void set()
    {
        const auto parameters =
            telegram::setWebhook({.url = QString::fromLatin1(m_wish.url.toEncoded()),
                                  .secretToken = m_wish.secret,
                                  .allowedUpdates = allowedUpdates(),
                                  .maxConnections = m_wish.maxConnections});
        if (!parameters)
            return finish(failure(parameters.error()));
        call(QStringLiteral("setWebhook"), *parameters,
             [this](const telegram::Answer &) { finish(true); });
    }

private:
    void call(const QString &method, const Json &parameters,
              std::function<void(const telegram::Answer &)> done)
    {
        auto request = telegramRequest(m_access, {.method = method, .parameters = parameters});
        if (!request)
            return finish(failure(request.error()));
        m_client.send(*std::move(request), [self = shared_from_this(),
                                            done = std::move(done)](const HttpAnswer &answer) {
            const auto parsed =
                telegram::parseAnswer(answer.status, answer.body, answer.retryAfter);
            if (answer.outcome != HttpAnswer::Outcome::Answered || !parsed.isDone())
                return self->finish(failure(errorOf(answer, parsed)));
            done(parsed);
        });
    }

    void finish(const Result<bool> &result)
    {
        m_promise.addResult(result);
        m_promise.finish();
    }

    HttpClient &m_client;
    TelegramAccess m_access;
    WebhookWish m_wish;
    QPromise<Result<bool>> m_promise;
};

} // namespace

TelegramWebhook::TelegramWebhook(TelegramAccess access)
    : m_access(std::move(access))
    , m_thread(core::startThread(QStringLiteral("webhook")))
    , m_client(new HttpClient({m_access.apiUrl}))
{
    m_thread->adopt(m_client);
}

TelegramWebhook::~TelegramWebhook() = default;

QFuture<Result<bool>> TelegramWebhook::ensure(const WebhookWish &wish, bool isForced)
{
    const auto setting = std::make_shared<Setting>(*m_client, m_access, wish);
    const auto future = setting->future();
    if (isForced)
        setting->set();
    else
        setting->compare();
    return future;
}

} // namespace delivery
