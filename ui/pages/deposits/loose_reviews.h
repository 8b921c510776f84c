#pragma once

#include "api/deposits.h"
#include "api/operators.h"
#include "ui/support/parts.h"

class QVBoxLayout;

namespace ui {

/// Above the list: matches of payments that belong to no deposit, and so to no row of it, and wait
/// for another person. Hidden when there are none.
class LooseReviews final : public Panel {
    Q_OBJECT

public:
    explicit LooseReviews(const api::Session &session, QWidget *parent = nullptr);
    void showReviews(const QList<api::DepositReview> &reviews);

Q_SIGNALS:
    void actionAsked(const api::DepositReview &review, api::ReviewAction action);

private:
    void addReview(QVBoxLayout &column, const api::DepositReview &review);

    const api::Session &m_session;
    QWidget *m_lines = nullptr;
    QList<api::ReviewId> m_shown;
};

} // namespace ui
