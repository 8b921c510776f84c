#include "ui/pages/calls/call_words.h"

#include "ui/support/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

using State = api::CallState;

constexpr std::chrono::seconds kBilledMin{6}; // money.md: what a connected call costs at least
constexpr int kThousandths = 1000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Calls)
};

CallStateWords make(const char *code, const QString &word, const char *iconName, Token tone,
                    bool needsPerson = false)
{
    return {.code = QLatin1String(code),
            .word = word,
            .iconName = QLatin1String(iconName),
            .tone = tone,
            .needsPerson = needsPerson};
}

CallStateWords makeWords(State state)
{
    switch (state) {
    case State::Asked: return make("asked", Words::tr("Asked"), "hourglass", Token::Muted);
    case State::Queued: return make("queued", Words::tr("Queued"), "calendar-clock", Token::Info);
    case State::Dialling:
        return make("dialling", Words::tr("Dialling"), "phone-outgoing", Token::Info);
    case State::Unknown:
        return make("unknown", Words::tr("Not known"), "circle-help", Token::Warn, true);
    case State::Talking: return make("talking", Words::tr("Talking"), "phone-call", Token::Good);
    case State::Ending: return make("ending", Words::tr("Ending"), "phone-off", Token::Warn);
    case State::Ended: return make("ended", Words::tr("Ended"), "circle-minus", Token::Muted);
    case State::NotConnected:
        return make("not_connected", Words::tr("No answer"), "phone-off", Token::Muted);
    case State::Failed: return make("failed", Words::tr("Failed"), "circle-x", Token::Bad);
    case State::Refused: return make("refused", Words::tr("Refused"), "ban", Token::Muted);
    case State::Cancelled: return make("cancelled", Words::tr("Cancelled"), "x", Token::Muted);
    }
    Q_UNREACHABLE();
}

} // namespace

const CallStateWords &wordsOf(api::CallState state)
{
    // Made on first use, after the translation of the console has been installed.
    static const std::vector<CallStateWords> all = [] {
        std::vector<CallStateWords> words;
        for (int i = 0; i <= int(State::Cancelled); ++i)
            words.push_back(makeWords(static_cast<State>(i)));
        return words;
    }();
    return all[static_cast<std::size_t>(state)];
}

QList<FilterWord> callStateFilterWords()
{
    QList<FilterWord> words;
    for (int i = 0; i <= int(State::Cancelled); ++i) {
        const CallStateWords &state = wordsOf(static_cast<State>(i));
        words.append({.word = state.word.toLower().replace(u' ', u'-'), .value = state.code});
    }
    return words;
}

RulingWords wordsOf(api::Ruling ruling)
{
    const auto words = [](const QString &word, const char *iconName, Token tone) {
        return RulingWords{.word = word, .iconName = QLatin1String(iconName), .tone = tone};
    };
    switch (ruling) {
    case api::Ruling::NotJudged: return words(Words::tr("Not judged"), "shield", Token::Muted);
    case api::Ruling::Allow: return words(Words::tr("Allowed"), "shield-check", Token::Good);
    case api::Ruling::Queue: return words(Words::tr("Later"), "calendar-clock", Token::Info);
    case api::Ruling::Review: return words(Words::tr("Review"), "hourglass", Token::Warn);
    case api::Ruling::Refuse: return words(Words::tr("Refused"), "shield-x", Token::Bad);
    }
    Q_UNREACHABLE();
}

QString callName(api::CallId id)
{
    return QStringLiteral("C-%1").arg(id.value);
}

QString formatDuration(std::chrono::seconds duration)
{
    const qint64 all = std::max<qint64>(0, duration.count());
    const QString seconds = QString::number(all % 60).rightJustified(2, u'0');
    if (all < 3600)
        return QStringLiteral("%1:%2").arg(all / 60).arg(seconds);
    const QString minutes = QString::number(all / 60 % 60).rightJustified(2, u'0');
    return QStringLiteral("%1:%2:%3").arg(all / 3600).arg(minutes, seconds);
}

std::optional<std::chrono::seconds> durationOf(const api::CallRow &row, Timestamp now)
{
    using std::chrono::ceil;
    using std::chrono::seconds;
    if (api::isFinal(row.state) && row.duration.count() > 0)
        return ceil<seconds>(row.duration);
    if (!row.startedAt)
        return std::nullopt;
    const Timestamp until = row.endedAt.value_or(now);
    return std::max(seconds(0), std::chrono::floor<seconds>(until - *row.startedAt));
}

Money costOf(const api::CallRow &row, Timestamp now)
{
    const auto duration = durationOf(row, now);
    if (api::isFinal(row.state))
        return row.charged;
    if (!duration)
        return {};
    const auto billed = std::max(*duration, kBilledMin);
    return std::min(row.ratePerMinute.timesRatioUp(billed.count(), 60) + row.fee, row.hold);
}

std::optional<int> holdLeftOf(const api::CallRow &row, Timestamp now)
{
    if (api::isFinal(row.state) || !row.hold.isPositive())
        return std::nullopt;
    const Money left = row.hold - costOf(row, now);
    return int(left.timesRatioDown(kThousandths, row.hold.micros()).micros());
}

std::optional<Timestamp> stopsAt(const api::CallRow &row)
{
    if (!row.startedAt || row.longest.count() == 0)
        return std::nullopt;
    return *row.startedAt + row.longest;
}

QString formatAbout(Money amount)
{
    return formatMoney(amount.roundedDownToCents());
}

QString languageWord(const QString &tag)
{
    const QLocale locale(QString(tag).replace(u'-', u'_'));
    return tag.isEmpty() || locale.language() == QLocale::C
               ? tag
               : QLocale::languageToString(locale.language());
}

} // namespace ui
