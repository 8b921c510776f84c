#include "demo_people.h"

#include "core/log.h"
#include "operators/operator_flow.h"
#include "ui/support/when_ready.h"

#include <QEventLoop>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr auto kLookInterval = 5s;
constexpr auto kPatience = 30s;
const QString kChief = QStringLiteral("demo");
const QString kColleague = QStringLiteral("sam");
const QString kTreasurer = QStringLiteral("ines");
constexpr int kCallsInBulk = 3; // before anybody asks for a bulk refund
const Money kGoodwill = Money::fromCents(750);
const Money kPayout = Money::fromCents(1200);
const Money kMoneyLeft = Money::fromCents(2000); // of who is paid out

// Nothing of a demo is secret: its world is on this machine and ends with it.
QByteArray passphraseOf(const QString &name)
{
    return name == kChief       ? QByteArray("quiet harbour walk")
           : name == kColleague ? QByteArray("second harbour walk")
                                : QByteArray("third harbour walk");
}

} // namespace

DemoPeople::DemoPeople(Console &console)
    : m_console(console)
{
    connect(&m_timer, &QTimer::timeout, this, &DemoPeople::look);
}

DemoPeople::~DemoPeople() = default;

Result<void> DemoPeople::start()
{
    const QString &url = m_console.database().url();
    const auto connection = database::Connection::open(url, QStringLiteral("demo"));
    if (!connection)
        return failure(connection.error());
    const auto added = operators::addFirstOperator(
        **connection, kChief, api::Role::Senior | api::Role::Finance | api::Role::Admin, false,
        passphraseOf(kChief), m_console.backend().clock.now());
    const bool isThere = !added && added.error().code == ErrorCode::ConstraintViolated;
    if (!added && !isThere)
        return failure(added.error());
    m_console.setSignInHint(QStringLiteral("This is a demo.\nUser: %1\nPassphrase: %2")
                                .arg(kChief, QString::fromUtf8(passphraseOf(kChief))));
    const operators::ConsoleSettings settings{.databaseUrl = url};
    m_chief = std::make_unique<operators::ConsoleClient>(settings, nullptr);
    m_colleague = std::make_unique<operators::ConsoleClient>(settings, nullptr);
    m_treasurer = std::make_unique<operators::ConsoleClient>(settings, nullptr);
    addColleagues();
    return {};
}

void DemoPeople::addColleagues()
{
    ui::whenReady(m_chief->signIn(kChief, passphraseOf(kChief), {}), this,
                  [this](const Result<api::SignInAnswer> &chief) {
                      if (!chief)
                          return;
                      // With the same keys a second start does nothing.
                      ui::whenReady(m_chief->addOperator(kColleague, api::Role::Support,
                                                         passphraseOf(kColleague),
                                                         QStringLiteral("demo:colleague")),
                                    this, [](const Result<api::CommandResult> &) {});
                      ui::whenReady(m_chief->addOperator(
                                        kTreasurer, api::Role::Senior | api::Role::Finance,
                                        passphraseOf(kTreasurer), QStringLiteral("demo:treasurer")),
                                    this,
                                    [this](const Result<api::CommandResult> &) { changeRules(); });
                  });
}

/// So that the rules have a history.
void DemoPeople::changeRules()
{
    ui::whenReady(m_chief->submit(QStringLiteral("policy.refund_rules"),
                                  {{"v", 1},
                                   {"waits_hours", 48},
                                   {"day_support", Money::fromCents(1500).micros()},
                                   {"reason", "Nobody of Finance is here on Sunday"}},
                                  QStringLiteral("demo:rules")),
                  this,
                  [this](const Result<api::CommandResult> &) { m_timer.start(kLookInterval); });
}

/// The newest calls that were charged.
void DemoPeople::look()
{
    if (m_hasAsked && m_hasAskedForMoney && m_hasAskedInBulk)
        m_timer.stop();
    if (!m_hasAskedForMoney && !m_isAskingForMoney)
        lookForMoney();
    const QList<api::FilterTerm> charged = {{.field = QStringLiteral("cost"),
                                             .comparison = api::FilterTerm::Comparison::Above,
                                             .value = QStringLiteral("0")}};
    ui::whenReady(m_console.backend().calls.listCalls(
                      {.filter = charged, .after = {}, .limit = kCallsInBulk, .isCounted = false}),
                  this, [this](const Result<api::Page<api::CallRow>> &page) {
                      if (!page || page->rows.isEmpty())
                          return;
                      if (!m_isAsking && !m_hasAsked)
                          askRefund(page->rows.first().id, page->rows.first().charged);
                      if (page->rows.size() == kCallsInBulk && m_hasAskedForMoney &&
                          !m_hasAskedInBulk)
                          askInBulk();
                  });
}

