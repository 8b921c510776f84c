// What the Translations page shows.
#include "tests/fakes/samples.h"

namespace tests {

api::TranslationCoverage sampleCoverage()
{
    struct Sample {
        const char *tag;
        const char *name;
        int missing; // of the group after the first ones
        int errors;
    };
    static const Sample samples[] = {
        {"en", "English", 0, 0},  {"hi", "हिन्दी", 2, 0},     {"zh", "简体中文", 0, 0},
        {"fr", "Français", 1, 0}, {"es", "Español", 0, 0},   {"ar", "العربية", 5, 1},
        {"ru", "Русский", 1, 0},  {"pt", "Português", 1, 0},
    };
    const QStringList groups = {
        QStringLiteral("start"), QStringLiteral("menu"),   QStringLiteral("wallet"),
        QStringLiteral("topup"), QStringLiteral("script"), QStringLiteral("call"),
        QStringLiteral("guard"), QStringLiteral("refund"), QStringLiteral("error")};
    api::TranslationCoverage coverage{
        .groups = groups, .languages = {}, .catalogue = QStringLiteral("9c41f0a7d2be")};
    for (const Sample &sample : samples) {
        api::LanguageCoverage language{.tag = QString::fromLatin1(sample.tag),
                                       .name = QString::fromUtf8(sample.name),
                                       .all = {},
                                       .groups = {},
                                       .stale = sample.missing / 2};
        for (int i = 0; i < int(groups.size()); ++i) {
            api::CoverageCell cell{.total = 24 + i * 7 % 19};
            const bool isHit = (i + sample.missing) % 4 == 1;
            cell.good = cell.total - (isHit ? sample.missing : 0);
            cell.errors = isHit && i == 4 ? sample.errors : 0;
            language.all.total += cell.total;
            language.all.good += cell.good;
            language.all.errors += cell.errors;
            language.groups.append(cell);
        }
        coverage.languages.append(language);
    }
    return coverage;
}

QList<api::TextRow> sampleTexts(const QString &language, const QString &group)
{
    const QString arabic = QStringLiteral("ar");
    const bool isComplete = language == QLatin1String("en");
    QList<api::TextRow> texts;
    const auto add = [&](const char *name, const char *source, const char *translation,
                         api::TextState state, const QStringList &notes) {
        texts.append({.key = group + u'.' + QString::fromLatin1(name),
                      .state = isComplete ? api::TextState::Done : state,
                      .source = QString::fromUtf8(source),
                      .translation = QString::fromUtf8(isComplete ? source : translation),
                      .notes = isComplete ? QStringList() : notes});
    };
    add("list.title", "Your scripts", "نصوصك", api::TextState::Done, {});
    add("minutes.left", "You have %n minutes left on the {plan} plan.",
        "بقيت لديك دقائق في خطة {plan}.",
        language == arabic ? api::TextState::NeedsFix : api::TextState::Done,
        language == arabic
            ? QStringList{QStringLiteral("T05 The form for 3 to 10 has no %n, so \"5\" would not "
                                         "be shown.")}
            : QStringList());
    add("minutes.none", "No minutes are left.", "", api::TextState::Missing, {});
    add("renew.notice", "Your plan is renewed tomorrow for {amount}.",
        "تتجدد خطتك غدا مقابل {amount}.", api::TextState::Stale,
        {QStringLiteral("T14 The English text has changed since this was translated.")});
    add("renew.short", "Top up {amount} to keep your plan.", "", api::TextState::Missing, {});
    add("buy.confirm", "Buy {plan} for {amount}?", "شراء {plan} مقابل {amount}؟",
        api::TextState::Noted,
        {QStringLiteral("T17 The punctuation at the end differs from English.")});
    add("buy.done", "{plan} is yours until {date}.", "{plan} لك حتى {date}.", api::TextState::Done,
        {});
    add("autorenew.on", "Renewal is on.", "التجديد مفعل.", api::TextState::Done, {});
    add("autorenew.off", "Renewal is off.", "التجديد متوقف.", api::TextState::Done, {});
    return texts;
}

} // namespace tests
