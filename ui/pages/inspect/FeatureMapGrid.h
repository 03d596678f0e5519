// All maps of one layer, as large as fits, each with its index.
#pragma once

#include "ui/views/FeatureMapView.h"

namespace ui
{

class FeatureMapGrid : public FeatureMapView
{
    Q_OBJECT
public:
    explicit FeatureMapGrid(QWidget* parent = nullptr);

    void setMaps(FeatureMaps maps);

protected:
    Arrangement arrange(const QSize& room) const override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;
};

} // namespace ui