void DemoPeople::askRefund(api::CallId call, Money amount)
{
    m_isAsking = true;
    ui::whenReady(
        m_colleague->signIn(kColleague, passphraseOf(kColleague), {}), this,
        [this, call, amount](const Result<api::SignInAnswer> &colleague) {
            if (!colleague) {
                m_isAsking = false;
                return;
            }
            const api::RefundWish wish{.call = call,
                                       .amount = amount,
                                       .reason = QStringLiteral("bad_audio"),
                                       .note = QStringLiteral("The customer wrote that the voice "
                                                              "was cut off.")};
            ui::whenReady(m_colleague->submit(QStringLiteral("refund.request"), api::toJson(wish),
                                              QStringLiteral("demo:refund")),
                          this, [this](const Result<api::CommandResult> &result) {
                              m_isAsking = false;
                              m_hasAsked = result && result->state == api::CommandState::Done;
                          });
        });
}

/// Somebody who has enough for a payout.
void DemoPeople::lookForMoney()
{
    ui::whenReady(m_console.backend().customers.listCustomers(
                      {.filter = {}, .after = {}, .limit = 50, .isCounted = false}),
                  this, [this](const Result<api::Page<api::CustomerRow>> &page) {
                      if (!page || m_isAskingForMoney)
                          return;
                      for (const api::CustomerRow &row : page->rows) {
                          if (row.available >= kMoneyLeft)
                              return askForMoney(row.id);
                      }
                  });
}

void DemoPeople::askForMoney(CustomerId customer)
{
    m_isAskingForMoney = true;
    ui::whenReady(m_treasurer->signIn(kTreasurer, passphraseOf(kTreasurer), {}), this,
                  [this, customer](const Result<api::SignInAnswer> &treasurer) {
                      if (!treasurer) {
                          m_isAskingForMoney = false;
                          return;
                      }
                      ui::whenReady(m_treasurer->submit(
                                        QStringLiteral("adjustment.request"),
                                        {{"v", 1},
                                         {"customer", customer.value},
                                         {"kind", "goodwill"},
                                         {"amount", kGoodwill.micros()},
                                         {"reason", "The line was bad for a week, ticket 4711"}},
                                        QStringLiteral("demo:goodwill")),
                                    this, [this, customer](const Result<api::CommandResult> &) {
                                        askPayout(customer);
                                    });
                  });
}

void DemoPeople::askPayout(CustomerId customer)
{
    ui::whenReady(
        m_treasurer->submit(QStringLiteral("payout.request"),
                            {{"v", 1},
                             {"customer", customer.value},
                             {"amount", kPayout.micros()},
                             {"destination", "USDT-TRC20 TQrZ8tKf7Jv1NYwq4nJ5bXhD2sLmE9aPzk"},
                             {"reason", "Paid in twice by mistake, asked for in writing"}},
                            QStringLiteral("demo:payout")),
        this, [this](const Result<api::CommandResult> &result) {
            m_isAskingForMoney = false;
            m_hasAskedForMoney = result && result->state == api::CommandState::Done;
        });
}

/// Half of every call of the last day, by who has asked for the payout.
void DemoPeople::askInBulk()
{
    m_hasAskedInBulk = true; // once, whatever comes of it
    const Timestamp now = m_console.backend().clock.now();
    const api::BulkRefundWish wish{.query = {.from = now - 24h, .to = now},
                                   .share = api::RefundShare::Half,
                                   .reason = QStringLiteral("bad_audio"),
                                   .note = QStringLiteral("The provider's voices broke off.")};
    ui::whenReady(m_treasurer->submit(QStringLiteral("refund.bulk.preview"), api::toJson(wish),
                                      QStringLiteral("demo:bulk-preview")),
                  this, [this, wish](const Result<api::CommandResult> &result) {
                      const auto preview = result && result->state == api::CommandState::Done
                                               ? api::bulkPreviewFromJson(result->answer)
                                               : Result<api::BulkRefundPreview>(failure({}));
                      if (!preview)
                          return;
                      Json payload = api::toJson(wish);
                      payload["hash"] = preview->hash;
                      payload["key"] = "voices-broke-off";
                      ui::whenReady(m_treasurer->submit(QStringLiteral("refund.bulk.request"),
                                                        payload, QStringLiteral("demo:bulk")),
                                    this, [](const Result<api::CommandResult> &) {});
                  });
}

bool DemoPeople::signIn()
{
    QEventLoop loop;
    bool isIn = false;
    QTimer::singleShot(kPatience, &loop, &QEventLoop::quit);
    ui::whenReady(m_console.client().signIn(kChief, passphraseOf(kChief), {}), &loop,
                  [&](const Result<api::SignInAnswer> &who) {
                      isIn = who.has_value();
                      loop.quit();
                  });
    loop.exec();
    return isIn;
}

} // namespace console
