// Feature maps as tiles, one zero-centerd scale of colors a layer or one for all. The current map is chosen
// with the mouse or the arrow keys. How the tiles lie is for FeatureMapGrid, FeatureMapStrip and
// FeatureMapFlow to say.
//
//     FeatureMapStrip strip;
//     strip.setLayers({mapsOf(relu1), mapsOf(pool1)});  // as often as there is something new
//     connect(&strip, &FeatureMapView::chosen, …);      // (layer, unit, row, column)
#pragma once

#include "ui/models/FeatureMaps.h"

#include <QAbstractScrollArea>
#include <optional>

namespace ui
{

class FeatureMapView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    enum class Scale { PerLayer, Shared };

    struct Index {
        int layer = -1;
        int unit = -1;
        bool isValid() const { return layer >= 0; }
        bool operator==(const Index&) const = default;
    };

    explicit FeatureMapView(QWidget* parent = nullptr);

    /// The current map stays where there still is one.
    void setLayers(std::vector<FeatureMaps> layers);
    const std::vector<FeatureMaps>& layers() const { return m_layers; }
    void setScale(Scale scale);
    /// The end of the scale in place of what these layers would have; nothing for their own.
    void setLimit(std::optional<float> limit);
    float limitOf(int layer) const;
    /// Writes the numbers into the cells, where they have room.
    void setNumbersShown(bool areShown);

    Index current() const { return m_current; }
    /// No signal; an index that is not there for none.
    void setCurrent(Index index);
    /// In the viewport.
    QRect tileRect(Index index) const;
    /// What the pointer is told there: the unit, its range, and the number; empty beside the maps.
    QString toolTipAt(const QPoint& position) const;

    QSize minimumSizeHint() const override { return {160, 120}; }

Q_SIGNALS:
    /// By the user: a click on a cell, or the keyboard, for which row and column are −1.
    void chosen(int layer, int unit, int row, int column);
    /// The pointer came over a map's cell; a layer of −1 when it left.
    void hovered(int layer, int unit, int row, int column);
    /// Another scale: for the legend.
    void scaleChanged();

protected:
    struct Arrangement {
        std::vector<std::vector<QRect>> tiles; ///< by layer and unit
        QSize content;                         ///< which they lie in
    };
    /// Of the layers in a viewport of this size.
    virtual Arrangement arrange(const QSize& room) const = 0;
    /// Beside the tiles.
    virtual void paintCaptions(QPainter& painter, const Colors& colors) const = 0;
    /// The tile in the content.
    const QRect& placeOf(Index index) const
    {
        return m_arrangement
            .tiles[static_cast<std::size_t>(index.layer)][static_cast<std::size_t>(index.unit)];
    }

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

    static constexpr int kGap = 6;

private:
    void rearrange();
    bool isThere(Index index) const;
    void choose(Index index, const QPoint& cell = {-1, -1});
    void bringIntoSight(Index index);
    /// The nearest map in the row of tiles above (−1) or below (+1); the same where there is none.
    Index nextRow(Index index, int direction) const;
    Index indexAt(const QPoint& position) const;
    /// Of the cell under `position`: column and row.
    QPoint cellAt(Index index, const QPoint& position) const;
    QString describe(Index index) const;
    const QImage& imageOf(Index index);
    void paintNumbers(QPainter& painter, Index index);
    void forgetImages();

    std::vector<FeatureMaps> m_layers;
    Arrangement m_arrangement;
    std::vector<std::vector<QImage>> m_images; ///< made when they are painted
    Scale m_scale = Scale::PerLayer;
    std::optional<float> m_limit;
    bool m_areNumbersShown = false;
    Index m_current;
    Index m_hovered;
};

} // namespace ui
