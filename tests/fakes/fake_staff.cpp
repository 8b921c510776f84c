#include "tests/fakes/fake_staff.h"

#include "tests/fakes/answers.h"
#include "tests/fakes/samples.h"

#include <QBuffer>
#include <QImage>

namespace tests {

namespace {

using namespace std::chrono_literals;

template <typename Row> api::Page<Row> onePage(const QList<Row> &rows, Timestamp now)
{
    return {.rows = rows, .next = {}, .total = rows.size(), .isTotalExact = true, .readAt = now};
}

QString valueOfTerm(const api::RefundBatch &row, const QString &field)
{
    if (field == QLatin1String("state"))
        return row.state;
    return field == QLatin1String("by") ? row.requestedBy : row.key;
}

QString valueOfTerm(const api::RefundBatchCall &row, const QString &field)
{
    return field == QLatin1String("state") ? row.state : QString::number(row.customer.value);
}

/// Those of which every term but that of the batch is true.
template <typename Row> QList<Row> matchingRows(const QList<Row> &rows, const api::PageQuery &query)
{
    QList<Row> matching;
    for (const Row &row : rows) {
        const bool isIt = std::all_of(
            query.filter.cbegin(), query.filter.cend(), [&](const api::FilterTerm &term) {
                return term.field == QLatin1String("batch") ||
                       term.value.split(u',').contains(valueOfTerm(row, term.field));
            });
        if (isIt)
            matching.append(row);
    }
    return matching;
}

} // namespace

QFuture<Result<api::Page<api::MoneyRequest>>> FakeRefunds::listRequests(api::PageQuery query)
{
    using Answer = Result<api::Page<api::MoneyRequest>>;
    if (isHeld)
        return never<Answer>();
    if (nextError && query.limit > 1) // a smaller one is the count of a tab
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    QList<api::MoneyRequest> matching;
    for (const api::MoneyRequest &row : std::as_const(rows)) {
        const bool isIt = std::all_of(
            query.filter.cbegin(), query.filter.cend(), [&](const api::FilterTerm &term) {
                const QString value = term.field == QLatin1String("state")  ? row.state
                                      : term.field == QLatin1String("kind") ? api::nameOf(row.kind)
                                      : term.field == QLatin1String("by")   ? row.requestedBy
                                                                            : term.value;
                return term.value.split(u',').contains(value);
            });
        if (isIt)
            matching.append(row);
    }
    return ready(Answer(onePage(matching, m_clock.now())));
}

QFuture<Result<QList<api::MoneyRequest>>> FakeRefunds::loadRequests(QList<api::RequestId> ids)
{
    QList<api::MoneyRequest> found;
    for (const api::MoneyRequest &row : std::as_const(rows)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::MoneyRequest>>(found));
}

QFuture<Result<api::PlanPayment>> FakeRefunds::loadPlanPayment(TransferId transfer)
{
    for (const api::PlanPayment &payment : std::as_const(planPayments)) {
        if (payment.transfer == transfer)
            return ready(Result<api::PlanPayment>(payment));
    }
    return ready(Result<api::PlanPayment>(failure({.code = ErrorCode::NotFound})));
}

QFuture<Result<api::Page<api::RefundBatch>>> FakeRefunds::listBatches(api::PageQuery query)
{
    using Answer = Result<api::Page<api::RefundBatch>>;
    if (areBatchesHeld)
        return never<Answer>();
    if (nextBatchesError && query.limit > 1) // a smaller one is the count of a tab
        return ready(Answer(failure(*std::exchange(nextBatchesError, std::nullopt))));
    return ready(Answer(onePage(matchingRows(batches, query), m_clock.now())));
}

QFuture<Result<QList<api::RefundBatch>>> FakeRefunds::loadBatches(QList<api::BatchId> ids)
{
    QList<api::RefundBatch> found;
    for (const api::RefundBatch &row : std::as_const(batches)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::RefundBatch>>(found));
}

QFuture<Result<api::Page<api::RefundBatchCall>>> FakeRefunds::listBatchCalls(api::PageQuery query)
{
    qint64 batch = 0;
    for (const api::FilterTerm &term : std::as_const(query.filter)) {
        if (term.field == QLatin1String("batch"))
            batch = term.value.toLongLong();
    }
    return ready(Result<api::Page<api::RefundBatchCall>>(
        onePage(matchingRows(batchCalls.value(batch), query), m_clock.now())));
}

QFuture<Result<QList<api::RefundBatchCall>>>
FakeRefunds::loadBatchCalls(api::BatchId batch, QList<api::BatchCallId> calls)
{
    QList<api::RefundBatchCall> found;
    const QList<api::RefundBatchCall> all = batchCalls.value(batch.value);
    for (const api::RefundBatchCall &row : all) {
        if (calls.contains(row.call))
            found.append(row);
    }
    return ready(Result<QList<api::RefundBatchCall>>(found));
}

QFuture<Result<QList<api::RefundRulesVersion>>> FakeRefunds::loadRules()
{
    using Answer = Result<QList<api::RefundRulesVersion>>;
    if (areRulesHeld)
        return never<Answer>();
    if (nextRulesError)
        return ready(Answer(failure(*std::exchange(nextRulesError, std::nullopt))));
    return ready(Answer(rules));
}

QFuture<Result<QStringList>> FakeRefunds::suggest(QString, QString)
{
    return ready(Result<QStringList>(QStringList()));
}

QFuture<Result<api::Page<api::PersonRow>>> FakePeople::listPeople(api::PageQuery query)
{
    using Answer = Result<api::Page<api::PersonRow>>;
    if (isHeld)
        return never<Answer>();
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    QList<api::PersonRow> matching;
    for (const api::PersonRow &row : std::as_const(rows)) {
        const bool isIt = std::all_of(
            query.filter.cbegin(), query.filter.cend(),
            [&](const api::FilterTerm &term) { return row.name.startsWith(term.value); });
        if (isIt)
            matching.append(row);
    }
    return ready(Answer(onePage(matching, m_clock.now())));
}

QFuture<Result<QList<api::PersonRow>>> FakePeople::loadPeople(QList<api::OperatorId> ids)
{
    QList<api::PersonRow> found;
    for (const api::PersonRow &row : std::as_const(rows)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::PersonRow>>(found));
}

QFuture<Result<QList<api::SessionRow>>> FakePeople::loadSessions(api::OperatorId id)
{
    QList<api::SessionRow> sessions;
    for (const api::PersonRow &row : std::as_const(rows)) {
        for (int i = 0; row.id == id && i < row.openSessions; ++i)
            sessions.append(
                {.id = api::SessionId{id.value * 10 + i},
                 .origin = i == 0 ? QStringLiteral("10.1.0.24") : QStringLiteral("local"),
                 .startedAt = m_clock.now() - 3h,
                 .seenAt = m_clock.now() - std::chrono::seconds(4 + i),
                 .endsAt = m_clock.now() + 9h});
    }
    return ready(Result<QList<api::SessionRow>>(sessions));
}

QFuture<Result<QByteArray>> FakePeople::drawQr(QString text)
{
    drawn = text;
    QImage image(33, 33, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, (x * 7 + y * 5 + x * y) % 3 == 0 ? Qt::black : Qt::white);
    }
    QByteArray png;
    QBuffer buffer(&png);
    image.save(&buffer, "PNG");
    return ready(Result<QByteArray>(png));
}

