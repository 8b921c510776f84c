#include "tests/fakes/samples.h"

namespace tests {

namespace {

using namespace std::chrono_literals;

using State = api::DepositState;

struct Sample {
    int minutesAgo;
    const char *customer;
    const char *coin;
    const char *expected;
    const char *received;
    int confirmations;
    int required;
    State state;
    int creditedAfter; // minutes; 0: no webhook yet
    qint64 cents;
    const char *note;
};

constexpr Sample kSamples[] = {
    {1, "Hannah Brooks", "USDT-TRC20", "20", "", 0, 20, State::AwaitingPayment, 0, 2000, ""},
    {3, "Jonas Weber", "BTC", "0.00031204", "0.00031204", 0, 2, State::Detected, 2, 3000, ""},
    {5, "Diego Salas", "LTC", "0.274110", "0.274110", 3, 6, State::Confirming, 4, 2500, ""},
    {7, "Amira Nasser", "USDT-TRC20", "10", "10", 20, 20, State::Credited, 2, 1000, ""},
    {10, "Praxis Nordlicht", "ETH", "0.041260", "0.041260", 9, 12, State::Confirming, 9, 12000, ""},
    {14, "Priya Nair", "USDT-TRC20", "15", "14.20", 20, 20, State::UnderpaidReview, 5, 1500,
     "94.6 % of the amount asked for arrived; the tolerance is 1 %."},
    {18, "Sofia Keller", "BTC", "0.00046810", "0.00046810", 1, 2, State::Confirming, 12, 4500, ""},
    {24, "Harper & Lowe", "USDT-TRC20", "50", "50", 20, 20, State::Verifying, 20, 5000, ""},
    {26, "Yusuf Demir", "TRX", "61.40", "61.40", 20, 20, State::Credited, 2, 2000, ""},
    {30, "Ravi Menon", "USDT-ERC20", "25", "30", 12, 12, State::OverpaidReview, 7, 2500,
     "20 % more than asked for. 25.00 USD is credited, the rest waits in suspense."},
    {33, "L\u00e9a Fontaine", "USDT-TRC20", "30", "30", 20, 20, State::Verifying, 30, 3000, ""},
    {41, "Olga Sorokina", "USDT-TRC20", "20", "20", 20, 20, State::Verifying, 31, 2000, ""},
    {47, "Chen Wei", "BTC", "0.00078115", "0.00078115", 2, 2, State::Credited, 21, 7500, ""},
    {52, "Chen Wei", "USDT-TRC20", "50", "50", 20, 20, State::SettlementFailedHold, 44, 5000,
     "The provider received the payment and could not settle it."},
    {58, "", "USDT-TRC20", "", "40", 20, 20, State::MismatchReview, 7, 0,
     "The payment names a deposit that belongs to another customer."},
    {68, "Mateus Rocha", "USDT-TRC20", "25", "25", 20, 20, State::Verifying, 66, 2500, ""},
    {72, "Hannah Brooks", "BTC", "0.00015602", "0.00015602", 2, 2, State::Credited, 17, 1500, ""},
    {104, "Yusuf Demir", "ETH", "0.008252", "", 0, 12, State::Expired, 60, 2500, ""},
    {114, "Camille Perrin", "USDT-TRC20", "15", "15", 20, 20, State::Credited, 3, 1500, ""},
    {1520, "Jonas Weber", "LTC", "1.204102", "1.204102", 6, 6, State::LateReview, 1490, 10000,
     "Paid 23 h after the address had expired."},
};

api::DepositRow rowOf(const Sample &sample, qint64 id, Timestamp now)
{
    api::DepositRow row;
    row.id = DepositId{id};
    row.createdAt =
        now - std::chrono::minutes(sample.minutesAgo) - std::chrono::seconds(id * 7 % 60);
    row.customerName = QString::fromUtf8(sample.customer);
    row.customer = CustomerId{sampleCustomerId(row.customerName)};
    row.coin = QString::fromLatin1(sample.coin);
    row.requested = Money::fromCents(sample.cents);
    row.expectedCrypto = QString::fromLatin1(sample.expected);
    row.receivedCrypto = QString::fromLatin1(sample.received);
    row.confirmations = sample.confirmations;
    row.confirmationsRequired = sample.required;
    row.state = sample.state;
    row.providerPaymentId =
        QStringLiteral("pay_%1").arg(id * 48271 % 65536, 4, 16, QLatin1Char('0'));
    row.note = QString::fromLatin1(sample.note);
    if (sample.creditedAfter > 0)
        row.lastWebhookAt = row.createdAt + std::chrono::minutes(sample.creditedAfter) + 11s;
    if (sample.minutesAgo > 12 && row.state != State::Credited)
        row.lastCheckAt = now - std::chrono::seconds(40 + id % 90);
    if (row.state == State::Credited) {
        row.credited = row.requested;
        row.transfer = TransferId{204'000 + id % 100};
    }
    row.waitingReviews = int(sampleReviews(row).size());
    return row;
}

api::EntryRow entry(const char *account, qint64 micros, std::optional<qint64> after,
                    bool isCustomers)
{
    api::EntryRow row{.account = QLatin1String(account),
                      .isCustomers = isCustomers,
                      .amount = Money::fromMicros(micros),
                      .balanceAfter = {}};
    if (after)
        row.balanceAfter = Money::fromMicros(*after);
    return row;
}

/// The books of one customer, run forward so that every balance is true.
class Books {
public:
    Books(const QString &name, Timestamp start)
        : m_name(name)
        , m_at(start)
    {
    }
    void deposit(qint64 micros, const QString &cause)
    {
        m_available += micros;
        add("deposit", cause,
            {entry("dynopay_clearing", -micros, {}, false),
             entry("available", micros, m_available, true)});
    }
    void hold(qint64 micros, const QString &cause)
    {
        m_available -= micros;
        m_held += micros;
        add("hold", cause,
            {entry("available", -micros, m_available, true), entry("held", micros, m_held, true)});
    }
    void charge(qint64 micros, const QString &cause)
    {
        const qint64 rest = m_held - micros;
        m_available += rest;
        const qint64 all = m_held;
        m_held = 0;
        QList<api::EntryRow> entries = {entry("held", -all, 0, true),
                                        entry("revenue_calls", micros, {}, false)};
        if (rest > 0)
            entries.append(entry("available", rest, m_available, true));
        add("charge", cause, entries);
    }
    void refund(qint64 micros, const QString &cause)
    {
        m_available += micros;
        add("refund", cause,
            {entry("revenue_calls", -micros, {}, false),
             entry("available", micros, m_available, true)});
    }
    [[nodiscard]] const QList<api::TransferRow> &rows() const { return m_rows; }

private:
    void add(const char *kind, const QString &cause, const QList<api::EntryRow> &entries)
    {
        m_at += 97min + 13s;
        api::TransferRow row;
        row.at = m_at;
        row.kind = QLatin1String(kind);
        row.customerName = m_name;
        row.customer = CustomerId{sampleCustomerId(m_name)};
        row.entries = entries;
        row.causeText = cause;
        row.requestKey = row.kind + u':' + cause.section(u' ', -1);
        m_rows.append(row);
    }

    QString m_name;
    Timestamp m_at;
    qint64 m_available = 0;
    qint64 m_held = 0;
    QList<api::TransferRow> m_rows;
};

} // namespace

qint64 sampleCustomerId(const QString &name)
{
    return name.isEmpty() ? 0 : 700'000'000 + qint64(qHash(name, 7) % 90'000'000);
}

QList<api::DepositRow> sampleDeposits(Timestamp now)
{
    QList<api::DepositRow> rows;
    qint64 id = 5541;
    for (const Sample &sample : kSamples)
        rows.append(rowOf(sample, id--, now));
    return rows;
}

QList<api::TransferRow> sampleTransfers(Timestamp now)
{
    Books priya(QStringLiteral("Priya Nair"), now - 31h);
    priya.deposit(20'000'000, QStringLiteral("Deposit 5462"));
    priya.hold(2'250'000, QStringLiteral("Call 88107"));
    priya.charge(1'050'000, QStringLiteral("Call 88107"));
    priya.hold(2'250'000, QStringLiteral("Call 88164"));
    priya.charge(1'290'000, QStringLiteral("Call 88164"));
    priya.deposit(10'000'000, QStringLiteral("Deposit 5488"));
    priya.hold(2'250'000, QStringLiteral("Call 88190"));
    priya.charge(583'334, QStringLiteral("Call 88190"));
    priya.refund(1'290'000, QStringLiteral("Refund 3102"));
    Books amira(QStringLiteral("Amira Nasser"), now - 30h);
    amira.deposit(10'000'000, QStringLiteral("Deposit 5538"));
    amira.deposit(1'250'000'000, QStringLiteral("Deposit 5539"));
    amira.hold(5'250'000, QStringLiteral("Call 88213"));
    Books yusuf(QStringLiteral("Yusuf Demir"), now - 29h - 20min);
    yusuf.deposit(20'000'000, QStringLiteral("Deposit 5532"));
    yusuf.hold(1'750'000, QStringLiteral("Call 88201"));
    yusuf.charge(1'750'000, QStringLiteral("Call 88201"));

    QList<api::TransferRow> rows = priya.rows() + amira.rows() + yusuf.rows();
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto &a, const auto &b) { return a.at < b.at; });
    for (qsizetype i = 0; i < rows.size(); ++i) {
        rows[i].id = TransferId{204'120 + i * 3};
        rows[i].cause = InboxId{1'904'400 + i * 11};
    }
    QHash<QString, Money> platform = {
        {QStringLiteral("dynopay_clearing"), Money::fromCents(-4'107'755)},
        {QStringLiteral("revenue_calls"), Money::fromCents(1'838'646)},
    };
    for (api::TransferRow &row : rows) {
        for (api::EntryRow &entry : row.entries) {
            if (!entry.isCustomers)
                entry.balanceAfter = platform[entry.account] += entry.amount;
        }
    }
    std::reverse(rows.begin(), rows.end());
    return rows;
}

api::DepositDetail sampleDetail(const api::DepositRow &row)
{
    api::DepositDetail detail{.row = row,
                              .address = QStringLiteral("TXk4v9QmB2rYpJ6sWdN8uHcLfGz3EaV7tM"),
                              .expiresAt = row.createdAt + 60min,
                              .events = {},
                              .reviews = {}};
    detail.events.append({.at = row.createdAt,
                          .kind = QStringLiteral("created"),
                          .detail = QStringLiteral("address asked for, 25.00 USD"),
                          .cause = InboxId{11}});
    if (!row.receivedCrypto.isEmpty())
        detail.events.append(
            {.at = row.createdAt + 95s,
             .kind = QStringLiteral("webhook payment.pending"),
             .detail = QStringLiteral("%1 %2 seen").arg(row.receivedCrypto, row.coin),
             .cause = InboxId{12}});
    if (row.lastWebhookAt)
        detail.events.append({.at = *row.lastWebhookAt,
                              .kind = QStringLiteral("webhook payment.confirmed"),
                              .detail = QStringLiteral("%1 confirmations").arg(row.confirmations),
                              .cause = InboxId{13}});
    if (row.lastWebhookAt && row.state != State::Confirming && row.state != State::Detected)
        detail.events.append(
            {.at = *row.lastWebhookAt + 1s,
             .kind = QStringLiteral("provider asked"),
             .detail = QStringLiteral("status paid, same coin, amount as received"),
             .cause = InboxId{14}});
    detail.reviews = sampleReviews(row);
    if (row.state == State::Credited)
        detail.events.append({.at = *row.lastWebhookAt + 2s,
                              .kind = QStringLiteral("credited"),
                              .detail = QStringLiteral("transfer %1").arg(row.transfer->value),
                              .cause = InboxId{15}});
    return detail;
}

} // namespace tests
