#pragma once

#include "api/translations.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

namespace ui {

/// The texts of one cell of the matrix: those with something to do first.
class TextsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Key,
        State,
        Source,
        Translation,
    };
    static constexpr int kColumnCount = 4;

    using QAbstractTableModel::QAbstractTableModel;
    void showTexts(QList<api::TextRow> texts);
    [[nodiscard]] const api::TextRow &textAt(int row) const { return m_texts[row]; }
    /// How many are not done.
    [[nodiscard]] int openCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<api::TextRow> m_texts;
};

class TextsDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace ui
