#pragma once

#include "engine/context.h"

#include <optional>

namespace customers {

/// The terms a customer accepts before the first menu. A new version is asked for once.
[[nodiscard]] QString termsVersion();

struct Customer {
    CustomerId id;
    QString name;
    QString language;        // tag of the catalogue: "fr"
    QString acceptedTerms;   // version; empty: none yet
    bool isReachable = true; // false: blocked the bot

    [[nodiscard]] bool hasAcceptedTerms() const { return acceptedTerms == termsVersion(); }
};

/// The lane of everything that concerns one customer.
[[nodiscard]] QString laneOf(CustomerId customer);

[[nodiscard]] Result<std::optional<Customer>> find(database::Transaction &transaction,
                                                   CustomerId customer);
/// With an empty wallet.
[[nodiscard]] Result<Customer> create(engine::Context &context, CustomerId customer,
                                      const QString &name, const QString &language);
[[nodiscard]] Result<void> setLanguage(engine::Context &context, Customer &customer,
                                       const QString &language);
[[nodiscard]] Result<void> acceptTerms(engine::Context &context, Customer &customer);
[[nodiscard]] Result<void> setReachable(engine::Context &context, CustomerId customer,
                                        bool isReachable);

} // namespace customers
