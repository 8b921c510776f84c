#pragma once

#include <QString>

namespace language {

/// Where the catalogues are, embedded in the program: en.qm, en.ts, ...
[[nodiscard]] QString embeddedFolder();

} // namespace language
