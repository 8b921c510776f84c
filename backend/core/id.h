#pragma once

#include <QHashFunctions>

#include <compare>

namespace core {

/// An id that cannot be passed where another kind of id is wanted.
template <typename Tag> struct Id {
    qint64 value = 0;
    friend constexpr auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(Id id, size_t seed = 0) noexcept { return ::qHash(id.value, seed); }
};

using CustomerId = Id<struct CustomerTag>; // Telegram: from.id; a private chat has the same id
using DepositId = Id<struct DepositTag>;
using TransferId = Id<struct TransferTag>;
using InboxId = Id<struct InboxTag>;
using OutboxId = Id<struct OutboxTag>;

} // namespace core

using core::CustomerId;
using core::DepositId;
using core::InboxId;
using core::OutboxId;
using core::TransferId;
