#pragma once

#include "api/bulk_refunds.h"
#include "ui/support/display.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QHBoxLayout;
class QLineEdit;

namespace ui {

/// Which calls a bulk refund is of, how much of each is given back, and why.
class BulkFields final : public QWidget {
    Q_OBJECT

public:
    /// `name` is the dialog's, for tests.
    BulkFields(const QString &name, const Display &display, QWidget *parent = nullptr);
    /// What is wrong with what is typed, in a sentence; empty: nothing.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] api::BulkRefundWish wish() const;
    /// Calls of the last day that the provider spoilt: for a picture.
    void fillSample();

Q_SIGNALS:
    void changed();

private:
    void addPeriod(QHBoxLayout &row);
    void addStates(QHBoxLayout &row);
    void addShares(QHBoxLayout &row);
    QLineEdit *makeLine(const char *name, const QString &label, const QString &hint);
    [[nodiscard]] Timestamp momentIn(const QDateTimeEdit &edit) const;
    void setMoment(QDateTimeEdit &edit, Timestamp at) const;
    [[nodiscard]] QString periodProblem() const;
    [[nodiscard]] QString listProblem() const;

    const Display &m_display;
    QString m_name;
    QTimeZone m_zone; // of what is typed, whatever the window shows later
    QDateTimeEdit *m_from = nullptr;
    QDateTimeEdit *m_to = nullptr;
    QLineEdit *m_disconnections = nullptr;
    QLineEdit *m_regions = nullptr;
    QLineEdit *m_script = nullptr;
    QLineEdit *m_customer = nullptr;
    QList<std::pair<QString, QCheckBox *>> m_states; // by the state's code
    QButtonGroup *m_shares = nullptr;
    QLineEdit *m_each = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_note = nullptr;
};

} // namespace ui
