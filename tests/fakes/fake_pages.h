#pragma once

#include "api/backend.h"

namespace tests {

class FakeCalls final : public api::Calls {
public:
    explicit FakeCalls(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::Page<api::CallRow>>> listCalls(api::PageQuery query) override;
    QFuture<Result<QList<api::CallRow>>> loadCalls(QList<api::CallId> ids) override;
    QFuture<Result<api::CallDetail>> loadCall(api::CallId id) override;
    QFuture<Result<api::Outbound>> loadOutbound() override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

    QList<api::CallRow> rows; // newest first
    api::Outbound outbound;
    std::optional<Error> nextError;
    bool isHeld = false; // nothing is answered

private:
    const core::Clock &m_clock;
};

class FakeCustomers final : public api::Customers {
public:
    explicit FakeCustomers(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::Page<api::CustomerRow>>> listCustomers(api::PageQuery query) override;
    QFuture<Result<QList<api::CustomerRow>>> loadCustomers(QList<CustomerId> ids) override;
    QFuture<Result<api::CustomerDetail>> loadCustomer(CustomerId id) override;
    QFuture<Result<api::Page<api::TimelineRow>>> listTimeline(api::PageQuery query) override;
    QFuture<Result<api::Page<api::MessageRow>>> listMessages(api::PageQuery query,
                                                             QString language) override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

    QList<api::CustomerRow> rows;
    std::optional<Error> nextError;
    bool isHeld = false;

private:
    const core::Clock &m_clock;
};

class FakeOverview final : public api::Overview {
public:
    explicit FakeOverview(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::OverviewNumbers>> loadNumbers() override;
    QFuture<Result<QList<api::OverviewPoint>>> loadSeries(int hours) override;

    api::OverviewNumbers numbers;
    std::optional<Error> nextError;
    bool isHeld = false;

private:
    const core::Clock &m_clock;
};

class FakeTranslations final : public api::Translations {
public:
    QFuture<Result<api::TranslationCoverage>> loadCoverage() override;
    QFuture<Result<QList<api::TextRow>>> loadTexts(QString language, QString group) override;

    api::TranslationCoverage coverage;
    std::optional<Error> nextError;
    bool isHeld = false;
};

/// Knows one operator; the passphrase is "correct horse battery", the code `code`.
class FakeSession final : public api::Session {
public:
    QFuture<Result<api::SignInAnswer>> signIn(QString name, QByteArray passphrase,
                                              QByteArray code) override;
    QFuture<Result<bool>> signOut() override;
    std::optional<api::SignedIn> current() const override { return who; }
    void noteActivity() override { ++activities; }
    /// Idle for too long.
    void end();
    /// By an Admin somewhere else.
    void giveRoles(api::Roles roles);

    std::optional<api::SignedIn> who;
    QByteArray code; // empty: no second factor
    int activities = 0;
};

/// Remembers what was asked for and answers what it was told to, in order; without that, Done.
class FakeCommands final : public api::Commands {
public:
    struct Submitted {
        QString kind;
        Json payload;
        QString key;
    };
    QFuture<Result<api::CommandResult>> submit(QString kind, Json payload,
                                               QString requestKey) override;
    QFuture<Result<api::CommandResult>> reveal(QString kind, Json payload,
                                               QString requestKey) override;
    QFuture<Result<api::CommandResult>> confirmSecondFactor(QByteArray code,
                                                            QString requestKey) override;
    /// The payload has the code besides.
    QFuture<Result<api::CommandResult>> submitWithCode(QString kind, Json payload, QByteArray code,
                                                       QString requestKey) override;
    /// The payload has the passphrase besides.
    QFuture<Result<api::CommandResult>>
    addOperator(QString name, api::Roles roles, QByteArray passphrase, QString requestKey) override;
    QFuture<Result<api::CommandResult>> find(QString requestKey) override;

    QList<Submitted> submitted;
    QList<Result<api::CommandResult>> nextAnswers;
    std::optional<QFuture<Result<api::CommandResult>>> nextFuture; // of one that takes its time
};

} // namespace tests
