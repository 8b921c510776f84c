#include "tests/fakes/fake_console.h"

#include "tests/fakes/answers.h"
#include "tests/fakes/samples.h"

namespace tests {

namespace {

using Comparison = api::FilterTerm::Comparison;

const char *codeOf(api::DepositState state)
{
    static constexpr std::array<const char *, 15> codes = {
        "created",
        "create_failed",
        "awaiting_payment",
        "detected",
        "confirming",
        "verifying",
        "credited",
        "expired",
        "underpaid_review",
        "overpaid_review",
        "late_review",
        "mismatch_review",
        "settlement_failed_hold",
        "reversed",
        "written_off",
    };
    return codes[static_cast<std::size_t>(state)];
}

bool holds(const api::FilterTerm &term, const QString &value)
{
    return (term.value == value) == (term.comparison == Comparison::Is);
}

bool matches(const api::DepositRow &row, const QList<api::FilterTerm> &filter)
{
    return std::all_of(filter.cbegin(), filter.cend(), [&](const api::FilterTerm &term) {
        if (term.field == QLatin1String("state"))
            return holds(term, QLatin1String(codeOf(row.state)));
        if (term.field == QLatin1String("customer"))
            return holds(term, QString::number(row.customer.value)) ||
                   holds(term, row.customerName);
        if (term.field == QLatin1String("review"))
            return (row.waitingReviews > 0) == (term.comparison == Comparison::Is);
        return term.field.isEmpty() ? row.customerName.contains(term.value) : true;
    });
}

bool matches(const api::TransferRow &row, const QList<api::FilterTerm> &filter)
{
    return std::all_of(filter.cbegin(), filter.cend(), [&](const api::FilterTerm &term) {
        if (term.field == QLatin1String("kind"))
            return holds(term, row.kind);
        if (term.field == QLatin1String("id"))
            return row.id.value < term.value.toLongLong();
        if (term.field == QLatin1String("customer"))
            return holds(term, QString::number(row.customer.value)) ||
                   holds(term, row.customerName);
        return term.field.isEmpty() ? row.customerName.contains(term.value) : true;
    });
}

/// Keyset paging by id, newest first, as the database does it.
template <typename Row> api::Page<Row> pageOf(const QList<Row> &rows, const api::PageQuery &query)
{
    QList<Row> matching;
    for (const Row &row : rows) {
        if (matches(row, query.filter))
            matching.append(row);
    }
    api::Page<Row> page;
    page.total = query.isCounted ? matching.size() : 0;
    if (query.isBackwards)
        std::reverse(matching.begin(), matching.end());
    const qint64 edge = query.isBackwards ? 0 : std::numeric_limits<qint64>::max();
    const qint64 after = query.after.isEmpty() ? edge : query.after.toLongLong();
    for (const Row &row : std::as_const(matching)) {
        const bool isBehind = query.isBackwards ? row.id.value > after : row.id.value < after;
        if (isBehind && page.rows.size() < query.limit)
            page.rows.append(row);
    }
    const bool hasMore = !page.rows.isEmpty() && page.rows.last().id != matching.last().id;
    page.next = hasMore ? QString::number(page.rows.last().id.value) : QString();
    if (query.isBackwards)
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

template <typename Row> QStringList namesLike(const QList<Row> &rows, const QString &typed)
{
    QStringList names;
    for (const Row &row : rows) {
        if (row.customerName.startsWith(typed, Qt::CaseInsensitive))
            names << row.customerName;
    }
    names.removeDuplicates();
    return names;
}

} // namespace

FakeDeposits::Answer FakeDeposits::answer(const api::PageQuery &query)
{
    if (nextError)
        return failure(*std::exchange(nextError, std::nullopt));
    return pageOf(rows, query);
}

QFuture<Result<api::Page<api::DepositRow>>> FakeDeposits::listDeposits(api::PageQuery query)
{
    if (query.limit == 1) // the counts of the tabs
        return ready(Answer(pageOf(rows, query)));
    ++listCalls;
    if (!isHeld)
        return ready(answer(query));
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    m_waiting.push_back({promise, query});
    return promise->future();
}

void FakeDeposits::release()
{
    isHeld = false;
    while (!m_waiting.empty()) {
        m_waiting.front().promise->addResult(answer(m_waiting.front().query));
        m_waiting.front().promise->finish();
        m_waiting.pop_front();
    }
}

QFuture<Result<QList<api::DepositRow>>> FakeDeposits::loadDeposits(QList<DepositId> ids)
{
    QList<api::DepositRow> found;
    for (const api::DepositRow &row : std::as_const(rows)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::DepositRow>>(found));
}

QFuture<Result<api::DepositDetail>> FakeDeposits::loadDeposit(DepositId id)
{
    for (const api::DepositRow &row : std::as_const(rows)) {
        if (row.id == id)
            return ready(Result<api::DepositDetail>(sampleDetail(row)));
    }
    return ready(Result<api::DepositDetail>(failure({.code = ErrorCode::NotFound})));
}

QFuture<Result<QList<api::DepositReview>>> FakeDeposits::loadLooseReviews()
{
    return ready(Result<QList<api::DepositReview>>(loose));
}

QFuture<Result<api::DepositPolicy>> FakeDeposits::loadPolicy()
{
    using PolicyAnswer = Result<api::DepositPolicy>;
    if (isPolicyHeld)
        return never<PolicyAnswer>();
    if (nextPolicyError)
        return ready(PolicyAnswer(failure(*std::exchange(nextPolicyError, std::nullopt))));
    return ready(PolicyAnswer(policy));
}

QFuture<Result<QStringList>> FakeDeposits::suggest(QString field, QString typed)
{
    const bool isName = field == QLatin1String("customer");
    return ready(Result<QStringList>(isName ? namesLike(rows, typed) : QStringList()));
}

QFuture<Result<QStringList>> FakeLedger::suggest(QString, QString typed)
{
    return ready(Result<QStringList>(namesLike(rows, typed)));
}

QFuture<Result<api::Page<api::TransferRow>>> FakeLedger::listTransfers(api::PageQuery query)
{
    using Answer = Result<api::Page<api::TransferRow>>;
    if (isHeld) {
        m_waiting.append(std::make_shared<QPromise<Answer>>());
        m_waiting.last()->start();
        return m_waiting.last()->future();
    }
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    return ready(Answer(pageOf(rows, query)));
}

QFuture<Result<api::WalletSummary>> FakeLedger::loadWallet(CustomerId customer)
{
    api::WalletSummary wallet;
    wallet.customer = customer;
    bool isNewest = true;
    for (const api::TransferRow &row : std::as_const(rows)) {
        if (row.customer != customer)
            continue;
        ++wallet.transfers;
        wallet.customerName = row.customerName;
        for (const api::EntryRow &entry : row.entries) {
            if (isNewest && entry.account == QLatin1String("available") && entry.balanceAfter)
                wallet.available = *entry.balanceAfter;
            if (isNewest && entry.account == QLatin1String("held") && entry.balanceAfter)
                wallet.held = *entry.balanceAfter;
        }
        isNewest = false;
    }
    if (wallet.transfers == 0)
        return ready(Result<api::WalletSummary>(failure({.code = ErrorCode::NotFound})));
    return ready(Result<api::WalletSummary>(wallet));
}

QFuture<Result<api::PastBalance>> FakeLedger::loadBalanceAt(CustomerId customer, Timestamp at)
{
    using Answer = Result<api::PastBalance>;
    api::PastBalance past{
        .at = at, .available = {}, .held = {}, .debt = {}, .transfer = std::nullopt};
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    for (const api::TransferRow &row : std::as_const(rows)) { // newest first
        if (row.customer != customer || row.at > at)
            continue;
        past.transfer = row.id;
        for (const api::EntryRow &entry : row.entries) {
            if (entry.account == QLatin1String("available"))
                past.available = entry.balanceAfter.value_or(Money());
            if (entry.account == QLatin1String("held"))
                past.held = entry.balanceAfter.value_or(Money());
        }
        break;
    }
    return ready(Answer(past));
}

QFuture<Result<QList<api::ExplainedTransfer>>> FakeLedger::explain(TransferId transfer)
{
    using Answer = Result<QList<api::ExplainedTransfer>>;
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    for (const api::TransferRow &row : std::as_const(rows)) {
        if (row.id == transfer)
            return ready(Answer(sampleExplanation(row)));
    }
    return ready(Answer(failure({.code = ErrorCode::NotFound})));
}

QFuture<Result<api::SystemStatus>> FakeSystem::loadStatus()
{
    if (nextError)
        return ready(Result<api::SystemStatus>(failure(*std::exchange(nextError, std::nullopt))));
    status.readAt = m_clock.now();
    return ready(Result<api::SystemStatus>(status));
}

FakeConsole::FakeConsole()
    : clock(*core::fromIso(u"2026-11-20T14:42:07Z"))
    , overview(clock)
    , calls(clock)
    , customers(clock)
    , refunds(clock)
    , people(clock)
    , audit(clock)
    , system(clock)
{
    session.who = sampleOperator(QStringLiteral("maria.lindqvist"));
    system.status.inboxReceived = 48'210;
    system.status.inboxDone = 48'187;
    system.status.inboxWaiting = 12;
    system.status.inboxRetrying = 3;
    system.status.inboxDead = 8;
    system.status.isLeader = true;
}

api::Backend FakeConsole::backend()
{
    return {.overview = overview,
            .calls = calls,
            .customers = customers,
            .deposits = deposits,
            .ledger = ledger,
            .translations = translations,
            .refunds = refunds,
            .people = people,
            .audit = audit,
            .system = system,
            .session = session,
            .commands = commands,
            .changes = changes,
            .clock = clock,
            .runMode = QStringLiteral("Server here")};
}

void FakeConsole::fillWithSamples()
{
    deposits.rows = sampleDeposits(clock.now());
    ledger.rows = sampleTransfers(clock.now());
    calls.rows = sampleCalls(clock.now());
    calls.outbound.liveCallsMax = 40;
    customers.rows = sampleCustomers(clock.now());
    overview.numbers = sampleNumbers(clock.now());
    translations.coverage = sampleCoverage();
    refunds.rows = sampleRequests(clock.now());
    refunds.rules = sampleRules(clock.now());
    deposits.policy = samplePolicy(clock.now());
    refunds.batches = sampleBatches(clock.now());
    for (const api::RefundBatch &batch : std::as_const(refunds.batches))
        refunds.batchCalls.insert(batch.id.value, sampleBatchCalls(batch));
    refunds.planPayments = samplePlanPayments(clock.now());
    people.rows = samplePeople(clock.now());
    audit.rows = sampleAudit(clock.now());
    audit.report = sampleReport(clock.now());
}

void FakeConsole::fillWithMany(int count)
{
    deposits.rows.clear();
    for (int id = count; id > 0; --id)
        deposits.rows.append(plainDeposit(id, clock.now() - std::chrono::minutes(count - id)));
}

void FakeConsole::tellDepositChanged(qint64 id)
{
    Q_EMIT changes.changed({{Topic::Deposit, id}});
}

void FakeConsole::tellCallChanged(qint64 id)
{
    Q_EMIT changes.changed({{Topic::Call, id}});
}

void FakeConsole::tellTransferAdded(qint64 id)
{
    Q_EMIT changes.changed({{Topic::Transfer, id}});
}

api::DepositRow plainDeposit(qint64 id, Timestamp at)
{
    api::DepositRow row;
    row.id = DepositId{id};
    row.createdAt = at;
    row.customer = CustomerId{1000 + id % 7};
    row.customerName = QStringLiteral("Customer %1").arg(id % 7);
    row.coin = QStringLiteral("USDT-TRC20");
    row.requested = Money::fromCents(2500);
    row.expectedCrypto = QStringLiteral("25");
    row.confirmationsRequired = 20;
    row.state = api::DepositState::AwaitingPayment;
    row.providerPaymentId = QStringLiteral("pay_%1").arg(id);
    return row;
}

api::TransferRow plainTransfer(qint64 id, Timestamp at)
{
    api::TransferRow row;
    row.id = TransferId{id};
    row.at = at;
    row.kind = QStringLiteral("deposit");
    row.customer = CustomerId{1001};
    row.customerName = QStringLiteral("Priya Nair");
    row.entries = {{.account = QStringLiteral("dynopay_clearing"),
                    .amount = Money::fromCents(-2500),
                    .balanceAfter = Money::fromCents(-2500 * id)},
                   {.account = QStringLiteral("available"),
                    .isCustomers = true,
                    .amount = Money::fromCents(2500),
                    .balanceAfter = Money::fromCents(2500)}};
    row.requestKey = QStringLiteral("deposit:%1").arg(id);
    row.causeText = QStringLiteral("Deposit %1").arg(id);
    row.cause = InboxId{id};
    return row;
}

} // namespace tests
