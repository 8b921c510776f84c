#pragma once

#include "core/clock.h"

#include <QByteArray>

namespace seals {

/// Rows of one table with `after` < id <= `upto`, and one digest of them all: the SHA-256 of the
/// SHA-256 of each row's line, in the order of their ids. What is taken out, put in, changed or
/// exchanged gives another one.
struct Span {
    qint64 after = 0;
    qint64 upto = 0;
    qint64 rows = 0;
    QByteArray digest; // 32 bytes
    friend bool operator==(const Span &, const Span &) = default;
};

struct Seal {
    qint64 number = 0; // 1, 2, 3, ...
    Timestamp at;
    Span transfers;
    Span audit;
    QByteArray previous; // hashOf the seal before; empty: the first one
    friend bool operator==(const Seal &, const Seal &) = default;
};

/// A seal as it is kept: the very bytes that were signed, so that nobody has to write them again.
struct SignedSeal {
    QByteArray body;
    QByteArray signature; // 64 bytes, Ed25519
    friend bool operator==(const SignedSeal &, const SignedSeal &) = default;
};

[[nodiscard]] QByteArray bodyOf(const Seal &seal);
/// Errors: BadInput.
[[nodiscard]] Result<Seal> sealOf(const QByteArray &body);
/// What the next seal names as its `previous`.
[[nodiscard]] QByteArray hashOf(const SignedSeal &seal);

} // namespace seals
