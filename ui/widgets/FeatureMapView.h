// Feature maps as tiles, one zero-centred scale of colours a layer or one for all. The current map is chosen
// with the mouse or the arrow keys. How the tiles lie is for FeatureMapGrid and FeatureMapStrip to say.
//
//     FeatureMapStrip strip;
//     strip.setLayers({mapsOf(relu1), mapsOf(pool1)});  // as often as there is something new
//     connect(&strip, &FeatureMapView::chosen, …);      // (layer, unit)
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
    /// No signal; an invalid index for none.
    void setCurrent(Index index);
    /// In the viewport.
    QRect tileRect(Index index) const;
    /// What the pointer is told there: the unit, its range, and the number; empty beside the maps.
    QString toolTipAt(const QPoint& position) const;

Q_SIGNALS:
    /// By the user: a click, or the keyboard.
    void chosen(int layer, int unit);
    /// The pointer came over a map's cell; a layer of −1 when it left.
    void hovered(int layer, int unit, int row, int column);
    /// Another scale: for the legend.
    void scaleChanged();

protected:
    /// Where the tile lies in the content, whose size contentSize() is.
    virtual QRect placeOf(Index index) const = 0;
    virtual QSize contentSize() const = 0;
    /// Works out the places anew, after the viewport's size or the layers' shapes have changed.
    virtual void arrange() = 0;
    virtual void paintCaptions(QPainter& painter, const Colors& colors) const = 0;
    /// The map that Up (-1) and Down (+1) lead to.
    virtual Index above(Index index, int direction) const = 0;

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

    static constexpr int kGap = 6;

private:
    void rearrange();
    void choose(Index index);
    Index indexAt(const QPoint& position) const;
    /// Of the cell under `position`: column and row.
    QPoint cellAt(Index index, const QPoint& position) const;
    QString describe(Index index) const;
    const QImage& imageOf(Index index);
    void paintNumbers(QPainter& painter, Index index);
    void forgetImages();

    std::vector<FeatureMaps> m_layers;
    std::vector<std::vector<QImage>> m_images; ///< made when they are painted
    Scale m_scale = Scale::PerLayer;
    std::optional<float> m_limit;
    bool m_areNumbersShown = false;
    Index m_current;
    Index m_hovered;
};

} // namespace ui
