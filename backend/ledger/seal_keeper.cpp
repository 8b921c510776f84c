#include "ledger/seal_keeper.h"

#include "core/fault_point.h"
#include "ledger/sealer.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcLedger, "ledger")

namespace ledger {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAgain = 500ms;
constexpr std::chrono::seconds kEvery = 60s;
/// After a conflict or a lost connection.
constexpr std::chrono::seconds kAgain = 5s;

} // namespace

SealKeeper::SealKeeper(Setup setup, const Clock &clock)
    : m_setup(std::move(setup))
    , m_clock(clock)
    , m_signer(m_setup.installationKey)
    , m_book(m_setup.directory)
{
}

SealKeeper::~SealKeeper()
{
    stop();
}

void SealKeeper::start()
{
    m_thread = core::startThread(QStringLiteral("seals"), [this] { work(); });
}

void SealKeeper::stop()
{
    m_isStopping = true;
    m_wakeup.wakeAll();
    m_thread.reset();
}

std::optional<Timestamp> SealKeeper::newestAt() const
{
    const qint64 micros = m_newestAt;
    return micros == 0 ? std::nullopt : std::optional(core::fromMicros(micros));
}

void SealKeeper::work()
{
    database::LeaderLock lock(QStringLiteral("seals"));
    std::unique_ptr<database::Connection> connection;
    Timestamp due = Timestamp::min(); // at once
    Timestamp last = Timestamp::min();
    while (!m_isStopping) {
        if (!connection || connection->isLost()) {
            lock.forget();
            connection.reset();
            auto opened = database::Connection::open(m_setup.databaseUrl, QStringLiteral("seals"));
            if (opened)
                connection = std::move(*opened);
        }
        const auto leads = connection ? lock.tryTake(*connection) : Result<bool>(false);
        const Timestamp now = m_clock.now();
        if (!leads || !*leads)
            m_newestAt = 0;
        // A clock that was set back must not keep us from sealing.
        else if (now >= due || now < last) {
            const auto sealed = round(*connection);
            last = now;
            due = now + (sealed ? kEvery : kAgain);
        }
        m_wakeup.wait(m_wakeup.calls(), kLookAgain);
    }
    m_newestAt = 0;
}

Result<void> SealKeeper::round(database::Connection &connection)
{
    const auto sealed = sealAll(connection, m_signer, m_book, m_clock.now());
    if (sealed) {
        const auto newest = newestSeal(connection);
        const auto seal =
            newest && *newest ? seals::sealOf((*newest)->body) : Result<seals::Seal>(failure({}));
        m_newestAt = seal ? core::toMicros(seal->at) : 0;
        if (*sealed > 0)
            qCInfo(lcLedger) << "sealed up to seal" << (seal ? seal->number : 0);
        if (m_setup.told)
            m_setup.told({});
        return {};
    }
    qCWarning(lcLedger).noquote() << "not sealed:" << sealed.error().detail;
    // What another try may mend is no news yet.
    if (m_setup.told && !sealed.error().transient && !connection.isLost())
        m_setup.told(sealed.error().detail);
    return failure(sealed.error());
}

Result<int> SealKeeper::sealAll(database::Connection &connection, const seals::Signer &signer,
                                const SealBook &book, Timestamp now)
{
    if (auto opened = book.open(signer.publicKey()); !opened)
        return failure(opened.error());
    if (auto written = book.catchUp(connection, signer.publicKey()); !written)
        return failure(written.error());
    int count = 0;
    for (;;) {
        const auto made = sealNext(connection, signer, now);
        if (!made)
            return failure(made.error());
        if (!*made)
            break;
        ++count;
    }
    if (count > 0) {
        if (auto written = book.catchUp(connection, signer.publicKey()); !written)
            return failure(written.error());
        core::faultPoint("seals.written");
    }
    return count;
}

} // namespace ledger
