// An image with numbers over it: gray where they are nothing, the more colored the larger they are.
#pragma once

#include "ui/models/FeatureMaps.h"

#include <QWidget>

namespace ui
{

class OverlayMap : public QWidget
{
    Q_OBJECT
public:
    explicit OverlayMap(QWidget* parent = nullptr);

    /// `picture`: one pixel a cell. `values` has as many; empty for the picture alone.
    void setMap(const QImage& picture, std::vector<float> values);
    const std::vector<float>& values() const { return m_values; }
    float limit() const { return m_limit; }

    QSize sizeHint() const override { return {226, 226}; }
    QSize minimumSizeHint() const override { return {86, 86}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect imageRect() const;

    QImage m_picture;
    std::vector<float> m_values;
    float m_limit = 0;
};

} // namespace ui
