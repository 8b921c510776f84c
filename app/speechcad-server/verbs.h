#pragma once

#include "api/operators.h"
#include "arguments.h"
#include "core/clock.h"
#include "core/settings.h"

namespace server {

/// One function a verb; each prints its own result, as text or as one JSON object, and returns the
/// exit status.
[[nodiscard]] int run(const Arguments &arguments, const core::Settings &settings,
                      const Clock &clock);
[[nodiscard]] int status(const Arguments &arguments, const core::Settings &settings,
                         const Clock &clock);
[[nodiscard]] int migrate(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int ledgerVerify(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int auditVerify(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int ledgerExport(const Arguments &arguments, const core::Settings &settings,
                               const Clock &clock);
[[nodiscard]] int ledgerBalance(const Arguments &arguments, const core::Settings &settings,
                                const Clock &clock);
[[nodiscard]] int ledgerTrialBalance(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int ledgerStatement(const Arguments &arguments, const core::Settings &settings,
                                  const Clock &clock);
[[nodiscard]] int ledgerExplain(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int translationsCheck(const Arguments &arguments);
[[nodiscard]] int operatorAdd(const Arguments &arguments, const core::Settings &settings,
                              const Clock &clock);
[[nodiscard]] int operatorReset(const Arguments &arguments, const core::Settings &settings,
                                const Clock &clock);
[[nodiscard]] int signIn(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int secondFactorNeeded(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int signOut(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int auditList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorSessions(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorEndSession(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorRoles(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorDeactivate(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int operatorActivate(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int secondFactorBegin(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int secondFactorConfirm(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int secondFactorClear(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int revealNumber(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int revealCustomer(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int revealTranscript(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int revealDestination(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int callsList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int callsStop(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int callsStopAll(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int callsResume(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int planList(const Arguments &arguments, const core::Settings &settings,
                           const Clock &clock);
[[nodiscard]] int planShow(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int planSetPrice(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int ratesList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int ratesSet(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refund(const Arguments &arguments, const core::Settings &settings);
/// What a preview says; `isNew`: it does not wait for others yet.
[[nodiscard]] QString inWords(const api::RefundPreview &preview, bool isNew);
[[nodiscard]] int refundApprove(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refundReject(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refundReverse(const Arguments &arguments, const core::Settings &settings);
/// refund bulk preview, request, approve, cancel, list and show.
[[nodiscard]] int refundBulk(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int adjust(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int adjustApprove(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int adjustReject(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int adjustList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int payout(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int payoutApprove(const Arguments &arguments, const core::Settings &settings);
/// payout reject, paid and failed.
[[nodiscard]] int payoutEnd(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int payoutList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refundList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refundRules(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int refundSetRules(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositList(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositShow(const Arguments &arguments, const core::Settings &settings);
/// deposit accept, accept-part, credit-excess, refuse and match.
[[nodiscard]] int depositDecide(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositReverse(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositRules(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositSetRules(const Arguments &arguments, const core::Settings &settings);
/// deposit pause and resume.
[[nodiscard]] int depositSwitch(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int depositMargin(const Arguments &arguments, const core::Settings &settings,
                                const Clock &clock);
[[nodiscard]] int depositComparisons(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int importCustomers(const Arguments &arguments, const core::Settings &settings);
[[nodiscard]] int webhookSet(const Arguments &arguments, const core::Settings &settings);
/// `problems`: what is wrong with the settings; the other checks go on as far as they can.
[[nodiscard]] int doctor(const Arguments &arguments, const core::Settings &settings,
                         const QStringList &problems);

} // namespace server
