#include "ui/models/ConfusionModel.h"

#include "core/Format.h"

namespace ui
{

void ConfusionModel::setCells(ConfusionCells cells)
{
    if (cells.classCount() == m_cells.classCount() && cells.classCount() > 0) {
        m_cells = std::move(cells); // keeps the selection
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
        return;
    }
    beginResetModel();
    m_cells = std::move(cells);
    endResetModel();
}

bool ConfusionModel::isCount(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_cells.classCount() && index.column() < m_cells.classCount();
}

int ConfusionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_cells.classCount() == 0 ? 0 : m_cells.classCount() + 1;
}

int ConfusionModel::columnCount(const QModelIndex& parent) const
{
    return rowCount(parent);
}

QString ConfusionModel::description(int row, int column) const
{
    const int classes = m_cells.classCount();
    const engine::ConfusionMatrix& matrix = m_cells.matrix();
    if (row < classes && column < classes) {
        const QString images = core::imagesText(matrix.count(row, column));
        return row == column ? tr("%1 predicted correctly: %2").arg(m_cells.className(row), images)
                             : tr("true %1 → predicted %2: %3")
                                   .arg(m_cells.className(row), m_cells.className(column), images);
    }
    if (row < classes) {
        return tr("Recall of %1: %L2 of %L3 images predicted correctly")
            .arg(m_cells.className(row))
            .arg(matrix.count(row, row))
            .arg(matrix.trueCount(row));
    }
    if (column < classes) {
        return tr("Precision of %1: %L2 of %L3 predictions are correct")
            .arg(m_cells.className(column))
            .arg(matrix.count(column, column))
            .arg(matrix.predictedCount(column));
    }
    return tr("%L1 of %L2 images correct").arg(matrix.correctCount()).arg(matrix.total());
}

QVariant ConfusionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int classes = m_cells.classCount();
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return description(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return Qt::AlignCenter;
    if (role != Qt::DisplayRole)
        return {};
    if (isCount(index))
        return m_cells.text(index.row(), index.column());
    if (index.row() < classes)
        return m_cells.recallText(index.row());
    return index.column() < classes ? m_cells.precisionText(index.column()) : QString();
}

QVariant ConfusionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const int classes = m_cells.classCount();
    if (role == Qt::DisplayRole) {
        if (section < classes)
            return m_cells.className(section);
        return orientation == Qt::Horizontal ? tr("recall") : tr("prec.");
    }
    if (role == Qt::ToolTipRole && section < classes) {
        return orientation == Qt::Vertical ? tr("All images of %1").arg(m_cells.className(section))
                                           : tr("All images predicted as %1").arg(m_cells.className(section));
    }
    return {};
}

Qt::ItemFlags ConfusionModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return isCount(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags(Qt::ItemIsEnabled);
}

} // namespace ui
