#pragma once

#include "api/refunds.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/support/display.h"

namespace ui {

[[nodiscard]] RequestStateWords batchStateWords(const api::RefundBatch &batch);
/// Of what becomes of a call: "planned", "done", "refused", "left".
[[nodiscard]] RequestStateWords batchCallStateWords(const QString &state);
/// The states there are, with the words that a filter knows them by.
[[nodiscard]] QList<std::pair<QString, QString>> batchStateFilterWords();
[[nodiscard]] QList<std::pair<QString, QString>> batchCallStateFilterWords();
/// "B-3140".
[[nodiscard]] QString batchName(api::BatchId id);
/// "Ended as error_asr, in US, 2026-11-20 08:00 to 09:30 UTC".
[[nodiscard]] QString batchQueryWords(const api::BulkRefundQuery &query, const Display &display);
/// What is given back: "All that is left of each".
[[nodiscard]] QString batchShareWords(const api::BulkRefundWish &wish);
/// How far it is, or how it ended: "15 of 24 given back, 1 refused".
[[nodiscard]] QString batchProgressWords(const api::RefundBatch &batch);
/// Asked for by who sits here.
[[nodiscard]] bool isOwnBatch(const api::RefundBatch &batch, const api::Session &session);
/// Why who sits here may not agree to it; empty: they may. The server decides by the same.
[[nodiscard]] QString whyNotApproveBatch(const api::RefundBatch &batch,
                                         const api::Session &session);
/// Why a call gets nothing, or was refused: the server's English, with a capital.
[[nodiscard]] QString batchWhyWords(const QString &why);

} // namespace ui
