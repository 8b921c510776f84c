#pragma once

#include "retell/retell_call.h"

namespace simulator {

/// Retell's webhook sender: signed, up to four tries, in order but not waiting for each other.
class CallHooks final {
public:
    explicit CallHooks(World &world);

    /// Tells an event of a call as its plan has it, with the call as it is now.
    void tell(const RetellCallPtr &call, const QString &event);
    /// Sends it whatever was told before and whatever the agent listens to.
    void replay(const RetellCall &call, const QString &event);
    [[nodiscard]] qsizetype pendingCount() const { return m_pendingCount; }

private:
    struct Hook {
        QString event;
        QString callId;
        RetellHook target;
        QByteArray body;
        CallPlan::Signing signing = CallPlan::Signing::Good;
        int attempts = 0;
        std::function<void()> whenDone; // delivered, given up, lost or held
    };
    using HookPtr = std::shared_ptr<Hook>;

    [[nodiscard]] HookPtr makeHook(const RetellCall &call, const QString &event) const;
    void tellAll(const RetellCallPtr &call);
    void queue(const RetellCallPtr &call, const QList<HookPtr> &hooks);
    void sendNext(const RetellCallPtr &call);
    void send(const RetellCall &call, const HookPtr &hook);
    void dispatch(const HookPtr &hook);
    static void done(const HookPtr &hook);
    void start(const HookPtr &hook);
    void attempt(const HookPtr &hook);
    void answered(const HookPtr &hook, const HookAnswer &answer, Timestamp at);
    [[nodiscard]] QList<http::Header> headersOf(const Hook &hook) const;

    World &m_world;
    struct Queue {
        QList<HookPtr> waiting;
        bool isBusy = false;
    };
    QHash<QString, QList<HookPtr>> m_kept; // by call: told at its end
    QHash<QString, Queue> m_queues;        // by call: told in turn
    qsizetype m_pendingCount = 0;
};

} // namespace simulator
