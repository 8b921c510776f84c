#pragma once

#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "ui/pages/refunds/refunds_page.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace tests {

using api::RequestKind;
using ui::PageState;
using ui::RequestDialog;
using ui::RequestTask;

inline constexpr int kBulkTab = 5;
inline constexpr int kRulesTab = 6;

inline bool showsText(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

inline api::CommandResult refusal(const char *code, const QString &detail = {})
{
    api::CommandResult result;
    result.state = api::CommandState::Refused;
    result.code = QString::fromLatin1(code);
    result.detail = detail;
    return result;
}

/// A page of requests on the samples, and somebody of Finance before it.
struct RequestFixture {
    explicit RequestFixture(api::Roles roles = api::Role::Finance)
    {
        console.fillWithSamples();
        console.session.who->roles = roles;
        backend = std::make_unique<api::Backend>(console.backend());
    }
    [[nodiscard]] std::unique_ptr<ui::RefundsPage> open()
    {
        auto page = std::make_unique<ui::RefundsPage>(*backend, display);
        page->resize(1256, 800);
        page->show();
        (void)QTest::qWaitFor([&] { return page->state() == PageState::Ready; });
        return page;
    }
    /// With the first request of this kind and state in the drawer.
    [[nodiscard]] std::unique_ptr<ui::RefundsPage> openOn(RequestKind kind, const char *state)
    {
        auto page = open();
        page->pane().table().selectObject(requestOf(kind, state).id.value);
        page->openDrawer();
        return page;
    }
    [[nodiscard]] api::MoneyRequest requestOf(RequestKind kind, const char *state) const
    {
        for (const api::MoneyRequest &row : console.refunds.rows) {
            if (row.kind == kind && row.state == QLatin1String(state))
                return row;
        }
        qFatal("no such sample");
    }
    [[nodiscard]] std::unique_ptr<RequestDialog>
    dialog(RequestTask task, const std::optional<api::MoneyRequest> &subject = {})
    {
        auto opened = std::make_unique<RequestDialog>(task, subject, *backend, nullptr);
        opened->show();
        return opened;
    }
    static QPushButton *button(const QWidget &widget, const QString &name)
    {
        return widget.findChild<QPushButton *>(name);
    }
    static QPushButton *action(const QWidget &page, const char *name)
    {
        return button(page, QStringLiteral("page.refunds.action.") + QLatin1String(name));
    }
    static QPushButton *verb(const RequestDialog &dialog)
    {
        return button(dialog, QStringLiteral("dialog.request.verb"));
    }
    static void type(const QWidget &dialog, const char *field, const char *words)
    {
        dialog.findChild<QLineEdit *>(dialog.objectName() + u'.' + QLatin1String(field))
            ->setText(QString::fromUtf8(words));
    }
    [[nodiscard]] const tests::FakeCommands::Submitted &last() const
    {
        return console.commands.submitted.last();
    }
    void fillAdjustment(const RequestDialog &dialog) const
    {
        const qint64 id = console.customers.rows.first().id.value;
        type(dialog, "customer", QByteArray::number(id).constData());
        type(dialog, "amount", "7.50");
        type(dialog, "reason", "the line was bad for a week");
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

inline std::optional<qint64> number(const Json &payload, const char *member)
{
    return core::integerMember(payload, member);
}

} // namespace tests
