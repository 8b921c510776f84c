#include "ui/pages/people/people_page.h"

#include "ui/pages/people/add_person_dialog.h"
#include "ui/pages/people/roles_dialog.h"
#include "ui/pages/people/second_factor_dialog.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kRowPx = 32;

} // namespace

PeoplePage::PeoplePage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("people"), tr("People"), QStringLiteral("people"), parent)
    , m_backend(backend)
    , m_display(display)
    , m_model(new PeopleModel(backend.people, display, this))
{
    auto *pane = new TablePane(*m_model, PeopleModel::filterFields(),
                               {.iconName = QStringLiteral("people"),
                                .purpose = tr("Whoever may sign in appears here"),
                                .filterHint = tr("name, role, active"),
                                .tableName = tr("People"),
                                .fileName = name()});
    pane->setColumns(PeopleModel::columns(), kRowPx);
    build(pane, buildCommands());
    connect(pane, &TablePane::stateChanged, this, &PeoplePage::showFoot);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &PeoplePage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &PeoplePage::readAgain);
    pane->setBaseTerms({});
}

QWidget *PeoplePage::buildCommands()
{
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(20), px(8), px(20), px(8));
    auto *words = new TokenLabel(TextSize::Small, Token::Muted);
    words->setText(tr("Who may sign in, and with which rights"));
    auto *person = makeButton(QStringLiteral("plus"), Token::Text, tr("Add person"));
    person->setObjectName(objectName() + QStringLiteral(".action.add"));
    offer(*person, whyNot(m_backend.session, "operator.add"));
    connect(person, &QPushButton::clicked, this, &PeoplePage::addPerson);
    auto *factor = makeButton(QStringLiteral("shield-check"), Token::Text, tr("My second factor"));
    factor->setObjectName(objectName() + QStringLiteral(".action.factor"));
    factor->setAccessibleName(tr("Set up my second factor"));
    connect(factor, &QPushButton::clicked, this, &PeoplePage::openSecondFactor);
    row->setSpacing(px(8));
    row->addWidget(words, 1);
    row->addWidget(factor);
    row->addWidget(person);
    return panel;
}

void PeoplePage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Operator)
            ids.append(change.id);
    }
    if (ids.isEmpty())
        return;
    m_model->noteChanged(ids);
    if (isDrawerOpen() && ids.contains(m_shown))
        showObject(m_shown);
}

void PeoplePage::showFoot()
{
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    const QString words = m_model->total() == 1 ? tr("1 person") : tr("%1 people").arg(total);
    pane().setFoot(m_model->readAt() ? words : QString(), {});
}

void PeoplePage::readAgain()
{
    reload();
    if (isDrawerOpen())
        showObject(m_shown);
}

// ---- drawer

void PeoplePage::showObject(qint64 id)
{
    const api::PersonRow *row = m_model->rowOfId(id);
    if (row == nullptr)
        return;
    if (m_shown != id)
        drawer().clear();
    m_shown = id;
    drawer().setHead(row->name, namesOfRoles(row->roles).join(QStringLiteral(", ")));
    setDetailPending(true);
    whenReady(m_backend.people.loadSessions(row->id), this,
              [this, id](const Result<QList<api::SessionRow>> &sessions) {
                  if (m_shown != id)
                      return;
                  setDetailPending(false);
                  const api::PersonRow *person = m_model->rowOfId(id);
                  if (!sessions)
                      drawer().setMessage(sentenceOf(sessions.error().code));
                  else if (person != nullptr)
                      showPerson(*person, *sessions);
              });
}

void PeoplePage::showPerson(const api::PersonRow &person, const QList<api::SessionRow> &sessions)
{
    const auto moment = [this](Timestamp at) { return formatFullMoment(at, m_display.zone()); };
    drawer().clear();
    drawer().setHead(person.name, namesOfRoles(person.roles).join(QStringLiteral(", ")));
    drawer().setState(person.isActive ? QStringLiteral("circle-check") : QStringLiteral("ban"),
                      person.isActive ? tr("Active") : tr("Not active"),
                      person.isActive ? Token::Good : Token::Muted);
    drawer().addFacts(tr("Signing in"),
                      {{.label = tr("Second factor"),
                        .value = person.hasSecondFactor ? tr("Yes") : tr("No"),
                        .tone = person.hasSecondFactor ? Token::Good : Token::Warn},
                       {.label = tr("Recovery codes"),
                        .value = person.hasSecondFactor ? tr("%1 left").arg(person.recoveryCodes)
                                                        : QString(kDash)},
                       {.label = tr("Last seen, %1").arg(m_display.zoneWord()),
                        .value = person.lastSeenAt ? moment(*person.lastSeenAt) : tr("Never")},
                       {.label = tr("Here since"), .value = moment(person.createdAt)}});
    auto *open = new QWidget;
    auto *column = new QVBoxLayout(open);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(10));
    for (const api::SessionRow &session : sessions)
        column->addWidget(buildSession(person, session));
    if (sessions.isEmpty())
        column->addWidget(makeWords(tr("None is open."), Token::Muted));
    drawer().addBlock(tr("Sessions"), open);
    drawer().addBlock(tr("Rights"), buildActions(person));
}

