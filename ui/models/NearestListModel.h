// The training images that are nearest to an image in the model's feature space, as rows.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/NearestImages.h"

#include <QAbstractListModel>
#include <QStringList>

namespace ui
{

class NearestListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ImageRole = Qt::UserRole, ///< QImage
        IndexRole,                ///< int, index into the training images
        LabelRole,                ///< int, the class
        DistanceTextRole,         ///< "3.42"
    };

    using QAbstractListModel::QAbstractListModel;

    /// `nearest` holds indices into `images`.
    void show(const engine::Dataset& images, std::vector<engine::NearImage> nearest,
              const QStringList& classNames);
    void clear();
    /// Counts of the labels: "9 labeled 4, 3 labeled 9"; empty without rows.
    QString labelsText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    engine::Dataset m_images;
    std::vector<engine::NearImage> m_nearest;
    QStringList m_classNames;
};

} // namespace ui
