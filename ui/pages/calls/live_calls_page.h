#pragma once

#include "ui/pages/calls/call_panel.h"
#include "ui/pages/calls/calls_model.h"
#include "ui/pages/calls/outbound_strip.h"
#include "ui/support/page.h"

#include <QPointer>

namespace ui {

/// Who is called now, for how long and for how much; and who was.
class LiveCallsPage final : public Page {
    Q_OBJECT

public:
    LiveCallsPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    /// With the conditions given, in the history.
    void showHistory(const QList<api::FilterTerm> &terms);
    void stopAll() { m_strip->ask(); }
    void closeDrawer() override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;

Q_SIGNALS:
    void refundAsked(api::CallId call);
    void customerAsked(CustomerId customer);

protected:
    void showObject(qint64 id) override;

private:
    void connectAll(const api::Backend &backend);
    void addShortcuts();
    void chooseTab(int tab);
    void showCount();
    void takeChanges(const QList<core::Change> &changes);
    void tick();
    void showFoot();
    void showDetail(const api::CallDetail &detail);
    void showHead(const api::CallRow &row);
    void askEnd();
    void askReveal(const QString &kind, const QString &title);
    [[nodiscard]] CallPanel::Rights rights() const;

    api::Calls &m_calls;
    api::Session &m_session;
    api::Commands &m_commands;
    Display &m_display;
    CallsModel *m_model = nullptr;
    TabRow *m_tabs = nullptr;
    OutboundStrip *m_strip = nullptr;
    QPointer<CallPanel> m_panel;
    qint64 m_shown = 0;
    QTimer m_tickTimer;
};

} // namespace ui
