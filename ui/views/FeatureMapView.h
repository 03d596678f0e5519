// Feature maps as tiles, with a zero-centered color scale per layer or one for all layers. The current map is
// selected with the mouse or the arrow keys. Subclasses lay out the tiles: FeatureMapGrid, FeatureMapStrip
// and FeatureMapFlow.
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

    /// Keeps the current map if it still exists.
    void setLayers(std::vector<FeatureMaps> layers);
    const std::vector<FeatureMaps>& layers() const { return m_layers; }
    void setScale(Scale scale);
    /// Overrides the limit of the color scale; nullopt uses the layers' own.
    void setLimit(std::optional<float> limit);
    float limitOf(int layer) const;
    /// Writes the values into the cells if they fit.
    void setNumbersShown(bool areShown);

    Index current() const { return m_current; }
    /// Emits no signal; an index that does not exist selects none.
    void setCurrent(Index index);
    /// In viewport coordinates.
    QRect tileRect(Index index) const;
    /// Unit, range and value at a position; empty outside the maps.
    QString toolTipAt(const QPoint& position) const;

    QSize minimumSizeHint() const override { return {160, 120}; }

Q_SIGNALS:
    /// Emitted for user input: a click on a cell, or the keyboard, with row and column −1.
    void chosen(int layer, int unit, int row, int column);
    /// The pointer entered a cell; layer −1 when it left.
    void hovered(int layer, int unit, int row, int column);
    /// The color scale has changed; for the legend.
    void scaleChanged();

protected:
    struct Arrangement {
        std::vector<std::vector<QRect>> tiles; ///< indexed by layer and unit
        QSize content;                         ///< total size
    };
    /// Layout of the tiles in a viewport of this size.
    virtual Arrangement arrange(const QSize& room) const = 0;
    /// Paints the texts beside the tiles.
    virtual void paintCaptions(QPainter& painter, const Colors& colors) const = 0;
    /// Tile in content coordinates.
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
    /// The nearest map in the row of tiles above (−1) or below (+1); the same map if there is none.
    Index nextRow(Index index, int direction) const;
    Index indexAt(const QPoint& position) const;
    /// Column and row of the cell at `position`.
    QPoint cellAt(Index index, const QPoint& position) const;
    QString describe(Index index) const;
    const QImage& imageOf(Index index);
    void paintNumbers(QPainter& painter, Index index);
    void forgetImages();

    std::vector<FeatureMaps> m_layers;
    Arrangement m_arrangement;
    std::vector<std::vector<QImage>> m_images; ///< created on first paint
    Scale m_scale = Scale::PerLayer;
    std::optional<float> m_limit;
    bool m_areNumbersShown = false;
    Index m_current;
    Index m_hovered;
};

} // namespace ui
