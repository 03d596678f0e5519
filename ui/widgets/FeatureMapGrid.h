// All maps of one layer, as large as there is room for, each with its number.
#pragma once

#include "ui/widgets/FeatureMapView.h"

namespace ui
{

class FeatureMapGrid : public FeatureMapView
{
    Q_OBJECT
public:
    explicit FeatureMapGrid(QWidget* parent = nullptr);

    void setMaps(FeatureMaps maps);
    QSize minimumSizeHint() const override { return {160, 120}; }

protected:
    QRect placeOf(Index index) const override;
    QSize contentSize() const override;
    void arrange() override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;
    Index above(Index index, int direction) const override;

private:
    int count() const { return layers().empty() ? 0 : layers().front().count; }
    int rows() const { return (count() + m_columns - 1) / m_columns; }

    QSize m_tile{56, 56};
    int m_columns = 1;
};

} // namespace ui
