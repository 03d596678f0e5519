#include "ui/models/NearestListModel.h"

#include "ui/render/SampleImage.h"

#include <algorithm>

namespace ui
{

void NearestListModel::show(const engine::Dataset& images, std::vector<engine::NearImage> nearest,
                            const QStringList& classNames)
{
    beginResetModel();
    m_images = images;
    m_nearest = std::move(nearest);
    m_classNames = classNames;
    endResetModel();
}

void NearestListModel::clear()
{
    show({}, {}, {});
}

QString NearestListModel::labelsText() const
{
    std::vector<std::pair<int, int>> counts; // count and class
    for (const engine::NearImage& image : m_nearest) {
        const int label = m_images.label(image.index);
        const auto found = std::ranges::find(counts, label, &std::pair<int, int>::second);
        if (found == counts.end())
            counts.emplace_back(1, label);
        else
            ++found->first;
    }
    std::ranges::stable_sort(counts, std::ranges::greater(), &std::pair<int, int>::first);
    QStringList parts;
    for (const auto& [count, label] : counts)
        parts << tr("%1 labeled %2").arg(count).arg(m_classNames.value(label));
    return parts.join(QStringLiteral(", "));
}

int NearestListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_nearest.size());
}

QVariant NearestListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const engine::NearImage& image = m_nearest[static_cast<std::size_t>(index.row())];
    const int label = m_images.label(image.index);
    const QString distance = QString::number(static_cast<double>(image.distance), 'f', 2);
    switch (role) {
    case Qt::DisplayRole:
        return m_classNames.value(label);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("Training image #%1, label %2, distance %3")
            .arg(image.index)
            .arg(m_classNames.value(label), distance);
    case ImageRole:
        return imageOf(m_images, image.index);
    case IndexRole:
        return static_cast<int>(image.index);
    case LabelRole:
        return label;
    case DistanceTextRole:
        return distance;
    default:
        return {};
    }
}

} // namespace ui
