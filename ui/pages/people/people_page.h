#pragma once

#include "ui/pages/people/people_model.h"
#include "ui/support/page.h"

#include <QPointer>

namespace ui {

class AddPersonDialog;
class SecondFactorDialog;
struct ReasonWish;

/// Who may sign in, with which rights, and where they are signed in now. For Admins.
class PeoplePage final : public Page {
    Q_OBJECT

public:
    PeoplePage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;

protected:
    void showObject(qint64 id) override;

private:
    QWidget *buildCommands();
    void takeChanges(const QList<core::Change> &changes);
    void showFoot();
    void showPerson(const api::PersonRow &person, const QList<api::SessionRow> &sessions);
    [[nodiscard]] QWidget *buildSession(const api::PersonRow &person,
                                        const api::SessionRow &session);
    [[nodiscard]] QWidget *buildActions(const api::PersonRow &person);
    [[nodiscard]] QPushButton *addAction(QVBoxLayout &column, const char *name,
                                         const QString &words, const QString &refusal);
    void ask(const ReasonWish &wish);
    void changeRoles(const api::PersonRow &person);
    void changeActive(const api::PersonRow &person);
    void clearFactor(const api::PersonRow &person);
    void endSession(const api::PersonRow &person, const api::SessionRow &session);
    AddPersonDialog *addPerson();
    void openSecondFactor();
    void readAgain();

    const api::Backend m_backend;
    Display &m_display;
    PeopleModel *m_model = nullptr;
    qint64 m_shown = 0;
    QPointer<SecondFactorDialog> m_factor;
};

} // namespace ui