QFuture<Result<api::Page<api::AuditRow>>> FakeAudit::listAudit(api::PageQuery query)
{
    using Answer = Result<api::Page<api::AuditRow>>;
    asked = query.filter;
    if (isHeld)
        return never<Answer>();
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    QList<api::AuditRow> matching;
    for (const api::AuditRow &row : std::as_const(rows)) {
        const bool isIt = std::all_of(
            query.filter.cbegin(), query.filter.cend(), [&](const api::FilterTerm &term) {
                return term.field == QLatin1String("who") ? row.operatorName == term.value
                                                          : row.action.startsWith(term.value);
            });
        if (isIt)
            matching.append(row);
    }
    return ready(Answer(onePage(matching, m_clock.now())));
}

QFuture<Result<QStringList>> FakeAudit::suggest(QString, QString)
{
    return ready(Result<QStringList>(QStringList()));
}

QFuture<Result<api::VerifyReport>> FakeAudit::verify()
{
    m_verifying = std::make_shared<Promise>();
    QFuture<Result<api::VerifyReport>> future = m_verifying->future();
    m_verifying->start();
    m_verifying->setProgressRange(0, 1000);
    if (!isVerifyHeld)
        finish();
    return future;
}

void FakeAudit::tell(int thousandths, const QString &what)
{
    m_verifying->setProgressValueAndText(thousandths, what);
}

