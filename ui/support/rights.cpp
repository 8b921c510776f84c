#include "ui/support/rights.h"

#include "api/permissions.h"
#include "ui/support/format.h"

#include <QCoreApplication>
#include <QWidget>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Rights)
};

} // namespace

bool may(const api::Session &session, const char *kind)
{
    const auto who = session.current();
    return who && api::mayGive(*who, kind);
}

QStringList namesOfRoles(api::Roles roles)
{
    using enum api::Role;
    QStringList names;
    for (const auto &[role, name] :
         {std::pair(Viewer, Words::tr("Viewer")), std::pair(Support, Words::tr("Support")),
          std::pair(Senior, Words::tr("Senior")), std::pair(Finance, Words::tr("Finance")),
          std::pair(Admin, Words::tr("Admin"))}) {
        if (roles.testFlag(role))
            names << name;
    }
    return names;
}

QString rolesWords(api::Roles roles)
{
    QStringList names = namesOfRoles(roles);
    const QString last = names.isEmpty() ? QString() : names.takeLast();
    //: Of a list of roles: "Support, Senior or Finance".
    return names.isEmpty() ? last
                           : Words::tr("%1 or %2").arg(names.join(QStringLiteral(", ")), last);
}

QString whyNot(const api::Session &session, const char *kind)
{
    if (may(session, kind))
        return {};
    const auto roles = api::rolesFor(QLatin1String(kind));
    return roles ? Words::tr("Your role does not allow this. It is for %1.").arg(rolesWords(*roles))
                 : Words::tr("This version cannot do it.");
}

void offer(QWidget &control, const QString &refusal)
{
    control.setEnabled(refusal.isEmpty());
    control.setToolTip(refusal);
    control.setAccessibleDescription(refusal);
}

QString refusalWords(const api::CommandResult &result)
{
    if (result.state == api::CommandState::Expired)
        return Words::tr("Nobody ran this within 60 seconds, so it will not be done. Nothing has "
                         "changed. Try it again.");
    if (result.code == QLatin1String("NotSignedIn"))
        return Words::tr("Your session has ended. Nothing has changed. Sign in and try it again.");
    if (result.code == QLatin1String("NotAllowed"))
        return Words::tr("Your role does not allow this. Nothing has changed.");
    if (result.code == QLatin1String("NeedsApproval"))
        return Words::tr("Another person must approve this. No money has moved.");
    if (result.code == QLatin1String("Unauthorized"))
        return Words::tr("This is not the code of now, or it was used already. Nothing has "
                         "changed.");
    if (result.code == QLatin1String("CodeNeeded"))
        return Words::tr("This needs a fresh code of your second factor. No money has moved yet.");
    if (result.code == QLatin1String("SecondFactorNeeded"))
        return Words::tr("Deciding about money needs a second factor here, and you have none yet. "
                         "Set yours up behind your name above. No money has moved.");
    if (result.code == QLatin1String("FiguresChanged"))
        return Words::tr("The figures have changed since the preview. No money has moved. Look at "
                         "the new preview.");
    if (result.code == QLatin1String("ConstraintViolated"))
        return Words::tr("The database refused this: it would break a rule that always holds. No "
                         "money has moved.");
    if (result.code == QLatin1String("NotFound"))
        return Words::tr("This is not there any more. Nothing has changed.");
    if (result.code == QLatin1String("Settled"))
        return Words::tr("This has been decided already. Nothing has changed.");
    // Its own words say what is wrong with it.
    const QStringList explained = {QStringLiteral("BadInput"), QStringLiteral("Duplicate"),
                                   QStringLiteral("TooSoon"), QStringLiteral("InsufficientFunds"),
                                   QStringLiteral("AboveRefundable")};
    if (explained.contains(result.code) && !result.detail.isEmpty())
        return Words::tr("The server did not accept this: %1. Nothing has changed.")
            .arg(result.detail);
    return Words::tr("This was refused (%1). Nothing has changed.").arg(result.code);
}

QString failureWords(const core::Error &error)
{
    if (error.code == ErrorCode::Unauthorized)
        return Words::tr("Nobody is signed in here. Nothing has changed.");
    if (error.transient)
        return Words::tr("%1 It is not known whether this was done; trying again cannot do it "
                         "twice.")
            .arg(sentenceOf(error.code));
    return Words::tr("%1 Nothing has changed.").arg(sentenceOf(error.code));
}

} // namespace ui
