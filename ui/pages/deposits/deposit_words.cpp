#include "ui/pages/deposits/deposit_words.h"

#include <QCoreApplication>

namespace ui {

namespace {

using namespace std::chrono_literals;

using State = api::DepositState;

constexpr auto kSlowAfter = 15min;
constexpr auto kLateAfter = 60min;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Deposits)
};

DepositStateWords make(const char *code, const QString &word, const char *iconName, Token tone,
                       bool needsPerson = false)
{
    return {.code = QLatin1String(code),
            .word = word,
            .iconName = QLatin1String(iconName),
            .tone = tone,
            .needsPerson = needsPerson};
}

DepositStateWords makeWords(State state)
{
    switch (state) {
    case State::Created: return make("created", Words::tr("Creating"), "loader", Token::Info);
    case State::CreateFailed:
        return make("create_failed", Words::tr("Failed"), "circle-x", Token::Muted);
    case State::AwaitingPayment:
        return make("awaiting_payment", Words::tr("Waiting"), "hourglass", Token::Muted);
    case State::Detected: return make("detected", Words::tr("Seen"), "eye", Token::Info);
    case State::Confirming:
        return make("confirming", Words::tr("Confirming"), "loader", Token::Info);
    case State::Verifying: return make("verifying", Words::tr("Checking"), "loader", Token::Info);
    case State::Credited:
        return make("credited", Words::tr("Credited"), "circle-check", Token::Good);
    case State::Expired: return make("expired", Words::tr("Expired"), "timer", Token::Muted);
    case State::UnderpaidReview:
        return make("underpaid_review", Words::tr("Too little"), "circle-minus", Token::Warn, true);
    case State::OverpaidReview:
        return make("overpaid_review", Words::tr("Too much"), "plus", Token::Warn, true);
    case State::LateReview:
        return make("late_review", Words::tr("Came late"), "timer", Token::Warn, true);
    case State::MismatchReview:
        return make("mismatch_review", Words::tr("Does not match"), "circle-help", Token::Bad,
                    true);
    case State::SettlementFailedHold:
        return make("settlement_failed_hold", Words::tr("Provider problem"), "triangle-alert",
                    Token::Bad, true);
    case State::Reversed: return make("reversed", Words::tr("Reversed"), "undo", Token::Muted);
    case State::WrittenOff:
        return make("written_off", Words::tr("Written off"), "circle-minus", Token::Muted);
    }
    Q_UNREACHABLE();
}

} // namespace

const DepositStateWords &wordsOf(api::DepositState state)
{
    // Made on first use, after the translation of the console has been installed.
    static const std::vector<DepositStateWords> all = [] {
        std::vector<DepositStateWords> words;
        for (int i = 0; i <= int(State::WrittenOff); ++i)
            words.push_back(makeWords(static_cast<State>(i)));
        return words;
    }();
    return all[static_cast<std::size_t>(state)];
}

bool isFinal(api::DepositState state)
{
    switch (state) {
    case State::CreateFailed:
    case State::Credited:
    case State::Expired:
    case State::Reversed:
    case State::WrittenOff: return true;
    default: return false;
    }
}

bool isUnderWay(api::DepositState state)
{
    return state == State::Detected || state == State::Confirming || state == State::Verifying ||
           state == State::Created;
}

QList<FilterWord> depositStateFilterWords()
{
    QList<FilterWord> words;
    for (int i = 0; i <= int(State::WrittenOff); ++i) {
        const DepositStateWords &state = wordsOf(static_cast<State>(i));
        words.append({.word = state.word.toLower().replace(u' ', u'-'), .value = state.code});
    }
    return words;
}

QString depositName(DepositId id)
{
    return QStringLiteral("D-%1").arg(id.value);
}

Slowness slownessOf(const api::DepositRow &row, Timestamp now)
{
    if (!isUnderWay(row.state))
        return Slowness::Fine;
    const auto age = now - row.createdAt;
    if (age > kLateAfter)
        return Slowness::Late;
    return age > kSlowAfter ? Slowness::Slow : Slowness::Fine;
}

std::optional<std::chrono::seconds> ageOf(const api::DepositRow &row, Timestamp now)
{
    using std::chrono::seconds;
    if (!isFinal(row.state))
        return std::chrono::duration_cast<seconds>(now - row.createdAt);
    const auto end = row.lastWebhookAt ? row.lastWebhookAt : row.lastCheckAt;
    if (!end)
        return std::nullopt;
    return std::chrono::duration_cast<seconds>(*end - row.createdAt);
}

} // namespace ui
