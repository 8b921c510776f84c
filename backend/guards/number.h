#pragma once

#include <QString>

namespace guards {

/// What is at the other end, as far as the number tells.
enum class LineKind {
    Unknown,
    Fixed,
    Mobile,
    FixedOrMobile, // +1: always treated as mobile
    Voip,
    TollFree,
    Emergency,
    Short,
    Premium,
    SharedCost,
    Personal,
    Pager,
    Company, // "universal access"
    Voicemail,
    Satellite,
};

/// As stored: "toll_free".
[[nodiscard]] QString nameOf(LineKind kind);

struct Number {
    QString e164;   // "+33612345678"; empty: cannot be read as a number
    QString region; // "FR", never only a calling code: +1876 is Jamaica; empty: unknown
    int callingCode = 0;
    LineKind kind = LineKind::Unknown;
    bool isValid = false;
    bool isGeographic = false; // its first digits tell where it is
    friend bool operator==(const Number &, const Number &) = default;
};

/// Reads what a customer typed. Without a plus it is read as dialled in `region` ("FR"), and not at
/// all when that is empty. Emergency and short numbers are recognised with and without the calling
/// code before them.
[[nodiscard]] Number readNumber(const QString &typed, const QString &region = {});

} // namespace guards
