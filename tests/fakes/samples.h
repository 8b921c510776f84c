#pragma once

#include "api/backend.h"

namespace tests {

[[nodiscard]] QList<api::DepositRow> sampleDeposits(Timestamp now);
[[nodiscard]] QList<api::TransferRow> sampleTransfers(Timestamp now);
[[nodiscard]] api::DepositDetail sampleDetail(const api::DepositRow &row);
[[nodiscard]] QList<api::CallRow> sampleCalls(Timestamp now);
[[nodiscard]] api::CallDetail sampleCallDetail(const api::CallRow &row, Timestamp now);
[[nodiscard]] QList<api::CustomerRow> sampleCustomers(Timestamp now);
[[nodiscard]] QList<api::TimelineRow> sampleTimeline(Timestamp now);
[[nodiscard]] QList<api::MessageRow> sampleMessages(Timestamp now);
[[nodiscard]] QList<api::OverviewPoint> sampleSeries(Timestamp now, int hours);
[[nodiscard]] api::OverviewNumbers sampleNumbers(Timestamp now);
[[nodiscard]] api::TranslationCoverage sampleCoverage();
[[nodiscard]] QList<api::TextRow> sampleTexts(const QString &language, const QString &group);
[[nodiscard]] api::SignedIn sampleOperator(const QString &name);
[[nodiscard]] api::RefundPreview sampleRefund(Money amount);

/// The same for the same name on every page; 0 for nobody.
[[nodiscard]] qint64 sampleCustomerId(const QString &name);

} // namespace tests
