#include "options.h"

namespace simulator {

std::optional<Signing> signingFrom(const QString &text)
{
    static const QHash<QString, Signing> kNames = {
        {QStringLiteral("none"), Signing::None},
        {QStringLiteral("v1"), Signing::V1},
        {QStringLiteral("v2"), Signing::V2},
        {QStringLiteral("both"), Signing::Both},
        {QStringLiteral("rotated"), Signing::Rotated},
        {QStringLiteral("wrong_secret"), Signing::WrongSecret},
        {QStringLiteral("stale"), Signing::Stale},
        {QStringLiteral("documented"), Signing::Documented},
    };
    const auto found = kNames.constFind(text);
    return found == kNames.cend() ? std::nullopt : std::optional(*found);
}

void makeFast(Options &options)
{
    options.isFast = true;
    options.telegramRate = 0;
    options.chatRate = 0;
    options.createsPerMinute = 0;
    options.callsPerMinute = 0;
    options.retellDialRate = 0;
    options.transcriptMax = 16;
    options.callLogMax = 0;
}

} // namespace simulator
