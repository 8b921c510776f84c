#pragma once

#include "api/backend.h"
#include "api/deposit_reviews.h"

namespace tests {

[[nodiscard]] QList<api::DepositRow> sampleDeposits(Timestamp now);
[[nodiscard]] QList<api::TransferRow> sampleTransfers(Timestamp now);
[[nodiscard]] api::DepositDetail sampleDetail(const api::DepositRow &row);
/// What waits about a deposit of that state; 0 or 1.
[[nodiscard]] QList<api::DepositReview> sampleReviews(const api::DepositRow &row);
/// A match of a payment that belongs to no deposit, asked for by omar.
[[nodiscard]] api::DepositReview sampleLooseReview(Timestamp now);
/// Of the action and amount that the payload names.
[[nodiscard]] api::ReviewPreview sampleReviewPreview(const Json &payload);
[[nodiscard]] QList<api::CallRow> sampleCalls(Timestamp now);
[[nodiscard]] api::CallDetail sampleCallDetail(const api::CallRow &row, Timestamp now);
[[nodiscard]] QList<api::CustomerRow> sampleCustomers(Timestamp now);
/// Regular customers have Prime, new ones have what is left of Free, the others none.
[[nodiscard]] std::optional<api::CustomerPlan> samplePlan(const api::CustomerRow &row,
                                                          Timestamp now);
[[nodiscard]] QList<api::TimelineRow> sampleTimeline(Timestamp now);
[[nodiscard]] QList<api::MessageRow> sampleMessages(Timestamp now);
[[nodiscard]] QList<api::OverviewPoint> sampleSeries(Timestamp now, int hours);
[[nodiscard]] api::OverviewNumbers sampleNumbers(Timestamp now);
[[nodiscard]] api::TranslationCoverage sampleCoverage();
[[nodiscard]] QList<api::TextRow> sampleTexts(const QString &language, const QString &group);
/// Refunds of omar, maria and omar, then adjustments and payouts too, in every state.
[[nodiscard]] QList<api::MoneyRequest> sampleRequests(Timestamp now);
[[nodiscard]] QList<api::RefundRulesVersion> sampleRules(Timestamp now);
/// Two versions; a coin and no more is paused.
[[nodiscard]] api::DepositPolicy samplePolicy(Timestamp now);
/// Of a deposit that is taken back: most of it is spent already.
[[nodiscard]] api::RefundPreview sampleReversalPreview();
/// Of adjustment.preview or payout.preview.
[[nodiscard]] api::RefundPreview sampleRequestPreview(const QString &kind, const Json &payload);
/// Of omar, ines and maria: one that waits, one that runs, and what became of others.
[[nodiscard]] QList<api::RefundBatch> sampleBatches(Timestamp now);
[[nodiscard]] QList<api::RefundBatchCall> sampleBatchCalls(const api::RefundBatch &batch);
/// Of a wish; or of the batch that the payload names, unchanged since it was asked for.
[[nodiscard]] api::BulkRefundPreview sampleBulkPreview(const Json &payload);
[[nodiscard]] QList<api::PlanPayment> samplePlanPayments(Timestamp now);
[[nodiscard]] QList<api::PersonRow> samplePeople(Timestamp now);
[[nodiscard]] QList<api::AuditRow> sampleAudit(Timestamp now);
[[nodiscard]] api::VerifyReport sampleReport(Timestamp now);
/// A charge, and the hold that it ended, with what caused them.
[[nodiscard]] QList<api::ExplainedTransfer> sampleExplanation(const api::TransferRow &row);
[[nodiscard]] api::SignedIn sampleOperator(const QString &name);
[[nodiscard]] api::RefundPreview sampleRefund(Money amount);

/// The same for the same name on every page; 0 for nobody.
[[nodiscard]] qint64 sampleCustomerId(const QString &name);

} // namespace tests
