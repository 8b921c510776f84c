#pragma once

#include "core/change.h"

#include <QList>
#include <QObject>

namespace api {

/// Tells what changed in the database, after the commit, at most 20 times a second. The
/// signals come on the thread of this object.
class Changes : public QObject {
    Q_OBJECT

Q_SIGNALS:
    /// These ids changed; several changes of one id are one entry.
    void changed(const QList<core::Change> &changes);
    /// More changed than can be listed, or the connection was lost for a while: read again what you
    /// show.
    void readAgain();
    void connected();
    void lost();
};

} // namespace api

Q_DECLARE_METATYPE(QList<core::Change>)
