// A working day of the newer pages: calls, customers, translations.
#include "tests/fakes/samples.h"

namespace tests {

namespace {

using namespace std::chrono_literals;

using CallState = api::CallState;

struct CallSample {
    CallState state;
    int seconds; // talking, or how long it lasted
    int endedSecondsAgo;
    const char *customer;
    const char *callee;
    const char *region;
    const char *language;
    const char *script;
    int ratePerMinute; // cents
    int longest;       // seconds
    api::Ruling ruling;
    const char *rule;
    const char *reason;
};

constexpr const char *kDelivery = "Delivery window";
constexpr const char *kReminder = "Appointment reminder";
constexpr const char *kSurvey = "Visit survey";
constexpr auto kAllow = api::Ruling::Allow;

const CallSample kCalls[] = {
    {CallState::Dialling, 0, 0, "Yusuf Demir", "+90 212 ••• ••60", "TR", "tr", kReminder, 60, 600,
     kAllow, "", ""},
    {CallState::Dialling, 0, 0, "Léa Fontaine", "+1 514 ••• ••39", "CA", "fr", kDelivery, 35, 900,
     kAllow, "", ""},
    {CallState::Asked, 0, 0, "Harper & Lowe", "+1 212 ••• ••77", "US", "en", kReminder, 35, 900,
     api::Ruling::NotJudged, "", ""},
    {CallState::Talking, 33, 0, "Elif Kaya", "+44 161 ••• ••26", "GB", "en", kSurvey, 45, 300,
     kAllow, "", ""},
    {CallState::Talking, 72, 0, "Harper & Lowe", "+1 718 ••• ••04", "US", "en", kReminder, 35, 900,
     kAllow, "", ""},
    {CallState::Talking, 101, 0, "Harper & Lowe", "+1 212 ••• ••18", "US", "en", kReminder, 35, 900,
     kAllow, "", ""},
    {CallState::Talking, 125, 0, "Jonas Weber", "+43 1 ••• ••90", "AT", "de", kDelivery, 45, 900,
     kAllow, "", ""},
    {CallState::Talking, 156, 0, "Amira Nasser", "+971 4 ••• ••55", "AE", "ar", kSurvey, 60, 300,
     kAllow, "", ""},
    {CallState::Ending, 172, 0, "Sofia Keller", "+41 44 ••• ••19", "CH", "de", kDelivery, 45, 900,
     kAllow, "", ""},
    {CallState::Talking, 190, 0, "Praxis Nordlicht", "+49 30 ••• ••81", "DE", "de", kReminder, 45,
     900, kAllow, "", ""},
    {CallState::Talking, 228, 0, "Hannah Brooks", "+1 617 ••• ••42", "US", "en", kDelivery, 35, 900,
     kAllow, "", ""},
    {CallState::Talking, 265, 0, "Mateus Rocha", "+55 11 •••• ••70", "BR", "pt", kSurvey, 65, 900,
     kAllow, "", ""},
    {CallState::Talking, 302, 0, "Olga Sorokina", "+7 701 ••• ••29", "KZ", "ru", kSurvey, 45, 900,
     kAllow, "", ""},
    {CallState::Unknown, 0, 0, "Ravi Menon", "+91 80 •••• ••13", "IN", "hi", kReminder, 45, 600,
     kAllow, "", ""},
    {CallState::Talking, 440, 0, "Praxis Nordlicht", "+49 40 ••• ••52", "DE", "de", kReminder, 45,
     900, kAllow, "", ""},
    {CallState::Talking, 524, 0, "Diego Salas", "+54 11 •••• ••63", "AR", "es", kDelivery, 65, 900,
     kAllow, "", ""},
    {CallState::Talking, 751, 0, "Chen Wei", "+44 20 •••• ••08", "GB", "zh", kSurvey, 45, 820,
     kAllow, "", ""},
    {CallState::Queued, 0, 0, "Priya Nair", "+1 415 ••• ••31", "US", "en", kReminder, 35, 900,
     api::Ruling::Queue, "G05", ""},
    {CallState::Ended, 96, 22, "Jonas Weber", "+43 1 ••• ••12", "AT", "de", kDelivery, 45, 900,
     kAllow, "", "user_hangup"},
    {CallState::Ended, 14, 48, "Diego Salas", "+54 11 •••• ••09", "AR", "es", kDelivery, 65, 900,
     kAllow, "", "agent_hangup"},
    {CallState::NotConnected, 0, 400, "Camille Perrin", "+33 6 •• •• •• 17", "FR", "fr", kReminder,
     45, 900, kAllow, "", "dial_no_answer"},
    {CallState::Ended, 100, 2200, "Camille Perrin", "+33 1 •• •• •• 36", "FR", "fr", kReminder, 35,
     900, kAllow, "", "user_hangup"},
    {CallState::Refused, 0, 5000, "Ravi Menon", "+91 98 •••• ••02", "IN", "hi", kReminder, 45, 0,
     api::Ruling::Refuse, "G06", ""},
    {CallState::Failed, 0, 9000, "Yusuf Demir", "+90 216 ••• ••44", "TR", "tr", kReminder, 60, 600,
     kAllow, "", "error_retell"},
    {CallState::Ended, 612, 21000, "Praxis Nordlicht", "+49 30 ••• ••17", "DE", "de", kReminder, 45,
     900, kAllow, "", "user_hangup"},
};

api::CallRow callOf(const CallSample &sample, qint64 id, Timestamp now)
{
    api::CallRow row;
    row.id = api::CallId{id};
    row.state = sample.state;
    row.customerName = QString::fromUtf8(sample.customer);
    row.customer = CustomerId{sampleCustomerId(row.customerName)};
    row.callee = QString::fromUtf8(sample.callee);
    row.region = QString::fromLatin1(sample.region);
    row.language = QString::fromLatin1(sample.language);
    row.script = QString::fromLatin1(sample.script);
    row.ratePerMinute = Money::fromCents(sample.ratePerMinute);
    row.longest = std::chrono::seconds(sample.longest);
    row.ruling = sample.ruling;
    row.rulesPassed = sample.ruling == kAllow ? 12 : 11;
    row.firstRule = QString::fromLatin1(sample.rule);
    row.reason = QString::fromLatin1(sample.reason);
    const bool isHeld = sample.state != CallState::Asked && sample.state != CallState::Queued &&
                        sample.state != CallState::Refused;
    if (isHeld)
        row.hold = row.ratePerMinute.timesRatioUp(sample.longest, 60);
    const auto lasted = std::chrono::seconds(sample.seconds);
    const auto ended = std::chrono::seconds(sample.endedSecondsAgo);
    row.askedAt = now - lasted - ended - 9s;
    if (sample.seconds > 0)
        row.startedAt = now - lasted - ended;
    if (api::isFinal(sample.state)) {
        row.endedAt = now - ended;
        row.duration = lasted;
        row.charged = row.ratePerMinute.timesRatioUp(sample.seconds, 60);
    }
    return row;
}

QList<api::GuardFinding> sampleFindings(const api::CallRow &row)
{
    struct Rule {
        const char *code;
        const char *words;
        const char *seen;
        const char *limit;
    };
    static const Rule rules[] = {
        {"G01", "The number is complete and valid.", "valid", ""},
        {"G02", "It is a line of people.", "fixed line or mobile", ""},
        {"G03", "We call this region.", "", "open regions"},
        {"G05", "It is within calling hours there.", "09:42", "09:00 to 20:00"},
        {"G06", "The number is not on the do-not-call list.", "", ""},
        {"G08", "The account may make calls of this kind.", "regular", ""},
        {"G09", "Not too many calls in a short time.", "3 today", "40 a day"},
        {"G10", "A line is free.", "18 in use", "40"},
        {"G11", "The money is enough for a short call.", "5.25 USD", "60 s"},
        {"G17", "The agent says first that an AI speaks.", "", ""},
        {"G18", "It shows a number of ours.", "", ""},
        {"G22", "The stop switch is off.", "", ""},
    };
    QList<api::GuardFinding> findings;
    for (const Rule &rule : rules) {
        api::GuardFinding finding{.code = QString::fromLatin1(rule.code),
                                  .ruling = api::Ruling::Allow,
                                  .words = QString::fromLatin1(rule.words),
                                  .seen = QString::fromLatin1(rule.seen),
                                  .limit = QString::fromLatin1(rule.limit)};
        if (finding.code == row.firstRule) {
            finding.ruling = row.ruling;
            finding.words = row.ruling == api::Ruling::Queue
                                ? QStringLiteral("It is 05:42 there; calls are allowed from 09:00.")
                                : QStringLiteral("The person called asked not to be called again.");
        }
        findings.append(finding);
    }
    return findings;
}

} // namespace

QList<api::CallRow> sampleCalls(Timestamp now)
{
    QList<api::CallRow> rows;
    qint64 id = 88'224;
    for (const CallSample &sample : kCalls)
        rows.append(callOf(sample, id--, now));
    return rows;
}

api::CallDetail sampleCallDetail(const api::CallRow &row, Timestamp now)
{
    api::CallDetail detail;
    detail.row = row;
    detail.attemptId = QStringLiteral("att_%1_7f3a9c").arg(row.id.value);
    if (row.ruling != api::Ruling::NotJudged)
        detail.verdict = {.ruling = row.ruling,
                          .policyVersion = 41,
                          .judgedAt = row.askedAt,
                          .findings = sampleFindings(row)};
    detail.events.append({.at = row.askedAt,
                          .kind = QStringLiteral("asked"),
                          .detail = QStringLiteral("by the customer, script %1").arg(row.script),
                          .cause = InboxId{41}});
    if (!row.startedAt)
        return detail;
    detail.providerCallId = QStringLiteral("call_5f0c2e1b7a944d5c9e%1").arg(row.id.value);
    detail.holdTransfer = TransferId{204'201};
    if (row.charged.isPositive())
        detail.chargeTransfer = TransferId{204'241};
    const auto line = [](bool isAgent, const char *words) {
        return api::TranscriptLine{isAgent, QString::fromUtf8(words)};
    };
    detail.transcript = {
        line(true,
             "Hello, this is an AI assistant calling on behalf of Hannah Brooks about a chair "
             "she ordered. Is this the furniture desk?"),
        line(false, "Yes, it is. Do you have the order?"),
        line(true, "I do not have to give it by voice. It is under the name Brooks, picked up on "
                   "Friday."),
        line(false, "Okay, found it. The ticket is [5 digits]."),
        line(false,
             "It is done. She can pick it up today until six, or tomorrow from nine to one."),
        line(true, "Thank you. Is anything left to pay?"),
        line(false, "The armrest was extra. [3 digits] dollars, card or cash."),
        line(true, "Perfect. I will pass that on to her."),
    };
    detail.transcriptAt = row.endedAt.value_or(now - 4s);
    detail.isTranscriptFinal = api::isFinal(row.state);
    if (detail.isTranscriptFinal)
        detail.summary = QStringLiteral("The chair is ready and can be picked up today until six. "
                                        "The armrest is paid on site.");
    detail.events.append({.at = row.askedAt + 1s,
                          .kind = QStringLiteral("dialled"),
                          .detail = QStringLiteral("held %1").arg(row.hold.toString()),
                          .cause = InboxId{42}});
    detail.events.append({.at = *row.startedAt,
                          .kind = QStringLiteral("webhook call_started"),
                          .detail = {},
                          .cause = InboxId{43}});
    return detail;
}

QList<api::CustomerRow> sampleCustomers(Timestamp now)
{
    struct Sample {
        const char *name;
        const char *language;
        const char *tier;
        int available; // cents
        int held;
        int minutesAgo;
        int calls;
        int spend;
        int refunds;
        api::CustomerStatus status;
    };
    using Status = api::CustomerStatus;
    static const Sample samples[] = {
        {"Camille Perrin", "fr", "regular", 462, 675, 1, 34, 6120, 0, Status::Active},
        {"Harper & Lowe", "en", "business", 112040, 1575, 2, 410, 70311, 1200, Status::Active},
        {"Hannah Brooks", "en", "regular", 2210, 525, 3, 12, 1840, 0, Status::Active},
        {"Praxis Nordlicht", "de", "business", 38100, 1350, 4, 288, 51044, 350, Status::Active},
        {"Priya Nair", "hi", "regular", 2897, 0, 6, 9, 292, 129, Status::Active},
        {"Amira Nasser", "ar", "regular", 124475, 300, 8, 21, 3310, 0, Status::Active},
        {"Jonas Weber", "de", "new", 1310, 675, 9, 4, 410, 0, Status::Active},
        {"Chen Wei", "zh", "regular", 11460, 615, 12, 44, 8120, 0, Status::Active},
        {"Sofia Keller", "de", "regular", 905, 675, 15, 7, 660, 0, Status::Active},
        {"Diego Salas", "es", "regular", 3040, 975, 16, 19, 4115, 1430, Status::Active},
        {"Yusuf Demir", "tr", "new", 1825, 600, 21, 3, 175, 0, Status::Active},
        {"Léa Fontaine", "fr", "new", 500, 525, 22, 1, 0, 0, Status::Active},
        {"Ravi Menon", "hi", "new", 0, 450, 44, 2, 90, 0, Status::Active},
        {"Olga Sorokina", "ru", "regular", 1550, 675, 58, 15, 1905, 0, Status::Active},
        {"Mateus Rocha", "pt", "regular", 260, 975, 66, 11, 1320, 0, Status::Active},
        {"Elif Kaya", "en", "new", 1275, 225, 71, 2, 130, 0, Status::Active},
        {"Tomás Ferro", "es", "", 0, 0, 190, 0, 0, 0, Status::NoTerms},
        {"Ines Baptista", "pt", "new", 740, 0, 2900, 1, 60, 0, Status::Unreachable},
    };
    QList<api::CustomerRow> rows;
    for (const Sample &sample : samples) {
        api::CustomerRow row;
        row.name = QString::fromUtf8(sample.name);
        row.id = CustomerId{sampleCustomerId(row.name)};
        row.language = QString::fromLatin1(sample.language);
        row.tier = QString::fromLatin1(sample.tier);
        row.status = sample.status;
        row.available = Money::fromCents(sample.available);
        row.held = Money::fromCents(sample.held);
        row.lastActivityAt = now - std::chrono::minutes(sample.minutesAgo);
        row.createdAt = now - 24h * (20 + sample.calls);
        row.calls30d = sample.calls;
        row.spend30d = Money::fromCents(sample.spend);
        row.refunds30d = Money::fromCents(sample.refunds);
        rows.append(row);
    }
    return rows;
}

QList<api::TimelineRow> sampleTimeline(Timestamp now)
{
    using Kind = api::TimelineRow::Kind;
    struct Sample {
        Kind kind;
        int minutesAgo;
        const char *title;
        const char *detail;
        int cents;
        qint64 object;
    };
    static const Sample samples[] = {
        {Kind::Call, 6, "C-88204", "No answer, +33 6 •• •• •• 17", 0, 88'204},
        {Kind::Release, 6, "Posting 204255", "hold of C-88204 given back", 675, 204'255},
        {Kind::Hold, 7, "Posting 204250", "for C-88204", -675, 204'250},
        {Kind::MessageIn, 21, "", "La voix coupait tout le temps, je voudrais être remboursée", 0,
         1},
        {Kind::Charge, 35, "Posting 204241", "C-88203, 100 s", 467, 204'241},
        {Kind::Call, 36, "C-88203", "Ended, +33 1 •• •• •• 36, 1:40", 0, 88'203},
        {Kind::MessageOut, 37, "call.live", "Appel en cours vers +33 1 •• •• •• 36", 0, 2},
        {Kind::Hold, 38, "Posting 204236", "for C-88203", -525, 204'236},
        {Kind::MessageOut, 111, "deposit.credited", "15,00 USD ont été crédités", 0, 3},
        {Kind::Deposit, 112, "D-5512", "credited, 15 USDT TRC-20", 1500, 5512},
        {Kind::MessageIn, 118, "", "/topup", 0, 4},
        {Kind::Call, 1330, "C-87902", "Ended, +33 4 •• •• •• 08, 4:08", -186, 87'902},
        {Kind::MessageOut, 1390, "start.welcome", "Bienvenue chez Speechcad.", 0, 5},
        {Kind::MessageIn, 1391, "", "/start", 0, 6},
    };
    QList<api::TimelineRow> rows;
    qint64 id = 900;
    for (const Sample &sample : samples) {
        api::TimelineRow row;
        row.id = id--;
        row.kind = sample.kind;
        row.at = now - std::chrono::minutes(sample.minutesAgo) - 13s;
        row.title = QString::fromUtf8(sample.title);
        row.detail = QString::fromUtf8(sample.detail);
        row.object = sample.object;
        if (sample.cents != 0)
            row.amount = Money::fromCents(sample.cents);
        rows.append(row);
    }
    return rows;
}

QList<api::MessageRow> sampleMessages(Timestamp now)
{
    struct Sample {
        int minutesAgo;
        bool isFromCustomer;
        bool isEdit;
        const char *shown;
        const char *key;
        const char *mine;
    };
    static const Sample samples[] = {
        {21, true, false, "La voix coupait tout le temps, je voudrais être remboursée", "", ""},
        {35, false, false, "Appel terminé : 1 min 40 s, 0,583334 USD. Votre solde est de 4,62 USD.",
         "call.ended", "Call ended: 1 min 40 s, 0.583334 USD. Your balance is 4.62 USD."},
        {37, false, true, "Appel en cours vers +33 1 •• •• •• 36 : 0 min 20 s", "call.live",
         "Calling +33 1 •• •• •• 36: 0 min 20 s"},
        {111, false, false, "15,00 USD ont été crédités sur votre solde.", "deposit.credited",
         "15.00 USD was credited to your balance."},
        {118, true, false, "/topup", "", ""},
        {1390, false, false, "Bienvenue chez Speechcad.", "start.welcome", "Welcome to Speechcad."},
        {1391, true, false, "/start", "", ""},
    };
    QList<api::MessageRow> rows;
    qint64 id = 300;
    for (const Sample &sample : samples)
        rows.append({.id = id--,
                     .at = now - std::chrono::minutes(sample.minutesAgo) - 13s,
                     .isFromCustomer = sample.isFromCustomer,
                     .isEdit = sample.isEdit,
                     .shown = QString::fromUtf8(sample.shown),
                     .key = QString::fromLatin1(sample.key),
                     .mine = QString::fromUtf8(sample.mine),
                     .state = sample.isFromCustomer ? QString() : QStringLiteral("sent")});
    return rows;
}

QList<api::OverviewPoint> sampleSeries(Timestamp now, int hours)
{
    QList<api::OverviewPoint> points;
    const int count = hours * 12;
    for (int i = 0; i < count; ++i) {
        // A quiet night in the middle of the picture, and a little unrest.
        const int fromNight = qAbs(i - count / 2) * 100 / (count / 2);
        const qint64 calls = 1 + qint64(fromNight) * fromNight / 420 + (i * 7919 % 11) / 4;
        points.append({.at = now - std::chrono::minutes((count - i) * 5),
                       .calls = calls,
                       .spend = Money::fromMicros(calls * (110'000 + i * 104'729 % 90'000))});
    }
    return points;
}

api::OverviewNumbers sampleNumbers(Timestamp now)
{
    return {.liveCalls = 18,
            .waitingCalls = 5,
            .liveCallsMax = 40,
            .isOutboundStopped = false,
            .spendToday = Money::fromCents(41'280),
            .spendYesterday = Money::fromCents(38'944),
            .depositsWaiting = 9,
            .depositsLate = 4,
            .oldestDepositAt = now - 68min,
            .depositsForPerson = 4,
            .approvalsWaiting = 3,
            .approvalsWaitingSum = Money::fromCents(2643),
            .deadLetters = 8,
            .inboxWaiting = 12,
            .oldestWaitingAt = now - 1s,
            .readAt = now};
}

api::SignedIn sampleOperator(const QString &name)
{
    return {.id = api::OperatorId{3},
            .name = name,
            .roles = api::Role::Senior | api::Role::Finance | api::Role::Admin,
            .language = QStringLiteral("en"),
            .isSolo = false,
            .endsAt = {}};
}

api::RefundPreview sampleRefund(Money amount)
{
    const Money paid = amount;
    const Money before = Money::fromCents(462);
    const QString usd = amount.toString();
    return {.paid = paid,
            .refunded = {},
            .refundable = paid,
            .entries = {{.account = QStringLiteral("revenue_calls"),
                         .isCustomers = false,
                         .amount = -amount,
                         .before = {},
                         .after = {}},
                        {.account = QStringLiteral("available"),
                         .isCustomers = true,
                         .amount = amount,
                         .before = before,
                         .after = before + amount}},
            .customerLanguage = QStringLiteral("fr"),
            .customerText =
                QStringLiteral("Nous avons remboursé %1 USD sur votre solde pour l’appel du 20 "
                               "novembre à 14:05. Votre solde est de %2 USD.")
                    .arg(QString(usd).replace(u'.', u','),
                         (before + amount).toString().replace(u'.', u',')),
            .operatorText = QStringLiteral("We refunded %1 USD to your balance for the call on 20 "
                                           "November at 14:05. Your balance is %2 USD.")
                                .arg(usd, (before + amount).toString()),
            .needs = api::RefundNeeds::Nobody,
            .rule = QStringLiteral("To wallet balance, up to 5 USD, within your daily limit."),
            .mayExecute = true,
            .hash =
                QStringLiteral("a41f09c7d2be5518c0ffee00a41f09c7d2be5518c0ffee00a41f09c7d2be5518")};
}

} // namespace tests
