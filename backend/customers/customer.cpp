#include "customers/customer.h"

#include "ledger/transfer.h"

namespace customers {

namespace {

constexpr qsizetype kNameCharactersMax = 100;

} // namespace

QString termsVersion()
{
    return QStringLiteral("2026-11");
}

QString laneOf(CustomerId customer)
{
    return QStringLiteral("customer:%1").arg(customer.value);
}

Result<std::optional<Customer>> find(database::Transaction &transaction, CustomerId customer)
{
    const auto rows = transaction.run(
        QStringLiteral(
            "SELECT name, language, terms_version, is_reachable FROM customers WHERE id = ?"),
        {customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Customer>();
    const database::Row row = rows->first();
    return std::optional(Customer{.id = customer,
                                  .name = row.text("name"),
                                  .language = row.text("language"),
                                  .acceptedTerms = row.text("terms_version"),
                                  .isReachable = row.boolean("is_reachable")});
}

Result<Customer> create(engine::Context &context, CustomerId customer, const QString &name,
                        const QString &language)
{
    if (auto opened = ledger::openWallet(context.transaction(), customer); !opened)
        return failure(opened.error());
    Customer made = {.id = customer,
                     .name = name.left(kNameCharactersMax),
                     .language = language,
                     .acceptedTerms = {}};
    const auto inserted = context.transaction().run(
        QStringLiteral("INSERT INTO customers (id, name, language, created_at, cause_id) VALUES "
                       "(?, ?, ?, ?::timestamptz, ?)"),
        {customer.value, made.name, language, core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    context.changed(Topic::Customer, customer.value);
    return made;
}

Result<void> setLanguage(engine::Context &context, Customer &customer, const QString &language)
{
    const auto updated =
        context.transaction().run(QStringLiteral("UPDATE customers SET language = ? WHERE id = ?"),
                                  {language, customer.id.value});
    if (!updated)
        return failure(updated.error());
    customer.language = language;
    context.changed(Topic::Customer, customer.id.value);
    return {};
}

Result<void> acceptTerms(engine::Context &context, Customer &customer)
{
    const auto updated =
        context.transaction().run(QStringLiteral("UPDATE customers SET terms_version = ?, "
                                                 "terms_accepted_at = ?::timestamptz WHERE id = ?"),
                                  {termsVersion(), core::toIso(context.now()), customer.id.value});
    if (!updated)
        return failure(updated.error());
    customer.acceptedTerms = termsVersion();
    context.changed(Topic::Customer, customer.id.value);
    return {};
}

Result<void> setReachable(engine::Context &context, CustomerId customer, bool isReachable)
{
    const auto updated = context.transaction().run(
        QStringLiteral("UPDATE customers SET is_reachable = ? WHERE id = ? AND is_reachable <> ?"),
        {isReachable, customer.value, isReachable});
    if (!updated)
        return failure(updated.error());
    context.changed(Topic::Customer, customer.value);
    return {};
}

} // namespace customers
