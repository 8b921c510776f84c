#pragma once

#include "ledger/seal_book.h"
#include "ledger/seal_keeper.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"

#include <QTemporaryDir>

namespace tests {

/// A database whose ledger and audit grow and are sealed, and the folder with the file of seals.
class SealStage {
public:
    explicit SealStage(const QString &url)
        : m_url(url)
        , m_connection(openConnection(url))
        , m_signer(kInstallationKey)
        , m_book(m_directory.path())
    {
        for (qint64 customer = 1; customer <= 3; ++customer)
            addCustomer(*m_connection, customer, QStringLiteral("Customer"));
    }

    [[nodiscard]] const QString &url() const { return m_url; }
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    [[nodiscard]] database::Connection &connection() { return *m_connection; }
    [[nodiscard]] const seals::Signer &signer() const { return m_signer; }
    [[nodiscard]] const ledger::SealBook &book() const { return m_book; }
    [[nodiscard]] qint64 number(const char *sql)
    {
        return tests::number(*m_connection, u'(' + QString::fromLatin1(sql) + u')');
    }
    [[nodiscard]] qint64 count(const char *table)
    {
        return tests::number(*m_connection,
                             QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(table)));
    }

    /// `n` deposits, each with a plan bought, and `n` audit rows.
    void addRows(int n)
    {
        for (int i = 0; i < n; ++i) {
            const qint64 customer = 1 + m_made % 3;
            const QString key = QString::number(++m_made);
            const auto paid = credit(
                *m_connection,
                {.customer = CustomerId{customer}, .amount = usd(20 + m_made), .payment = key});
            const auto bought =
                post(*m_connection, plan(customer, QStringLiteral("renewal:") + key, usd(m_made)));
            const auto audited = m_connection->run(
                QStringLiteral("INSERT INTO audit (at, operator_name, roles, action, object, "
                               "result, reason, origin, cause_id) VALUES (?::timestamptz, 'maria', "
                               "'{admin}', 'refund.execute', ?, 'done', 'bad_audio', 'local', 1)"),
                {core::toIso(kMorning), QStringLiteral("call ") + key});
            if (!paid || !bought || !audited)
                qFatal("no rows");
        }
    }
    /// What one minute does; how many seals it made.
    [[nodiscard]] int seal(Timestamp now = kMorning)
    {
        const auto sealed = ledger::SealKeeper::sealAll(*m_connection, m_signer, m_book, now);
        if (!sealed)
            qFatal("not sealed: %s", qUtf8Printable(sealed.error().detail));
        return *sealed;
    }
    [[nodiscard]] ledger::SealReport verify() { return verify(m_signer.publicKey()); }
    [[nodiscard]] ledger::SealReport verify(const QByteArray &publicKey)
    {
        const auto verified = ledger::verify(
            *m_connection, ledger::SealCheck{.publicKey = publicKey, .file = m_book.file()});
        if (!verified || !verified->problems.isEmpty())
            qFatal("not verified");
        return *verified->seals;
    }

private:
    QTemporaryDir m_directory;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    seals::Signer m_signer;
    ledger::SealBook m_book;
    qint64 m_made = 0;
};

} // namespace tests
