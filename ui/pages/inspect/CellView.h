// How a unit comes to its map: the map, the image with what the chosen cell sees of it, and that cell's
// arithmetic. The pointer, the arrow keys or the play button move the cell.
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
    /// The unit, or class, of `layer` that is looked at. Its strongest cell is the first.
    void setSelection(int layer, int unit);
    void setCell(int row, int column);
    /// The same, unless a cell is held or the window moves by itself.
    void pointAt(int row, int column);
    /// Of the chosen unit's map.
    QPoint cell() const { return {m_column, m_row}; }
    bool isPlaying() const { return m_timer.isActive(); }
    void stop();

Q_SIGNALS:
    /// What is looked at, by name: "block_1.2 · unit 4".
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
    /// Which of m_maps is the unit's.
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