QWidget *PeoplePage::buildSession(const api::PersonRow &person, const api::SessionRow &session)
{
    const auto moment = [this](Timestamp at) { return formatFullMoment(at, m_display.zone()); };
    auto *line = new QWidget;
    auto *column = new QVBoxLayout(line);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(6));
    column->addWidget(
        makeFacts({{.label = tr("Session"), .value = QString::number(session.id.value)},
                   {.label = tr("From"), .value = session.origin},
                   {.label = tr("Since"), .value = moment(session.startedAt)},
                   {.label = tr("Seen"), .value = moment(session.seenAt)},
                   {.label = tr("Ends"), .value = moment(session.endsAt)}}));
    auto *end = new QPushButton(tr("End session %1").arg(session.id.value));
    end->setObjectName(objectName() + QStringLiteral(".action.end.%1").arg(session.id.value));
    end->setAccessibleName(end->text());
    end->setProperty("kind", QStringLiteral("danger"));
    offer(*end, whyNot(m_backend.session, "session.end"));
    connect(end, &QPushButton::clicked, this,
            [this, person, session] { endSession(person, session); });
    column->addWidget(end, 0, Qt::AlignLeading);
    return line;
}

QPushButton *PeoplePage::addAction(QVBoxLayout &column, const char *name, const QString &words,
                                   const QString &refusal)
{
    auto *button = new QPushButton(words);
    button->setObjectName(objectName() + QStringLiteral(".action.") + QLatin1String(name));
    button->setAccessibleName(words);
    offer(*button, refusal);
    column.addWidget(button);
    return button;
}

QWidget *PeoplePage::buildActions(const api::PersonRow &person)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(8));
    const auto who = m_backend.session.current();
    const bool isSelf = who && who->id == person.id;
    auto *roles = addAction(*column, "roles", tr("Change roles"),
                            whyNot(m_backend.session, "operator.roles"));
    connect(roles, &QPushButton::clicked, this, [this, person] { changeRoles(person); });
    auto *active = addAction(*column, "active",
                             person.isActive ? tr("Make not active") : tr("Make active again"),
                             whyNot(m_backend.session, "operator.deactivate"));
    connect(active, &QPushButton::clicked, this, [this, person] { changeActive(person); });
    QString obstacle = whyNot(m_backend.session, "second_factor.clear");
    if (obstacle.isEmpty() && !person.hasSecondFactor)
        obstacle = tr("There is none to take away.");
    if (obstacle.isEmpty() && isSelf)
        obstacle = tr("Another Admin takes away yours.");
    auto *factor = addAction(*column, "clear", tr("Take away the second factor"), obstacle);
    connect(factor, &QPushButton::clicked, this, [this, person] { clearFactor(person); });
    return box;
}

// ---- what an Admin does

void PeoplePage::ask(const ReasonWish &wish)
{
    auto *dialog = new ReasonDialog(wish, m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &PeoplePage::readAgain);
    dialog->show();
}

void PeoplePage::changeRoles(const api::PersonRow &person)
{
    auto *dialog = new RolesDialog(person, m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &PeoplePage::readAgain);
    dialog->show();
}

void PeoplePage::changeActive(const api::PersonRow &person)
{
    const bool isActive = person.isActive;
    ask({.name = QStringLiteral("dialog.active"),
         .title = isActive ? tr("Make %1 not active").arg(person.name)
                           : tr("Make %1 active again").arg(person.name),
         .sentence = isActive ? tr("They cannot sign in any more, and every session of theirs ends "
                                   "now. What they did stays.")
                              : tr("They may sign in again, with the roles they had."),
         .verb = isActive ? tr("Make not active") : tr("Make active"),
         .isDanger = isActive,
         .kind =
             isActive ? QStringLiteral("operator.deactivate") : QStringLiteral("operator.activate"),
         .payload = {{"operator", person.name}}});
}

void PeoplePage::clearFactor(const api::PersonRow &person)
{
    ask({.name = QStringLiteral("dialog.clearFactor"),
         .title = tr("Take away the second factor of %1").arg(person.name),
         .sentence = tr("They sign in with their passphrase alone until they set up another one. "
                        "Be sure that it is they who asked for it."),
         .verb = tr("Take it away"),
         .isDanger = true,
         .kind = QStringLiteral("second_factor.clear"),
         .payload = {{"operator", person.name}}});
}

void PeoplePage::endSession(const api::PersonRow &person, const api::SessionRow &session)
{
    ask({.name = QStringLiteral("dialog.endSession"),
         .title = tr("End session %1 of %2").arg(session.id.value).arg(person.name),
         .sentence = tr("Its console locks within seconds. What was begun there and not confirmed "
                        "is not done."),
         .verb = tr("End session"),
         .isDanger = true,
         .kind = QStringLiteral("session.end"),
         .payload = {{"session", session.id.value}}});
}

AddPersonDialog *PeoplePage::addPerson()
{
    auto *dialog = new AddPersonDialog(m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &PeoplePage::readAgain);
    dialog->show();
    return dialog;
}

void PeoplePage::openSecondFactor()
{
    m_factor = new SecondFactorDialog(m_backend, this);
    m_factor->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_factor, &SecondFactorDialog::settledChanged, this, &Page::settledChanged);
    connect(m_factor, &SecondFactorDialog::enrolled, this, &PeoplePage::readAgain);
    m_factor->show();
}

// ---- pictures

bool PeoplePage::isSettled() const
{
    return Page::isSettled() && (!m_factor || m_factor->isSettled());
}

QStringList PeoplePage::scenes() const
{
    return Page::scenes() << QStringLiteral("factor") << QStringLiteral("add");
}

void PeoplePage::showScene(const QString &scene)
{
    if (scene == QLatin1String("add"))
        return addPerson()->fillSample();
    if (scene != QLatin1String("factor"))
        return Page::showScene(scene);
    openSecondFactor();
    m_factor->begin();
}

} // namespace ui
