// Several layers below each other, each with a title line, its own scale, and its maps wrapped into rows.
#pragma once

#include "ui/views/FeatureMapView.h"

namespace ui
{

class FeatureMapFlow : public FeatureMapView
{
    Q_OBJECT
public:
    explicit FeatureMapFlow(QWidget* parent = nullptr);

protected:
    Arrangement arrange(const QSize& room) const override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;

private:
    /// Side of the tiles, the same in all layers.
    int commonSide(int room) const;
};

} // namespace ui
