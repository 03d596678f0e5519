// Several layers below each other, each with a line that names it and its maps in as many rows as they need.
#pragma once

#include "ui/widgets/FeatureMapView.h"

namespace ui
{

class FeatureMapFlow : public FeatureMapView
{
    Q_OBJECT
public:
    explicit FeatureMapFlow(QWidget* parent = nullptr);

    /// Brings the layer's first map into sight.
    void scrollToLayer(int layer);
    QSize minimumSizeHint() const override { return {160, 120}; }

protected:
    QRect placeOf(Index index) const override;
    QSize contentSize() const override;
    void arrange() override;
    void paintCaptions(QPainter& painter, const Colors& colors) const override;
    Index above(Index index, int direction) const override;

private:
    struct Place {
        int top = 0; ///< of the line that names the layer
        QSize tile;
        int columns = 1;
    };

    /// Of the tiles of all layers.
    int commonSide(int room) const;

    std::vector<Place> m_places;
    int m_height = 0;
};

} // namespace ui
