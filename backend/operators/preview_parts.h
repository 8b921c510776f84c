#pragma once

#include "language/catalogue.h"
#include "ledger/transfer.h"
#include "operators/command_desk.h"

namespace operators {

/// What flows of money have in common: a case that is loaded or refused, a preview read back from
/// what a command has just written and will take back, and a request that waits for others.

/// Goes on with the case that was loaded, or gives its refusal.
template <typename Case, typename Step>
[[nodiscard]] Result<CommandOutcome>
withCase(const Result<tl::expected<Case, CommandOutcome>> &loaded, Step step)
{
    if (!loaded)
        return failure(loaded.error());
    if (!*loaded)
        return loaded->error();
    return step(**loaded);
}

/// The entries of a transfer, with the customer's balances before and after.
[[nodiscard]] Result<QList<api::RefundEntry>> entriesOf(engine::Context &context,
                                                        TransferId transfer);

/// What the customer will read, and the same in the operator's language; empty: nothing is sent.
struct ShownMessage {
    QString toCustomer;
    QString toOperator;
};
[[nodiscard]] Result<ShownMessage> shownMessage(engine::Context &context,
                                                const language::Catalogue &catalogue,
                                                OutboxId message, const QString &operatorLanguage);

/// What a step of a flow wrote, besides its own record.
struct Made {
    ledger::Transfer transfer;
    OutboxId message; // 0: the customer has blocked the bot
};

/// Entries, words and balances of what `work` does; it is taken back. The caller says what was paid
/// and who has to agree.
[[nodiscard]] Result<api::RefundPreview> previewOf(engine::Context &context,
                                                   const language::Catalogue &catalogue,
                                                   const Command &command,
                                                   const std::function<Result<Made>()> &work);

/// How a transfer is called in a message; a number that is taken back again would only mislead.
[[nodiscard]] QString referenceOf(TransferId transfer, bool isShown);

/// Does it and takes it back, whatever becomes of it; what it came to.
[[nodiscard]] Result<void> undone(engine::Context &context,
                                  const std::function<Result<void>()> &work);

[[nodiscard]] bool isSameHash(const QString &left, const QString &right);
/// The refusal of what was agreed to with another preview.
[[nodiscard]] CommandOutcome figuresChanged();

/// A request that waits: `noun` names it in payloads and in the audit, `expire` is the kind of its
/// timer.
struct Waiting {
    const char *noun;
    QString expire;
};
/// Until when others may decide, by the rules of now where nothing else is said; sets the timer.
[[nodiscard]] Result<Timestamp> waitForOthers(engine::Context &context, const Waiting &what,
                                              qint64 id, const QString &lane,
                                              std::optional<std::chrono::hours> howLong = {});
[[nodiscard]] Result<void> waitUntil(engine::Context &context, const Waiting &what, qint64 id,
                                     const QString &lane, Timestamp until);
[[nodiscard]] Result<void> waitNoMore(engine::Context &context, const Waiting &what, qint64 id);
/// Nobody decided in time: the line of the audit.
[[nodiscard]] Result<void> auditExpiry(engine::Context &context, const Waiting &what, qint64 id);

} // namespace operators
