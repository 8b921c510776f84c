#pragma once

#include "core/json.h"

namespace providers::retell {

/// "my code is [6 digits]": what is spoken may hold what nobody should keep. Runs of three and more
/// digits, also with blanks, dots or dashes between them.
[[nodiscard]] QString masked(const QString &text);

/// True in the metadata of a call of which a recording may be kept. Its links are dropped from
/// every other call: the provider sends them even of a call whose audio it does not store.
inline constexpr auto kRecordedMark = "recorded";

/// Everything said, summarised or collected in a call object, masked in place; the times of single
/// words and the keys that were pressed, which would give the digits away one by one, are left out.
/// So are the links of a recording that nobody asked for.
void maskCall(Json &call);
/// The calls in a webhook or in an answer: one, a list, or a page of them.
void maskCallsIn(Json &body);

} // namespace providers::retell
