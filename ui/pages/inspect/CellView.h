// How a feature map is computed: the map, the image with the receptive field of the current cell, and the
// arithmetic of that cell. The pointer, the arrow keys or the play button move the cell.
#pragma once

#include "engine/inspection/CellArithmetic.h"
#include "ui/models/Inspection.h"
#include "ui/pages/inspect/ChannelTerms.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLayout;
class QScrollArea;
class QSlider;
class QToolButton;

namespace ui
{

class CellMap;
class FieldStrip;

class CellView : public QWidget
{
    Q_OBJECT
public:
    explicit CellView(QWidget* parent = nullptr);

    void setInspection(InspectionPtr inspection);
    /// Shows a unit, or class, of `layer`, with its strongest cell.
    void setSelection(int layer, int unit);
    void setCell(int row, int column);
    /// The same, unless a cell is pinned or the animation runs.
    void pointAt(int row, int column);
    /// A cell of the unit's map.
    QPoint cell() const { return {m_column, m_row}; }
    bool isPlaying() const { return m_timer.isActive(); }
    void stop();

Q_SIGNALS:
    /// The title of the view: "block_1.2 · unit 4".
    void titleChanged(const QString& title);

protected:
    void changeEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QLayout* makeMaps();
    QLayout* makeControls();
    void play();
    void advance();
    void showUnit();
    void showCell();
    void showStrongestCell();
    bool hasArithmetic() const;
    bool hasCells() const;
    engine::Cell engineCell() const;
    /// Index of the unit's map in m_maps.
    int mapOfUnit() const;
    void clear();

    InspectionPtr m_inspection;
    int m_layer = 0;
    MapForm m_form = MapForm::Maps; ///< of the layer
    int m_unit = 0;
    int m_row = 0;
    int m_column = 0;
    FeatureMaps m_maps; ///< of the layer
    ChannelTerms::Below m_below;
    QTimer m_timer;
    CellMap* m_image;
    QLabel* m_imageText;
    CellMap* m_map;
    QLabel* m_mapText;
    QToolButton* m_play;
    QSlider* m_speed;
    FieldStrip* m_fields;
    QScrollArea* m_termsArea;
    ChannelTerms* m_terms;
    QLabel* m_formula;
    QLabel* m_after;
    QLabel* m_note;
};

} // namespace ui
