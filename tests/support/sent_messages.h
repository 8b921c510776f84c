#pragma once

#include "language/catalogue.h"
#include "tests/support/journey_stage.h"

namespace tests {

/// What was sent to a customer's chat, edits included, oldest first: the payloads of the outbox.
inline QList<Json> sentTo(JourneyStage &stage, qint64 customer)
{
    const auto all = core::parseJson(
        stage
            .value(QStringLiteral("SELECT jsonb_agg(payload ORDER BY id) FROM outbox WHERE lane = "
                                  "'chat:%1'")
                       .arg(customer))
            .toUtf8(),
        64);
    QList<Json> list;
    if (all && all->is_array()) {
        for (const Json &payload : *all)
            list << payload;
    }
    return list;
}

/// Empty: since the language was chosen every text was sent in it, with no English in its place,
/// and there were at least `countMin` of them. Before, nobody can know the language.
inline QString notIn(JourneyStage &stage, qint64 customer, const QString &language, int countMin)
{
    const auto catalogue = language::Catalogue::load();
    if (!catalogue)
        return catalogue.error().detail;
    int count = 0;
    bool hasChosen = false;
    for (const Json &payload : sentTo(stage, customer)) {
        for (const Json &json : payload["texts"]) {
            const auto text = language::textFromJson(json);
            if (!text)
                return QString::fromStdString(json.dump());
            hasChosen = hasChosen || text->key.name() != QStringLiteral("start.choose_language");
            if (!hasChosen)
                continue;
            const auto words = (*catalogue)->render(*text, language);
            const Json &parameters = payload["parameters"];
            const QString shown =
                core::textMember(parameters, "text")
                    .value_or(core::textMember(parameters, "caption").value_or(QString()));
            if (!words || words->isFallback || !shown.contains(words->text) ||
                core::textMember(payload, "language") != language)
                return text->key.name() + QStringLiteral(": ") + shown;
            ++count;
        }
    }
    return count >= countMin ? QString() : QStringLiteral("only %1 texts").arg(count);
}

} // namespace tests
