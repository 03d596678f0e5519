// An image with an overlay of values: gray where they are 0, more colored the larger they are.
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

    /// `picture`: one pixel per cell. `values`: one per pixel, or empty for the picture alone.
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
