#pragma once

#include "api/backend.h"
#include "ui/support/parts.h"

#include <QTimer>

#include <optional>

class QHBoxLayout;

namespace ui {

/// The strip at the bottom: is the database there, does the conservation equation hold, how old is
/// what we know. Asks api::System each two seconds and when the inbox changes.
class StatusStrip final : public Panel {
    Q_OBJECT

public:
    explicit StatusStrip(const api::Backend &backend, QWidget *parent = nullptr);
    [[nodiscard]] bool hasStatus() const { return m_status.has_value(); }

Q_SIGNALS:
    void statusChanged();

private:
    struct Part {
        QWidget *box = nullptr;
        IconLabel *icon = nullptr;
        TokenLabel *words = nullptr;
    };
    enum class Feed {
        Unknown,
        Connected,
        Lost,
    };

    Part addPart(QHBoxLayout &row, const QString &name, bool isTrailing);
    static void show(const Part &part, const QString &iconName, Token iconTone,
                     const QString &words, Token tone);
    void ask();
    void take(const Result<api::SystemStatus> &status);
    void takeChanges(const QList<core::Change> &changes);
    void showAll();
    void showConnection();
    void showConservation();
    void showAge();
    [[nodiscard]] std::chrono::seconds age() const;

    api::System &m_system;
    const core::Clock &m_clock;
    api::Session &m_session;
    QString m_runMode;
    std::optional<api::SystemStatus> m_status;
    Feed m_feed = Feed::Unknown;
    bool m_hasFailed = false;
    bool m_isAsking = false;
    bool m_asksAgain = false;
    Part m_connection;
    Part m_mode;
    Part m_inbox;
    Part m_sum;
    Part m_age;
    Part m_dead;
    QTimer m_askTimer;
    QTimer m_ageTimer;
    QTimer m_changeTimer;
};

} // namespace ui
