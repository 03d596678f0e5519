// Several layers below each other, a row of maps each, its name at the left.
#pragma once

#include "ui/widgets/FeatureMapView.h"

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
    QRect placeOf(Index index) const override;
    QSize contentSize() const override;
    void arrange() override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;
    Index above(Index index, int direction) const override;

private:
    int rowCount() const { return static_cast<int>(layers().size()); }
    int mostMaps() const;

    int m_side = 42;
};

} // namespace ui
