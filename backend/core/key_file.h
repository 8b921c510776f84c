#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace core {

/// The installation's key: 32 random bytes in a file of mode 0600 that only this account reads. It
/// is kept outside the database, so that whoever reads the database can neither forge a seal nor a
/// webhook address. Made when the file does not exist; two processes that start at once get the
/// same. Several servers of one database must share the file. Errors: ConfigurationInvalid, with
/// what to do.
[[nodiscard]] Result<QByteArray> readOrMakeKeyFile(const QString &path);

} // namespace core
