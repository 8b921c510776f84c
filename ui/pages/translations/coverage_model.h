#pragma once

#include "api/translations.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

namespace ui {

/// Languages by groups of texts; a cell says how much of it is finished and clean.
class CoverageModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Language,
        All,
        Stale,
        FirstGroup,
    };

    using QAbstractTableModel::QAbstractTableModel;
    void showCoverage(const api::TranslationCoverage &coverage);
    [[nodiscard]] const api::TranslationCoverage &coverage() const { return m_coverage; }
    /// Null for the columns that are no cell of the matrix.
    [[nodiscard]] const api::CoverageCell *cellAt(const QModelIndex &index) const;
    /// Empty: all groups.
    [[nodiscard]] QString groupOf(int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    api::TranslationCoverage m_coverage;
};

/// A number and an icon; a tint where a text is missing or wrong.
class CoverageDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

/// "Wallet" for wallet.
[[nodiscard]] QString groupWord(const QString &group);

} // namespace ui
