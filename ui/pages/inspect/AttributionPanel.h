// One way to ask what mattered: its map over the image, as large a square as fits, its scale, and a sentence
// that says what it means.
#pragma once

#include "engine/inspection/Attribution.h"

#include <QImage>
#include <QWidget>

class QLabel;

namespace ui
{

class OverlayMap;
class ScaleLegend;

class AttributionPanel : public QWidget
{
    Q_OBJECT
public:
    AttributionPanel(engine::AttributionKind kind, QWidget* parent = nullptr);

    /// The image alone, until there is a map.
    void showPicture(const QImage& picture, const QString& className);
    /// A number a pixel of the picture.
    void setMap(const QImage& picture, std::vector<float> values);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    engine::AttributionKind m_kind;
    QLabel* m_title;
    OverlayMap* m_map;
    ScaleLegend* m_legend;
    QLabel* m_sentence;
};

} // namespace ui
