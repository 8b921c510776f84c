#pragma once

#include <QObject>

class QSocketNotifier;

namespace assembly {

/// SIGTERM and SIGINT end the event loop, so that everything stops in order.
class StopSignals final : public QObject {
    Q_OBJECT

public:
    StopSignals();
    ~StopSignals() override;
};

} // namespace assembly
