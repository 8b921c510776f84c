#include "ui/support/rights.h"

#include "api/permissions.h"
#include "ui/support/format.h"

#include <QCoreApplication>

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
    if (result.code == QLatin1String("FiguresChanged"))
        return Words::tr("The figures have changed since the preview. No money has moved. Look at "
                         "the new preview.");
    if (result.code == QLatin1String("ConstraintViolated"))
        return Words::tr("The database refused this: it would break a rule that always holds. No "
                         "money has moved.");
    if (result.code == QLatin1String("NotFound"))
        return Words::tr("This is not there any more. Nothing has changed.");
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
