#pragma once

#include "api/backend.h"
#include "ui/support/parts.h"

#include <QPushButton>
#include <QTimer>

namespace ui {

/// A button that acts only when it is held down for two seconds; a short press asks instead.
class HoldButton final : public QPushButton {
    Q_OBJECT

public:
    explicit HoldButton(const QString &words, QWidget *parent = nullptr);

Q_SIGNALS:
    void held();
    void pressedShortly();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void grow();

    QTimer m_timer;
    qint64 m_heldMs = 0;
};

/// Whether anything is dialled, and the switch that stops it.
class OutboundStrip final : public QWidget {
    Q_OBJECT

public:
    OutboundStrip(const api::Backend &backend, QWidget *parent = nullptr);
    void reload();
    /// The dialog, as Ctrl+Shift+F12 opens it.
    void ask();
    [[nodiscard]] const api::Outbound &outbound() const { return m_outbound; }

Q_SIGNALS:
    void outboundChanged();

private:
    void show(const api::Outbound &outbound);
    void stopNow();

    api::Calls &m_calls;
    api::Session &m_session;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    api::Outbound m_outbound;
    IconLabel *m_icon = nullptr;
    TokenLabel *m_words = nullptr;
    HoldButton *m_stop = nullptr;
    QPushButton *m_resume = nullptr;
    QTimer m_timer;
};

} // namespace ui
