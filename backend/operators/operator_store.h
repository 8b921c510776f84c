#pragma once

#include "api/operators.h"
#include "database/transaction.h"

namespace operators {

using api::OperatorId;
using api::Role;
using api::Roles;
using SessionId = core::Id<struct SessionTag>;

/// "support", ... as the database and the command line write them.
[[nodiscard]] QStringList namesOf(Roles roles);
/// BadInput: a name that is no role, or none at all.
[[nodiscard]] Result<Roles> rolesFrom(const QStringList &names);
/// The text of a PostgreSQL array of role names, as a text column: "{support,senior}".
[[nodiscard]] Roles rolesFromArray(const QString &array);

struct Operator {
    OperatorId id;
    QString name;
    QString passphraseHash;
    Roles roles;
    QString language;
    bool isActive = true;
};

/// Lower case, digits, '.', '_', '-'; 2 to 32 characters. BadInput otherwise.
[[nodiscard]] Result<QString> checkedName(const QString &name);

[[nodiscard]] Result<std::optional<Operator>> findOperator(database::Transaction &transaction,
                                                           const QString &name);
[[nodiscard]] Result<qint64> countOperators(database::Transaction &transaction);

struct NewOperator {
    QString name;
    QString passphraseHash;
    Roles roles;
    QString language = QStringLiteral("en");
};
/// Duplicate: the name is taken.
[[nodiscard]] Result<OperatorId> addOperator(database::Transaction &transaction,
                                             const NewOperator &wanted, InboxId cause,
                                             Timestamp now);
/// From the next command on. ConstraintViolated: no active Admin would remain.
[[nodiscard]] Result<void> setRoles(database::Transaction &transaction, OperatorId id, Roles roles,
                                    InboxId cause, Timestamp now);
/// The same; whoever is made inactive has no session any more.
[[nodiscard]] Result<void> setActive(database::Transaction &transaction, OperatorId id,
                                     bool isActive, InboxId cause, Timestamp now);
/// Gives a new passphrase and ends every session of that operator.
[[nodiscard]] Result<void> resetPassphrase(database::Transaction &transaction, OperatorId id,
                                           const QString &passphraseHash, InboxId cause,
                                           Timestamp now);

/// One operator, who is Admin, takes the decisions of two. Void as soon as there is a second one.
[[nodiscard]] Result<void> setSolo(database::Transaction &transaction, bool isSolo);
/// Lets consoles seal what only this server may read.
[[nodiscard]] Result<void> publishSealingKey(database::Transaction &transaction,
                                             const QByteArray &publicKey);

struct NewSession {
    OperatorId id;
    QByteArray tokenSha256;
    QString origin;
    std::chrono::seconds idle;
    std::chrono::seconds lifetime;
};
[[nodiscard]] Result<SessionId> openSession(database::Transaction &transaction,
                                            const NewSession &wanted, InboxId cause, Timestamp now);
[[nodiscard]] Result<void> endSession(database::Transaction &transaction, SessionId id,
                                      const QString &reason, Timestamp now);

/// Absent: there is none, or it has ended.
[[nodiscard]] Result<std::optional<OperatorId>>
operatorOfOpenSession(database::Transaction &transaction, SessionId id);

enum class AuditResult {
    Done,
    Denied,
    Failed,
    Expired,
};

/// One line of the audit, never changed again. No phone number, no secret, no text of a customer.
struct AuditLine {
    std::optional<OperatorId> operatorId = {};
    QString operatorName = {}; // as typed, where it is nobody's
    Roles roles = {};
    QString action;      // "refund.execute", "sign-in"
    QString object = {}; // "call 12"
    AuditResult result = AuditResult::Done;
    QString reason = {};
    QString origin = {};
};
[[nodiscard]] Result<void> writeAudit(database::Transaction &transaction, const AuditLine &line,
                                      InboxId cause, Timestamp now);

} // namespace operators
