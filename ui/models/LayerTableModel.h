// One row per layer, from the image to the probabilities: shape, size and output range for the inspected
// image.
#pragma once

#include "engine/inspection/TopActivatingImages.h"
#include "ui/models/Inspection.h"

#include <QAbstractTableModel>

namespace ui
{

class LayerTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Name,
        Kind,
        Shape,
        Parameters,
        Macs,
        Dead,
        NeverFires,
        Minimum,
        Mean,
        Maximum,
        ColumnCount
    };
    enum Role {
        LayerRole =
            Qt::UserRole, ///< as counted by engine::layerTable(); kInputImage, and the softmax after the last
        DetailRole,       ///< the layer's size in one line
    };

    explicit LayerTableModel(QObject* parent = nullptr);

    /// Null for none.
    void setInspection(InspectionPtr inspection);
    /// Statistics over all test images, for the number of units that never fire; null if unknown or pending.
    /// Cleared when the model changes.
    void setTopImages(std::shared_ptr<const std::vector<engine::LayerTopImages>> topImages, bool areAwaited);

    static int rowOfLayer(int layer) { return layer + 1; }
    int layerOf(int row) const { return row - 1; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString name;
        QString kind;
        QString shape;
        QString parameters;
        QString macs;
        QString dead;
        QString neverFires;
        QString minimum;
        QString mean;
        QString maximum;
        QString description; ///< what the layer does
        QString detail;      ///< the same, or its size and state
    };

    Row rowOf(int layer) const;
    QString neverFiringIn(int layer) const;
    void makeRows();
    static const QString& textOf(const Row& row, int column);

    std::vector<Row> m_rows;
    InspectionPtr m_inspection;
    std::shared_ptr<const std::vector<engine::LayerTopImages>> m_topImages;
    bool m_areTopImagesAwaited = false;
};

} // namespace ui
