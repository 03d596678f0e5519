// A confusion matrix as a table: rows are true classes, columns predicted classes. The last column holds the
// recall of each class, the last row the precision.
#pragma once

#include "ui/render/ConfusionCells.h"

#include <QAbstractTableModel>

namespace ui
{

class ConfusionModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setCells(ConfusionCells cells);
    const ConfusionCells& cells() const { return m_cells; }

    /// False for recall, precision and the corner cell.
    bool isCount(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    QString description(int row, int column) const;

    ConfusionCells m_cells;
};

} // namespace ui
