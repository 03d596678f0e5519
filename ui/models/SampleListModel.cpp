#include "ui/models/SampleListModel.h"

#include "ui/render/SampleImage.h"

#include <algorithm>
#include <random>

namespace ui
{

SampleListModel::SampleListModel(QObject* parent) : QAbstractListModel(parent) {}

void SampleListModel::setDataset(const engine::Dataset& dataset, const QStringList& classNames)
{
    beginResetModel();
    m_dataset = dataset;
    m_classNames = classNames;
    m_classes.clear();
    rebuild();
    endResetModel();
}

void SampleListModel::setClassFilter(const std::set<int>& classes)
{
    beginResetModel();
    m_classes = classes;
    rebuild();
    endResetModel();
}

void SampleListModel::setShuffled(bool shuffled)
{
    beginResetModel();
    m_isShuffled = shuffled;
    rebuild();
    endResetModel();
}

void SampleListModel::rebuild()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_dataset.size(); ++i) {
        if (m_classes.empty() || m_classes.contains(m_dataset.label(i)))
            m_rows.push_back(static_cast<int>(i));
    }
    if (m_isShuffled)
        std::shuffle(m_rows.begin(), m_rows.end(), std::mt19937(std::random_device{}()));
}

int SampleListModel::rowOfSample(int sampleIndex) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), sampleIndex);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SampleListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SampleListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int sample = m_rows[static_cast<std::size_t>(index.row())];
    const int label = m_dataset.label(static_cast<std::size_t>(sample));
    switch (role) {
    case Qt::DisplayRole:
        return className(label);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("#%L1, label %2").arg(sample).arg(className(label));
    case ImageRole:
        return imageOf(m_dataset, static_cast<std::size_t>(sample));
    case IndexRole:
        return sample;
    case LabelRole:
        return label;
    default:
        return {};
    }
}

} // namespace ui
