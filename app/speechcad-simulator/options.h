#pragma once

#include "core/settings.h"

#include <QStringList>

namespace simulator {

/// How DynoPay's webhooks are signed.
enum class Signing {
    None,
    V1,
    V2,
    Both,
    Rotated,     // two v1 in the V2 header: the new secret's and the old one's
    WrongSecret, // V2 with a secret nobody knows
    Stale,       // V2 of an hour ago
    Documented,  // plain HMAC of the body, as the provider's pages say: never verifies
};
[[nodiscard]] std::optional<Signing> signingFrom(const QString &text);

enum class Generation {
    Old, // flat payload to redirect_uri, unsigned, no payment status route
    New,
};

struct Options {
    core::ListenAddress listen;
    QString scenario; // a file, "demo", or empty: only the control API acts
    quint64 seed = 0;
    QByteArray botToken;
    QByteArray apiKey;
    QByteArray walletToken;
    QList<QByteArray> webhookSecrets; // of DynoPay; the first signs
    QStringList hookBases;            // where hooks may point to; empty: any loopback address
    bool allowsHttpHooks = true;
    Signing signing = Signing::None;
    Generation generation = Generation::New;
    bool hasOutbox = true; // DynoPay's slow retries after the fast ones
    int telegramRate = 30; // a second; 0: off
    int chatRate = 1;
    int chatBurst = 4;
    int createsPerMinute = 30; // DynoPay; 0: off
    int callsPerMinute = 100;
    QByteArray retellApiKey;
    QStringList retellNumbers = {QStringLiteral("+14155550100")}; // to call from
    QString retellWebhookUrl;         // of the account; an agent's own replaces it
    int retellConcurrency = 20;       // calls at once
    double retellDialRate = 1;        // a second; 0: off
    double retellCentsPerMinute = 7;  // what Retell charges
    bool hasRetellCredit = true;      // else calls are refused
    bool retellRefusesLate = false;   // accepts what is beyond limits, and ends it as an error
    bool retellTakesAnyAgent = false; // also those of an earlier run
    int retellHookTries = 4;
    std::chrono::milliseconds retellRetryDelay{5'000};
    double timeScale = 1; // the providers' own schedules are this much faster
    int transcriptMax = 1000;
    int callLogMax = 10'000;
    bool isFast = false; // benchmarks: no limits, nothing kept that grows
};

/// Rates off and short logs.
void makeFast(Options &options);

} // namespace simulator
