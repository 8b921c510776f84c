#include "ui/pages/audit/audit_page.h"

#include "api/permissions.h"
#include "ui/pages/audit/verify_bar.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

namespace ui {

namespace {

constexpr int kRowPx = 32;
constexpr api::Roles kAll = api::Role::Senior | api::Role::Finance | api::Role::Admin;

/// What this person may see of it: all, or their own.
QList<api::FilterTerm> visibleTo(const api::Session &session)
{
    const auto who = session.current();
    if (!who || (api::effectiveRoles(who->roles, who->isSolo) & kAll))
        return {};
    return {{.field = QStringLiteral("who"), .value = who->name}};
}

} // namespace

bool AuditPage::isFor(api::Roles roles)
{
    return bool(roles & (kAll | api::Role::Support));
}

AuditPage::AuditPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("audit"), tr("Audit"), QStringLiteral("audit"), parent)
    , m_display(display)
    , m_model(new AuditModel(backend.audit, display, this))
    , m_verify(new VerifyBar(backend.audit, display))
{
    auto *pane = new TablePane(*m_model, AuditModel::filterFields(backend.audit),
                               {.iconName = QStringLiteral("audit"),
                                .purpose = tr("Everything that people do here is written down, and "
                                              "appears in this list"),
                                .filterHint = tr("who, action, object, result, since, id"),
                                .tableName = tr("Audit"),
                                .fileName = name()});
    pane->setColumns(AuditModel::columns(), kRowPx);
    build(pane, m_verify);
    connect(pane, &TablePane::stateChanged, this, &AuditPage::showFoot);
    connect(m_verify, &VerifyBar::runningChanged, this, [this] {
        if (!m_verify->isRunning())
            reload(); // more is sealed by now, and there may be more of it
        Q_EMIT settledChanged();
    });
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(this->pane().table().selectedObject());
    });
    connect(&backend.changes, &api::Changes::readAgain, this, [this] { reload(); });
    pane->setBaseTerms(visibleTo(backend.session));
}

void AuditPage::showFoot()
{
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    const QString words = m_model->total() == 1 ? tr("1 row") : tr("%1 rows").arg(total);
    pane().setFoot(m_model->readAt() ? words : QString(), {});
}

void AuditPage::showObject(qint64 id)
{
    const api::AuditRow *row = m_model->rowOfId(id);
    if (row == nullptr)
        return;
    const AuditOutcomeWords outcome = wordsOf(row->outcome);
    const auto orDash = [](const QString &text) { return text.isEmpty() ? QString(kDash) : text; };
    drawer().clear();
    drawer().setHead(row->action, orDash(row->operatorName));
    drawer().setState(outcome.iconName, outcome.word, outcome.tone);
    drawer().addFacts(tr("What was done"),
                      {{.label = tr("Object"), .value = orDash(row->object)},
                       {.label = tr("Reason"), .value = orDash(row->reason)},
                       {.label = tr("Time, %1").arg(m_display.zoneWord()),
                        .value = formatFullMoment(row->at, m_display.zone())}});
    drawer().addFacts(tr("By whom"),
                      {{.label = tr("Name"), .value = orDash(row->operatorName)},
                       {.label = tr("Roles then"),
                        .value = orDash(namesOfRoles(row->roles).join(QStringLiteral(", ")))},
                       {.label = tr("From"), .value = orDash(row->origin)}});
    drawer().addFacts(
        tr("Proof"),
        {{.label = tr("Row"), .value = QString::number(row->id)},
         {.label = tr("Inbox row"),
          .value = row->cause == InboxId{} ? QString(kDash) : QString::number(row->cause.value)},
         {.label = tr("Sealed"),
          .value = row->isSealed ? tr("Yes: a later change would be found") : tr("Not yet"),
          .tone = row->isSealed ? Token::Good : Token::Muted}});
    drawer().setFoot(tr("Rows of the audit are never changed or deleted."));
}

bool AuditPage::isSettled() const
{
    return Page::isSettled() && !m_verify->isRunning();
}

QStringList AuditPage::scenes() const
{
    return Page::scenes() << QStringLiteral("verified");
}

void AuditPage::showScene(const QString &scene)
{
    if (scene != QLatin1String("verified"))
        return Page::showScene(scene);
    showStart();
    m_verify->start();
}

} // namespace ui
