#pragma once

#include "database/connection.h"

#include <libpq-fe.h>

namespace database {

using OwnedResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// The statement with `$1`, `$2`, ... for its `?`, as libpq prepares it. Quotes and comments keep
/// theirs.
[[nodiscard]] QByteArray withNumberedParameters(const QString &sql);

/// Values as libpq sends them, beside the statement and never in its text: bytes as they are,
/// everything else as text that PostgreSQL reads by the parameter's type.
class Parameters {
public:
    explicit Parameters(const Values &values);
    /// False: a text holds the character 0, where libpq would cut it off.
    [[nodiscard]] bool areSendable() const { return m_areSendable; }
    [[nodiscard]] int count() const { return static_cast<int>(m_pointers.size()); }
    [[nodiscard]] const char *const *pointers() const { return m_pointers.data(); }
    [[nodiscard]] const int *lengths() const { return m_lengths.data(); }
    [[nodiscard]] const int *formats() const { return m_formats.data(); }

private:
    QByteArrayList m_bytes;
    std::vector<const char *> m_pointers;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
    bool m_areSendable = true;
};

/// The whole result: whole numbers, booleans and bytes as such, everything else as text.
[[nodiscard]] Rows rowsOf(const PGresult *result);

} // namespace database
