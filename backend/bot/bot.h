#pragma once

#include "bot/call_dialog.h"
#include "bot/draft_dialog.h"
#include "bot/history_dialog.h"
#include "bot/menu_dialog.h"
#include "bot/plan_dialog.h"
#include "bot/problem_dialog.h"
#include "bot/scripts_dialog.h"
#include "bot/topup_dialog.h"
#include "bot/wallet_dialog.h"
#include "providers/telegram/update.h"

namespace bot {

/// What the dialogs work with; all of it outlives the bot.
struct Services {
    const customers::Messenger &messenger;
    const deposits::DepositFlow &deposits;
    const calls::CallFlow &calls;
    const calls::ScriptAgents &agents;
    const subscriptions::SubscriptionFlow &plans;
};

/// Takes Telegram updates to the dialog they belong to.
class Bot {
public:
    Bot(const Services &services, const Links &links, const QStringList &coins);

    /// Adds the routes telegram.update and telegram.unreachable.
    void addRoutes(engine::RoutingTable &routes);

private:
    [[nodiscard]] Result<engine::Outcome> update(const engine::Event &event,
                                                 engine::Context &context);
    [[nodiscard]] Result<engine::Outcome> message(engine::Context &context,
                                                  const providers::telegram::Message &message);
    [[nodiscard]] Result<engine::Outcome> tap(engine::Context &context,
                                              const providers::telegram::CallbackQuery &query);
    [[nodiscard]] Result<engine::Outcome>
    membership(engine::Context &context, const providers::telegram::MyChatMember &change);
    [[nodiscard]] Result<engine::Outcome> unreachable(const engine::Event &event,
                                                      engine::Context &context);
    /// The customer hears that it went wrong, after the last try.
    [[nodiscard]] Result<engine::Outcome> apologise(const engine::Event &event,
                                                    engine::Context &context);

    [[nodiscard]] Result<void> runMessage(Turn &turn, const providers::telegram::Message &message);
    [[nodiscard]] Result<bool> runDialog(Dialog &dialog, Turn &turn,
                                         const Conversation &conversation,
                                         const providers::telegram::Message &message);
    [[nodiscard]] Result<void> runTap(Turn &turn, const QString &data);
    [[nodiscard]] Result<customers::Customer> customerOf(engine::Context &context,
                                                         const providers::telegram::User &user);

    const customers::Messenger &m_messenger;
    StartDialog m_start;
    MenuDialog m_menu;
    WalletDialog m_wallet;
    TopupDialog m_topup;
    ScriptsDialog m_scripts;
    DraftDialog m_draft;
    CallDialog m_call;
    HistoryDialog m_history;
    ProblemDialog m_problem;
    PlanDialog m_plan;
    std::array<Dialog *, 10> m_dialogs;
};

} // namespace bot
