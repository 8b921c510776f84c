#pragma once

#include "api/operators.h"
#include "ui/support/figures.h"
#include "ui/support/parts.h"

namespace ui {

/// "1 Eligible - 2 Amount - 3 Preview - 4 Done": done ones ticked, the current one filled.
class Steps final : public QWidget {
    Q_OBJECT

public:
    explicit Steps(QStringList names, QWidget *parent = nullptr);
    void setCurrent(int step);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_names;
    int m_current = 0;
};

/// The head of a dialog that moves money: what it is, how much, and how far one is.
class AmountHead final : public QWidget {
    Q_OBJECT

public:
    explicit AmountHead(const QStringList &steps, QWidget *parent = nullptr);
    void setWhat(const QString &words);
    /// "12.00", or a dash while there is none.
    void setAmount(const QString &amount);
    void setStep(int step);

private:
    TokenLabel *m_what = nullptr;
    FigureLabel *m_amount = nullptr;
    Steps *m_steps = nullptr;
};

/// The exact entries of a refund, with the customer's balances before and after.
class EntriesTable final : public QWidget {
    Q_OBJECT

public:
    explicit EntriesTable(QWidget *parent = nullptr);
    void showEntries(const QList<api::RefundEntry> &entries, const QString &customerName);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintEntry(QPainter &painter, const api::RefundEntry &entry, const QRect &line) const;
    void paintSum(QPainter &painter, const QRect &line) const;
    [[nodiscard]] QRect cell(int column, const QRect &line) const;

    QList<api::RefundEntry> m_entries;
    QString m_customerName;
};

/// "Call failed" for call_failed.
[[nodiscard]] QString refundReasonWord(const QString &reason);
/// What an account is, beside its name: "Call revenue".
[[nodiscard]] QString accountWord(const QString &account);
/// Who must agree, in a sentence; empty when nobody has to.
[[nodiscard]] QString needsWords(api::RefundNeeds needs);

} // namespace ui
