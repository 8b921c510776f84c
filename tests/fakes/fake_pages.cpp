#include "tests/fakes/fake_pages.h"

#include "tests/fakes/answers.h"
#include "tests/fakes/samples.h"

namespace tests {

namespace {

using Comparison = api::FilterTerm::Comparison;

template <typename Row, typename Keeps>
api::Page<Row> pageOf(const QList<Row> &rows, const api::PageQuery &query, Timestamp now,
                      Keeps keeps)
{
    QList<Row> matching;
    for (const Row &row : rows) {
        if (keeps(row))
            matching.append(row);
    }
    api::Page<Row> page;
    page.total = query.isCounted ? matching.size() : 0;
    page.readAt = now;
    const qsizetype from = query.after.toLongLong();
    page.rows = matching.mid(from, query.limit);
    if (from + page.rows.size() < matching.size())
        page.next = QString::number(from + page.rows.size());
    return page;
}

QString valueOf(const api::PageQuery &query, const char *field)
{
    for (const api::FilterTerm &term : query.filter) {
        if (term.field == QLatin1String(field))
            return term.value;
    }
    return {};
}

const char *codeOf(api::CallState state)
{
    static constexpr std::array<const char *, 11> codes = {
        "asked", "queued",        "dialling", "unknown", "talking",  "ending",
        "ended", "not_connected", "failed",   "refused", "cancelled"};
    return codes[static_cast<std::size_t>(state)];
}

bool keepsCall(const api::CallRow &row, const api::PageQuery &query, Timestamp now)
{
    const bool isRecent = row.endedAt && *row.endedAt + std::chrono::seconds(60) > now;
    for (const api::FilterTerm &term : query.filter) {
        const bool isNot = term.comparison == Comparison::IsNot;
        if (term.field == QLatin1String("live") && api::isFinal(row.state) && !isRecent)
            return false;
        if (term.field == QLatin1String("state") &&
            (term.value == QLatin1String(codeOf(row.state))) == isNot)
            return false;
        if (term.field == QLatin1String("customer") &&
            (QString::number(row.customer.value) == term.value || row.customerName == term.value) ==
                isNot)
            return false;
        if (term.field == QLatin1String("region") && (row.region == term.value) == isNot)
            return false;
    }
    return true;
}

} // namespace

QFuture<Result<api::Page<api::CallRow>>> FakeCalls::listCalls(api::PageQuery query)
{
    using Answer = Result<api::Page<api::CallRow>>;
    if (isHeld)
        return never<Answer>();
    if (nextError && query.limit > 1)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    const Timestamp now = m_clock.now();
    return ready(Answer(pageOf(
        rows, query, now, [&](const api::CallRow &row) { return keepsCall(row, query, now); })));
}

QFuture<Result<QList<api::CallRow>>> FakeCalls::loadCalls(QList<api::CallId> ids)
{
    QList<api::CallRow> found;
    for (const api::CallRow &row : std::as_const(rows)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::CallRow>>(found));
}

QFuture<Result<api::CallDetail>> FakeCalls::loadCall(api::CallId id)
{
    for (const api::CallRow &row : std::as_const(rows)) {
        if (row.id == id)
            return ready(Result<api::CallDetail>(sampleCallDetail(row, m_clock.now())));
    }
    return ready(Result<api::CallDetail>(failure({.code = ErrorCode::NotFound})));
}

QFuture<Result<api::Outbound>> FakeCalls::loadOutbound()
{
    outbound.liveCalls = std::count_if(rows.cbegin(), rows.cend(), [](const api::CallRow &row) {
        return !api::isFinal(row.state);
    });
    return ready(Result<api::Outbound>(outbound));
}

QFuture<Result<QStringList>> FakeCalls::suggest(QString, QString)
{
    return ready(Result<QStringList>(QStringList()));
}

QFuture<Result<api::Page<api::CustomerRow>>> FakeCustomers::listCustomers(api::PageQuery query)
{
    using Answer = Result<api::Page<api::CustomerRow>>;
    if (isHeld)
        return never<Answer>();
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    const QString state = valueOf(query, "status");
    const QString words = valueOf(query, "");
    return ready(Answer(pageOf(rows, query, m_clock.now(), [&](const api::CustomerRow &row) {
        const bool isActive = row.status == api::CustomerStatus::Active;
        return (state.isEmpty() || (state == QLatin1String("active")) == isActive) &&
               row.name.contains(words);
    })));
}

QFuture<Result<QList<api::CustomerRow>>> FakeCustomers::loadCustomers(QList<CustomerId> ids)
{
    QList<api::CustomerRow> found;
    for (const api::CustomerRow &row : std::as_const(rows)) {
        if (ids.contains(row.id))
            found.append(row);
    }
    return ready(Result<QList<api::CustomerRow>>(found));
}

QFuture<Result<api::CustomerDetail>> FakeCustomers::loadCustomer(CustomerId id)
{
    for (const api::CustomerRow &row : std::as_const(rows)) {
        if (row.id == id)
            return ready(Result<api::CustomerDetail>(
                api::CustomerDetail{.row = row,
                                    .timeZone = QStringLiteral("Europe/Paris"),
                                    .termsAcceptedAt = row.createdAt,
                                    .calls = row.calls30d + 3,
                                    .isChainIntact = true,
                                    .plan = samplePlan(row, m_clock.now())}));
    }
    return ready(Result<api::CustomerDetail>(failure({.code = ErrorCode::NotFound})));
}

QFuture<Result<api::Page<api::TimelineRow>>> FakeCustomers::listTimeline(api::PageQuery query)
{
    if (isHeld)
        return never<Result<api::Page<api::TimelineRow>>>();
    const QString kind = valueOf(query, "kind");
    const auto isKind = [&](const api::TimelineRow &row) {
        using Kind = api::TimelineRow::Kind;
        const bool isMessage = row.kind == Kind::MessageIn || row.kind == Kind::MessageOut;
        const bool isThing = row.kind == Kind::Call || row.kind == Kind::Deposit;
        return kind.isEmpty() || (kind == QLatin1String("message") && isMessage) ||
               (kind == QLatin1String("call") && row.kind == Kind::Call) ||
               (kind == QLatin1String("deposit") && row.kind == Kind::Deposit) ||
               (kind == QLatin1String("money") && !isMessage && !isThing);
    };
    return ready(Result<api::Page<api::TimelineRow>>(
        pageOf(rows.isEmpty() ? QList<api::TimelineRow>() : sampleTimeline(m_clock.now()), query,
               m_clock.now(), isKind)));
}

QFuture<Result<api::Page<api::MessageRow>>> FakeCustomers::listMessages(api::PageQuery query,
                                                                        QString)
{
    if (isHeld)
        return never<Result<api::Page<api::MessageRow>>>();
    return ready(Result<api::Page<api::MessageRow>>(
        pageOf(rows.isEmpty() ? QList<api::MessageRow>() : sampleMessages(m_clock.now()), query,
               m_clock.now(), [](const api::MessageRow &) { return true; })));
}

QFuture<Result<QStringList>> FakeCustomers::suggest(QString, QString)
{
    return ready(Result<QStringList>(QStringList()));
}

QFuture<Result<api::OverviewNumbers>> FakeOverview::loadNumbers()
{
    using Answer = Result<api::OverviewNumbers>;
    if (isHeld)
        return never<Answer>();
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    numbers.readAt = m_clock.now();
    return ready(Answer(numbers));
}

QFuture<Result<QList<api::OverviewPoint>>> FakeOverview::loadSeries(int hours)
{
    if (isHeld)
        return never<Result<QList<api::OverviewPoint>>>();
    return ready(Result<QList<api::OverviewPoint>>(sampleSeries(m_clock.now(), hours)));
}

QFuture<Result<api::TranslationCoverage>> FakeTranslations::loadCoverage()
{
    using Answer = Result<api::TranslationCoverage>;
    if (isHeld)
        return never<Answer>();
    if (nextError)
        return ready(Answer(failure(*std::exchange(nextError, std::nullopt))));
    return ready(Answer(coverage));
}

QFuture<Result<QList<api::TextRow>>> FakeTranslations::loadTexts(QString language, QString group)
{
    if (isHeld)
        return never<Result<QList<api::TextRow>>>();
    return ready(Result<QList<api::TextRow>>(sampleTexts(language, group)));
}

QFuture<Result<api::SignInAnswer>> FakeSession::signIn(QString name, QByteArray passphrase,
                                                       QByteArray typedCode)
{
    using Answer = Result<api::SignInAnswer>;
    if (passphrase != "correct horse battery")
        return ready(Answer(failure({.code = ErrorCode::Unauthorized})));
    if (!code.isEmpty() && typedCode.isEmpty())
        return ready(Answer(api::SignInAnswer()));
    if (!code.isEmpty() && typedCode != code)
        return ready(Answer(failure({.code = ErrorCode::Unauthorized})));
    who = sampleOperator(name);
    Q_EMIT changed();
    return ready(Answer(who));
}

QFuture<Result<bool>> FakeSession::signOut()
{
    who.reset();
    Q_EMIT ended();
    return ready(Result<bool>(true));
}

void FakeSession::end()
{
    who.reset();
    Q_EMIT ended();
}

void FakeSession::giveRoles(api::Roles roles)
{
    who->roles = roles;
    Q_EMIT changed();
}

QFuture<Result<api::CommandResult>> FakeCommands::submit(QString kind, Json payload,
                                                         QString requestKey)
{
    submitted.append({kind, payload, requestKey});
    if (nextFuture)
        return *std::exchange(nextFuture, std::nullopt);
    if (!nextAnswers.isEmpty())
        return ready(nextAnswers.takeFirst());
    api::CommandResult result;
    result.id = InboxId{77};
    result.state = api::CommandState::Done;
    if (kind == QLatin1String("refund.preview"))
        result.answer = api::toJson(
            sampleRefund(Money::fromMicros(core::integerMember(payload, "amount").value_or(0))));
    else if (kind == QLatin1String("reveal.number"))
        result.answer = Json{{"revealed", {{"numbers", {"+14155550131"}}}}};
    else if (kind == QLatin1String("second_factor.begin"))
        result.answer = Json{{"revealed",
                              {{"secret", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"},
                               {"uri", "otpauth://totp/Speechcad:maria?secret=JBSWY3DPEHPK3PXP"}}}};
    else if (kind == QLatin1String("second_factor.confirm"))
        result.answer = Json{{"revealed", {{"codes", {"k7f2-9qpx", "m3c8-tt1w"}}}}};
    else if (kind == QLatin1String("deposit.preview"))
        result.answer = api::toJson(sampleReviewPreview(payload));
    else if (kind == QLatin1String("deposit.reverse"))
        result.answer = Json{{"adjustment", 3112}};
    else if (kind.startsWith(QLatin1String("deposit.")))
        result.answer = Json{{"review", 31}, {"state", "credited"}, {"transfer", 204'260}};
    else if (kind == QLatin1String("adjustment.preview") || kind == QLatin1String("payout.preview"))
        result.answer = api::toJson(sampleRequestPreview(kind, payload));
    else if (kind == QLatin1String("adjustment.request") || kind == QLatin1String("refund.reverse"))
        result.answer = Json{{"adjustment", 3110}};
    else if (kind == QLatin1String("payout.request"))
        result.answer = Json{{"payout", 3111}};
    else if (kind.startsWith(QLatin1String("adjustment.")))
        result.answer = Json{{"adjustment", payload["adjustment"]}, {"transfer", 204'261}};
    else if (kind.startsWith(QLatin1String("payout.")))
        result.answer = Json{{"payout", payload["payout"]}, {"transfer", 204'262}};
    else if (kind == QLatin1String("policy.deposit_rules"))
        result.answer = Json{{"version", 3}};
    else if (kind == QLatin1String("policy.refund_rules"))
        result.answer = Json{{"version", 4}};
    else if (kind == QLatin1String("reveal.destination"))
        result.answer =
            Json{{"revealed", {{"destination", "USDT-TRC20 TQrZ8tKf7Jv1NYwq4nJ5bXhD2sLmE9aPzk"}}}};
    else if (kind == QLatin1String("refund.bulk.preview"))
        result.answer = api::toJson(sampleBulkPreview(payload));
    else if (kind == QLatin1String("refund.bulk.request"))
        result.answer = Json{{"batch", 3141}};
    else if (kind == QLatin1String("refund.bulk.approve"))
        result.answer = Json{{"batch", payload["batch"]}, {"state", "running"}};
    else if (kind == QLatin1String("refund.bulk.cancel"))
        result.answer =
            Json{{"batch", payload["batch"]}, {"state", "cancelled"}, {"done", 15}, {"left", 8}};
    else if (kind.startsWith(QLatin1String("refund.")))
        result.answer = Json{{"refund", 3107}, {"transfer", 204'260}};
    return ready(Result<api::CommandResult>(result));
}

QFuture<Result<api::CommandResult>> FakeCommands::reveal(QString kind, Json payload,
                                                         QString requestKey)
{
    return submit(kind, payload, requestKey);
}

QFuture<Result<api::CommandResult>> FakeCommands::confirmSecondFactor(QByteArray code,
                                                                      QString requestKey)
{
    return submit(QStringLiteral("second_factor.confirm"), {{"code", QString::fromLatin1(code)}},
                  requestKey);
}

QFuture<Result<api::CommandResult>>
FakeCommands::submitWithCode(QString kind, Json payload, QByteArray code, QString requestKey)
{
    payload["code"] = QString::fromLatin1(code);
    return submit(kind, payload, requestKey);
}

QFuture<Result<api::CommandResult>>
FakeCommands::addOperator(QString name, api::Roles roles, QByteArray passphrase, QString requestKey)
{
    return submit(
        QStringLiteral("operator.add"),
        {{"name", name}, {"roles", roles.toInt()}, {"passphrase", QString::fromUtf8(passphrase)}},
        requestKey);
}

QFuture<Result<api::CommandResult>> FakeCommands::find(QString)
{
    return ready(Result<api::CommandResult>(failure({.code = ErrorCode::NotFound})));
}

} // namespace tests
