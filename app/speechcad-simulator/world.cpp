#include "world.h"

#include <algorithm>
#include <cmath>

namespace simulator {

namespace {

constexpr int kViolationsKeptMax = 200;
constexpr int kDeliveriesKeptMax = 10'000;
constexpr std::chrono::milliseconds kPatienceMin{2000};

} // namespace

void Violations::add(const Violation &violation)
{
    ++m_count;
    if (m_violations.size() < kViolationsKeptMax)
        m_violations.append(violation);
}

void Violations::clear()
{
    m_count = 0;
    m_violations.clear();
}

Json Violations::toJson() const
{
    Json list = Json::array();
    for (const Violation &violation : m_violations)
        list.push_back({{"at", core::toIso(violation.at)},
                        {"provider", violation.provider},
                        {"route", violation.route},
                        {"text", violation.text}});
    return {{"count", m_count}, {"violations", std::move(list)}};
}

std::optional<int> TokenBucket::take(Timestamp now, double perSecond, double burst)
{
    if (perSecond <= 0)
        return std::nullopt;
    if (m_last) {
        const double seconds = std::chrono::duration<double>(now - *m_last).count();
        m_tokens = std::min(burst, m_tokens + std::max(0.0, seconds) * perSecond);
    } else {
        m_tokens = burst;
    }
    m_last = now;
    if (m_tokens < 1)
        return std::max(1, static_cast<int>(std::ceil((1 - m_tokens) / perSecond)));
    m_tokens -= 1;
    return std::nullopt;
}

World::World(const Options &givenOptions, const Clock &clock)
    : options(givenOptions)
    , scheduler(clock)
    , generator(givenOptions.seed)
    , faults(scheduler)
    , deliveries(givenOptions.isFast ? 100 : kDeliveriesKeptMax)
{
}

void World::violation(const QString &provider, const QString &route, const QString &text)
{
    violations.add({scheduler.now(), provider, route, text});
}

std::chrono::microseconds World::scaled(std::chrono::microseconds span) const
{
    return std::chrono::microseconds(
        static_cast<qint64>(static_cast<double>(span.count()) / options.timeScale));
}

std::chrono::milliseconds World::patience(std::chrono::seconds span) const
{
    return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(scaled(span)),
                    kPatienceMin);
}

bool World::isAllowedHook(const QUrl &url) const
{
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != u"https" && (url.scheme() != u"http" || !options.allowsHttpHooks)))
        return false;
    if (options.hookBases.isEmpty())
        return QHostAddress(url.host()).isLoopback() || url.host() == u"localhost";
    const QString text = url.toString(QUrl::FullyEncoded);
    return std::any_of(options.hookBases.cbegin(), options.hookBases.cend(),
                       [&text](const QString &base) { return text.startsWith(base); });
}

quint64 World::random(quint64 below)
{
    return std::uniform_int_distribution<quint64>(0, below - 1)(generator);
}

QByteArray World::randomText(const QByteArray &alphabet, int length)
{
    QByteArray text;
    text.reserve(length);
    for (int i = 0; i < length; ++i)
        text += alphabet[static_cast<qsizetype>(random(static_cast<quint64>(alphabet.size())))];
    return text;
}

QByteArray World::randomUuid()
{
    QByteArray uuid = randomText("0123456789abcdef", 32);
    uuid[12] = '4';
    uuid[16] = "89ab"[random(4)];
    for (const int at : {8, 13, 18, 23})
        uuid.insert(at, '-');
    return uuid;
}

} // namespace simulator
