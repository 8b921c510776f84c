#pragma once

#include "calls/script_content.h"
#include "calls/script_id.h"
#include "customers/customer.h"

#include <vector>

namespace calls {

/// One version of a script; it never changes.
struct ScriptVersion {
    ScriptVersionId id;
    ScriptId script;
    CustomerId customer;
    int number = 0;
    QString onBehalfOf; // named in the sentence that every call begins with
    ScriptContent content;
};

/// The rows of scripts and script_versions: the only SQL that writes them.
[[nodiscard]] Result<ScriptVersion> insertScript(engine::Context &context,
                                                 const customers::Customer &customer,
                                                 const ScriptContent &content);
/// The script's next version. A content that is the newest one's already makes none, and is
/// answered with that. NotFound: not this customer's, or deleted.
[[nodiscard]] Result<ScriptVersion> insertVersion(engine::Context &context,
                                                  const customers::Customer &customer,
                                                  ScriptId script, const ScriptContent &content);
/// It is offered no more; its versions stay, since calls refer to them.
[[nodiscard]] Result<void> deleteScript(engine::Context &context, CustomerId customer,
                                        ScriptId script);

/// The newest version of a customer's script. Absent: not this customer's, or deleted.
[[nodiscard]] Result<std::optional<ScriptVersion>> findScript(database::Transaction &transaction,
                                                              CustomerId customer, ScriptId script);
/// Newest scripts first, of each its newest version.
[[nodiscard]] Result<std::vector<ScriptVersion>> listScripts(database::Transaction &transaction,
                                                             CustomerId customer, int limit);
/// NotFound: no such version.
[[nodiscard]] Result<ScriptVersion> versionOf(database::Transaction &transaction,
                                              ScriptVersionId id);

/// May this customer make another script or version? Each makes an engine and an agent at the
/// provider, so one customer must not make them without end.
enum class WriteLimit {
    None,
    Scripts,
    VersionsADay,
};
constexpr int kScriptsMax = 20;
constexpr int kVersionsADayMax = 40;
[[nodiscard]] Result<WriteLimit> writeLimit(engine::Context &context, CustomerId customer,
                                            bool isNewScript);

} // namespace calls
