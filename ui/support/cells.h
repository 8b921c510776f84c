#pragma once

#include "ui/support/theme.h"

#include <QStyledItemDelegate>

namespace ui {

class SmartTable;

/// What a cell may say besides its text (Qt::DisplayRole). A delegate reads them, a model sets
/// them.
enum CellRole {
    ObjectRole = Qt::UserRole + 1, // qint64: rows of one object are selected together
    IsLoadedRole,                  // bool: false paints a grey bar
    IsLastLineRole,                // bool: false draws no line below
    PrefixRole,                    // muted text before: the date of a time, the owner of an account
    SuffixRole,                    // muted text behind: a network, a unit
    ToneRole,                      // Token of the text
    IconRole,                      // name of the icon before the text
    IconToneRole,
    IsFilledRole, // bool: icon and word in a pill of the tone's tint
    WeightRole,   // QFont::Weight
    MeterRole,    // int: thousandths of the bar
    BadgeRole,    // word of a pill before the number: "Late"
};

/// Paints what all cells share (surface, line, selection, focus, grey bar) and leaves the content
/// to its subclasses. No child widgets, no text documents.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit CellDelegate(SmartTable &table);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const final;

protected:
    virtual void paintContent(QPainter *painter, const QRect &rect,
                              const QModelIndex &index) const = 0;
    /// The tone of the cell's text, muted while the table shows old data.
    [[nodiscard]] Token toneOf(const QModelIndex &index, int role = ToneRole) const;
    [[nodiscard]] SmartTable &table() const { return m_table; }

private:
    void paintFrame(QPainter *painter, const QRect &rect, const QModelIndex &index) const;

    SmartTable &m_table;
};

/// Muted prefix, icon, text, muted suffix. Text that does not fit is elided at its end.
class TextDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
};

/// Ids of the providers, in the code font, elided in the middle.
class CodeDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
};

/// Icon and word; a pill where a person is needed.
class StateDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
};

/// Amounts, right-aligned so that their points stand below each other.
class MoneyDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
};

/// A bar and the number beside it.
class MeterDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
};

/// An age, right-aligned, with a pill before it when it is too long.
class AgeDelegate final : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;

private:
    void paintStateOverhang(QPainter *painter, const QModelIndex &index) const;
};

/// Icon and word on the tint of `tone`; `rect` gives the leading edge and the height to centre in.
/// Returns the width taken.
int paintPill(QPainter *painter, const QRect &rect, const QString &iconName, const QString &word,
              Token tone);
[[nodiscard]] int pillWidth(const QString &word);

} // namespace ui
