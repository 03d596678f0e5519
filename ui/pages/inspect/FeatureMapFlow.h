// Several layers below each other, each with a line that names it, its own scale, and its maps in as many
// rows as they need.
#pragma once

#include "ui/widgets/FeatureMapView.h"

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
    /// Of the tiles of all layers.
    int commonSide(int room) const;
};

} // namespace ui
