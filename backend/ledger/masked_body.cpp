#include "ledger/masked_body.h"

#include <QSet>

namespace ledger {

namespace {

const QString kMask = QStringLiteral("•••");

/// Members whose values are words of a protocol, amounts or ids of objects, and no person's.
bool isShown(const std::string &name)
{
    static const QSet<QString> shown = {QStringLiteral("v"),
                                        QStringLiteral("event"),
                                        QStringLiteral("event_type"),
                                        QStringLiteral("status"),
                                        QStringLiteral("type"),
                                        QStringLiteral("kind"),
                                        QStringLiteral("amount"),
                                        QStringLiteral("base_amount"),
                                        QStringLiteral("currency"),
                                        QStringLiteral("base_currency"),
                                        QStringLiteral("coin"),
                                        QStringLiteral("payment_id"),
                                        QStringLiteral("update_id"),
                                        QStringLiteral("message_id"),
                                        QStringLiteral("call"),
                                        QStringLiteral("call_id"),
                                        QStringLiteral("call_status"),
                                        QStringLiteral("disconnection_reason"),
                                        QStringLiteral("duration_ms"),
                                        QStringLiteral("deposit"),
                                        QStringLiteral("refund"),
                                        QStringLiteral("transfer"),
                                        QStringLiteral("outbox"),
                                        QStringLiteral("ok"),
                                        QStringLiteral("attempt"),
                                        QStringLiteral("attempt_id"),
                                        QStringLiteral("period"),
                                        QStringLiteral("plan"),
                                        QStringLiteral("confirmations")};
    return shown.contains(QString::fromStdString(name));
}

Json masked(const Json &value, bool isNamed)
{
    if (value.is_object()) {
        Json object = Json::object();
        for (const auto &[name, member] : value.items())
            object[name] = masked(member, isShown(name));
        return object;
    }
    if (value.is_array())
        return value.empty() ? value
                             : Json::array({QStringLiteral("%1 elements").arg(value.size())});
    if (value.is_null() || value.is_boolean() || isNamed)
        return value;
    return kMask;
}

} // namespace

Json maskedBody(const Json &body)
{
    return masked(body, false);
}

} // namespace ledger
