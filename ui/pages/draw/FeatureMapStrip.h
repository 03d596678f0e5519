// Several layers, one row of feature maps each, with the layer name at the left.
#pragma once

#include "ui/views/FeatureMapView.h"

namespace ui
{

class FeatureMapStrip : public FeatureMapView
{
    Q_OBJECT
public:
    explicit FeatureMapStrip(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    Arrangement arrange(const QSize& room) const override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;

private:
    int rowCount() const { return static_cast<int>(layers().size()); }
    int mostMaps() const;
};

} // namespace ui
