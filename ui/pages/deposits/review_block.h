#pragma once

#include "api/deposits.h"
#include "api/operators.h"
#include "ui/support/display.h"

#include <QWidget>

namespace ui {

/// One thing that a person has to decide, or has decided: what is known of it, and a button for
/// each decision. A button that this person may not use says why.
class ReviewBlock final : public QWidget {
    Q_OBJECT

public:
    ReviewBlock(const api::DepositReview &review, const api::Session &session,
                const Display &display, QWidget *parent = nullptr);

Q_SIGNALS:
    void actionAsked(api::ReviewAction action);

private:
    void addButtons(const api::DepositReview &review, const api::Session &session);
};

} // namespace ui
