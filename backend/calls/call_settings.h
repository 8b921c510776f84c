#pragma once

#include <QString>
#include <QUrl>

namespace calls {

struct CallSettings {
    QString fromNumber;        // of the account at the provider; empty: nothing can be dialled
    QUrl hookUrl;              // where the provider tells of calls
    int providerCallsMax = 20; // at once
};

} // namespace calls
