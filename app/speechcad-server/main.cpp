#include "core/assert.h"
#include "core/log.h"
#include "core/test_clock.h"
#include "output.h"
#include "verbs.h"

#include <QCoreApplication>

namespace {

using server::Arguments;

core::SettingsUse useOf(const QString &verb)
{
    const bool needsProviders = verb == QLatin1String("run") ||
                                verb == QLatin1String("webhook set") ||
                                verb == QLatin1String("doctor");
    return needsProviders ? core::SettingsUse::Server : core::SettingsUse::DatabaseOnly;
}

using Verb = std::function<int(const Arguments &, const core::Settings &, const Clock &)>;

Verb withoutClock(int (*verb)(const Arguments &, const core::Settings &))
{
    return [verb](const Arguments &arguments, const core::Settings &settings, const Clock &) {
        return verb(arguments, settings);
    };
}

using Verbs = QHash<QString, Verb>;

Verbs serverVerbs()
{
    return {{QStringLiteral("run"), server::run},
            {QStringLiteral("status"), server::status},
            {QStringLiteral("migrate"), withoutClock(server::migrate)},
            {QStringLiteral("ledger verify"), withoutClock(server::ledgerVerify)},
            {QStringLiteral("ledger export"), server::ledgerExport},
            {QStringLiteral("ledger balance"), server::ledgerBalance},
            {QStringLiteral("ledger trial-balance"), withoutClock(server::ledgerTrialBalance)},
            {QStringLiteral("ledger statement"), server::ledgerStatement},
            {QStringLiteral("ledger explain"), withoutClock(server::ledgerExplain)},
            {QStringLiteral("audit verify"), withoutClock(server::auditVerify)},
            {QStringLiteral("webhook set"), withoutClock(server::webhookSet)},
            {QStringLiteral("audit list"), withoutClock(server::auditList)},
            {QStringLiteral("import"), withoutClock(server::importCustomers)}};
}

Verbs staffVerbs()
{
    return {{QStringLiteral("operator add"), server::operatorAdd},
            {QStringLiteral("operator reset"), server::operatorReset},
            {QStringLiteral("sign-in"), withoutClock(server::signIn)},
            {QStringLiteral("second-factor needed"), withoutClock(server::secondFactorNeeded)},
            {QStringLiteral("sign-out"), withoutClock(server::signOut)},
            {QStringLiteral("operator list"), withoutClock(server::operatorList)},
            {QStringLiteral("operator sessions"), withoutClock(server::operatorSessions)},
            {QStringLiteral("operator end-session"), withoutClock(server::operatorEndSession)},
            {QStringLiteral("operator roles"), withoutClock(server::operatorRoles)},
            {QStringLiteral("operator deactivate"), withoutClock(server::operatorDeactivate)},
            {QStringLiteral("operator activate"), withoutClock(server::operatorActivate)},
            {QStringLiteral("second-factor begin"), withoutClock(server::secondFactorBegin)},
            {QStringLiteral("second-factor confirm"), withoutClock(server::secondFactorConfirm)},
            {QStringLiteral("second-factor clear"), withoutClock(server::secondFactorClear)},
            {QStringLiteral("reveal number"), withoutClock(server::revealNumber)},
            {QStringLiteral("reveal customer"), withoutClock(server::revealCustomer)},
            {QStringLiteral("reveal transcript"), withoutClock(server::revealTranscript)},
            {QStringLiteral("reveal destination"), withoutClock(server::revealDestination)},
            {QStringLiteral("calls list"), withoutClock(server::callsList)},
            {QStringLiteral("calls stop"), withoutClock(server::callsStop)},
            {QStringLiteral("calls stop-all"), withoutClock(server::callsStopAll)},
            {QStringLiteral("calls resume"), withoutClock(server::callsResume)},
            {QStringLiteral("plan list"), server::planList},
            {QStringLiteral("plan show"), withoutClock(server::planShow)},
            {QStringLiteral("plan set-price"), withoutClock(server::planSetPrice)},
            {QStringLiteral("rates list"), withoutClock(server::ratesList)},
            {QStringLiteral("rates set"), withoutClock(server::ratesSet)}};
}

Verbs givingVerbs()
{
    return {{QStringLiteral("refund"), withoutClock(server::refund)},
            {QStringLiteral("refund list"), withoutClock(server::refundList)},
            {QStringLiteral("refund approve"), withoutClock(server::refundApprove)},
            {QStringLiteral("refund reject"), withoutClock(server::refundReject)},
            {QStringLiteral("refund reverse"), withoutClock(server::refundReverse)},
            {QStringLiteral("adjust"), withoutClock(server::adjust)},
            {QStringLiteral("adjust approve"), withoutClock(server::adjustApprove)},
            {QStringLiteral("adjust reject"), withoutClock(server::adjustReject)},
            {QStringLiteral("adjust list"), withoutClock(server::adjustList)},
            {QStringLiteral("payout"), withoutClock(server::payout)},
            {QStringLiteral("payout approve"), withoutClock(server::payoutApprove)},
            {QStringLiteral("payout reject"), withoutClock(server::payoutEnd)},
            {QStringLiteral("payout paid"), withoutClock(server::payoutEnd)},
            {QStringLiteral("payout failed"), withoutClock(server::payoutEnd)},
            {QStringLiteral("payout list"), withoutClock(server::payoutList)},
            {QStringLiteral("refund rules"), withoutClock(server::refundRules)},
            {QStringLiteral("refund set-rules"), withoutClock(server::refundSetRules)}};
}

Verbs depositVerbs()
{
    return {{QStringLiteral("deposit list"), withoutClock(server::depositList)},
            {QStringLiteral("deposit show"), withoutClock(server::depositShow)},
            {QStringLiteral("deposit accept"), withoutClock(server::depositDecide)},
            {QStringLiteral("deposit accept-part"), withoutClock(server::depositDecide)},
            {QStringLiteral("deposit credit-excess"), withoutClock(server::depositDecide)},
            {QStringLiteral("deposit refuse"), withoutClock(server::depositDecide)},
            {QStringLiteral("deposit match"), withoutClock(server::depositDecide)},
            {QStringLiteral("deposit reverse"), withoutClock(server::depositReverse)},
            {QStringLiteral("deposit rules"), withoutClock(server::depositRules)},
            {QStringLiteral("deposit set-rules"), withoutClock(server::depositSetRules)},
            {QStringLiteral("deposit pause"), withoutClock(server::depositSwitch)},
            {QStringLiteral("deposit resume"), withoutClock(server::depositSwitch)},
            {QStringLiteral("deposit margin"), server::depositMargin},
            {QStringLiteral("deposit comparisons"), withoutClock(server::depositComparisons)}};
}

int runVerb(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    if (arguments.verb.startsWith(QLatin1String("refund bulk ")))
        return server::refundBulk(arguments, settings);
    for (const Verbs &verbs : {serverVerbs(), staffVerbs(), givingVerbs(), depositVerbs()}) {
        if (const auto verb = verbs.constFind(arguments.verb); verb != verbs.cend())
            return (*verb)(arguments, settings, clock);
    }
    CORE_ASSERT(false); // every shape of arguments.cpp has its verb here
    return server::BadUsage;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("speechcad-server"));
    const auto arguments = server::readArguments(QCoreApplication::arguments().mid(1));
    if (!arguments)
        return server::BadUsage;
    if (arguments->verb == QLatin1String("help"))
        return server::Good;
    if (arguments->verb == QLatin1String("translations check"))
        return server::translationsCheck(*arguments);

    const core::SettingsSource source = core::SettingsSource::ofProcess();
    const auto settings = core::readSettings(source, useOf(arguments->verb));
    const auto databaseSettings = core::readSettings(source, core::SettingsUse::DatabaseOnly);
    core::installLog(databaseSettings && databaseSettings->logJson ? core::LogFormat::JsonLines
                                                                   : core::LogFormat::Text);
    if (arguments->verb == QLatin1String("doctor") && databaseSettings)
        return server::doctor(*arguments, *databaseSettings,
                              settings ? QStringList() : settings.error());
    if (!settings) {
        for (const QString &problem : settings.error())
            server::printError(problem);
        return server::CannotRun;
    }
    const auto clock = core::processClock();
    if (!clock)
        return server::cannotRun(arguments->isJson, clock.error());
    return runVerb(*arguments, *settings, **clock);
}