void FakeAudit::finish()
{
    if (nextError)
        m_verifying->addResult(
            Result<api::VerifyReport>(failure(*std::exchange(nextError, std::nullopt))));
    else
        m_verifying->addResult(Result<api::VerifyReport>(report));
    m_verifying->finish();
}

QList<api::PersonRow> samplePeople(Timestamp now)
{
    using enum api::Role;
    struct Person {
        const char *name;
        api::Roles roles;
        bool isActive;
        bool hasFactor;
        int codes;
        int sessions;
        int minutesAgo; // 0: never
    };
    const Person people[] = {
        {"new.hire", Viewer, true, false, 0, 0, 0},
        {"omar", Support, true, true, 10, 1, 1},
        {"ines.duarte", Senior | Finance, true, true, 8, 2, 2},
        {"former.agent", Support, false, false, 0, 0, 60 * 24 * 40},
        {"maria.lindqvist", Senior | Finance | Admin, true, true, 9, 1, 1},
    };
    QList<api::PersonRow> rows;
    qint64 id = std::size(people);
    for (const Person &person : people) {
        api::PersonRow row;
        row.id = api::OperatorId{id};
        row.name = QString::fromLatin1(person.name);
        row.roles = person.roles;
        row.isActive = person.isActive;
        row.hasSecondFactor = person.hasFactor;
        row.recoveryCodes = person.codes;
        row.openSessions = person.sessions;
        if (person.minutesAgo > 0)
            row.lastSeenAt = now - std::chrono::minutes(person.minutesAgo);
        row.createdAt = now - 24h * (90 - 7 * id);
        rows.append(row);
        --id;
    }
    return rows;
}

QList<api::AuditRow> sampleAudit(Timestamp now)
{
    using Outcome = api::AuditOutcome;
    using enum api::Role;
    struct Line {
        const char *who;
        api::Roles roles;
        const char *action;
        const char *object;
        Outcome outcome;
        const char *reason;
    };
    const Line lines[] = {
        {"maria.lindqvist", Senior | Finance | Admin, "deposit.accept", "review 36", Outcome::Done,
         "Ticket 4711: the explorer shows the full amount"},
        {"omar", Support, "refund.execute", "refund 3106", Outcome::Denied, "NotAllowed"},
        {"omar", Support, "reveal.number", "call 88206", Outcome::Done, "called back"},
        {"ines.duarte", Senior | Finance, "refund.execute", "refund 3105", Outcome::Done,
         "bad_audio"},
        {"root", {}, "sign-in", "", Outcome::Failed, "wrong name or passphrase"},
        {"maria.lindqvist", Senior | Finance | Admin, "operator.roles", "operator omar",
         Outcome::Done, "viewer -> support: starts on Monday"},
        {"omar", Support, "call.stop", "call 88190", Outcome::Expired, ""},
        {"omar", Support, "sign-in", "", Outcome::Done, "code"},
    };
    QList<api::AuditRow> rows;
    qint64 id = 1'204'331;
    int minutes = 0;
    for (const Line &line : lines) {
        minutes += 3;
        rows.append({.id = id--,
                     .at = now - std::chrono::minutes(minutes),
                     .operatorName = QString::fromLatin1(line.who),
                     .roles = line.roles,
                     .action = QString::fromLatin1(line.action),
                     .object = QString::fromLatin1(line.object),
                     .outcome = line.outcome,
                     .reason = QString::fromLatin1(line.reason),
                     .origin = QStringLiteral("10.1.0.24"),
                     .cause = InboxId{1'904'900 - minutes},
                     .isSealed = minutes > 6});
    }
    return rows;
}

api::VerifyReport sampleReport(Timestamp now)
{
    return {.transfers = 204'260,
            .wallets = 1'310,
            .sum = {},
            .seals = 41'020,
            .newestSealAt = now - 40s,
            .sealedTransfers = {.sealed = 204'260, .unsealed = 0},
            .sealedAudit = {.sealed = 1'204'329, .unsealed = 2},
            .hasEvidence = true,
            .problems = {},
            .finishedAt = now};
}

} // namespace tests
