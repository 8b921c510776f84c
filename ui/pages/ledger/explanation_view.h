#pragma once

#include "api/ledger.h"

#include <QTimeZone>
#include <QWidget>

namespace ui {

/// One posting of an explanation: what it moved, and because of what, back to what came from
/// outside. Bodies are masked before they come here.
class ExplanationView final : public QWidget {
    Q_OBJECT

public:
    ExplanationView(const api::ExplainedTransfer &transfer, const QTimeZone &zone,
                    QWidget *parent = nullptr);
    /// "Charge 204123".
    [[nodiscard]] static QString titleOf(const api::ExplainedTransfer &transfer);

private:
    [[nodiscard]] QWidget *buildCause(const api::Cause &cause, const QTimeZone &zone);
};

} // namespace ui
