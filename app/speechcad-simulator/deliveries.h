#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "hook_client.h"

#include <deque>
#include <functional>

namespace simulator {

/// One try at one webhook.
struct Delivery {
    quint64 number = 0;
    Timestamp at;
    QString provider;
    QString kind;  // "message", "payment.settled", "call_ended", ...
    QString about; // update_id, payment id or call id
    int attempt = 1;
    int status = 0;
    QString error = {};
    qint64 tookMs = 0; // true milliseconds, also where the clock is moved
};

class DeliveryLog final {
public:
    explicit DeliveryLog(int max);
    void add(Delivery delivery, const HookAnswer &answer);
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] quint64 count() const { return m_count; }

private:
    int m_max;
    quint64 m_count = 0;
    std::deque<Delivery> m_deliveries;
};

/// What befalls coming webhooks on their way.
class DeliveryFaults final {
public:
    enum class Fate {
        Arrives,
        Lost, // for ever
        Held, // until released
    };
    struct Plan {
        Fate fate = Fate::Arrives;
        int copies = 0; // further deliveries of the same bytes
        bool areAtOnce = false;
    };

    /// {"provider":"telegram"|"dynopay"|"retell","kind":optional,"count":N,
    ///  "lose":true | "hold":true | "duplicate":n [,"at_once":true]}
    [[nodiscard]] Result<void> add(const Json &description);
    [[nodiscard]] Plan next(const QString &provider, const QString &kind);
    void hold(std::function<void()> send) { m_held.push_back(std::move(send)); }
    /// What was held, oldest first; no longer held then.
    [[nodiscard]] std::vector<std::function<void()>> takeHeld()
    {
        return std::exchange(m_held, {});
    }
    [[nodiscard]] qsizetype heldCount() const { return static_cast<qsizetype>(m_held.size()); }
    void clear() { m_rules.clear(); }

private:
    struct Rule {
        QString provider;
        QString kind; // empty: any
        qint64 count = 1;
        Plan plan;
    };
    std::deque<Rule> m_rules;
    std::vector<std::function<void()>> m_held;
};

} // namespace simulator
