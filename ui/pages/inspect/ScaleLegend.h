// Legend of a DivergingScale: a color bar from −limit over 0 to +limit, with these numbers.
#pragma once

#include "ui/render/DivergingScale.h"

#include <QWidget>

namespace ui
{

class ScaleLegend : public QWidget
{
    Q_OBJECT
public:
    explicit ScaleLegend(QWidget* parent = nullptr);

    void setLimit(float limit);
    float limit() const { return m_limit; }
    /// Uses the colors on black, in both themes, as over the images of a data set.
    void setOnBlack(bool isOnBlack);

    /// Only the color bar, from −limit to +limit, in a frame.
    static void paintBar(QPainter& painter, const QRect& bar, const DivergingScale& scale,
                         const QColor& frame);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {110, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    float m_limit = 1;
    bool m_isOnBlack = false;
};

} // namespace ui
