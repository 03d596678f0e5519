// The preprocessing of a drawing: the network input, enlarged, and below it each step with its name.
#pragma once

#include "core/session/DrawingService.h"

#include <QImage>
#include <QWidget>

namespace ui
{

class NormalizationSteps : public QWidget
{
    Q_OBJECT
public:
    explicit NormalizationSteps(QWidget* parent = nullptr);

    /// Null for an empty canvas.
    void setReading(std::shared_ptr<const core::DrawingReading> reading);

    /// Layout for the current size.
    QRect resultRect() const;
    /// 0: bounding box on the drawing, 1: scaled, 2: centered.
    QRect stepRect(int step) const;
    static constexpr int kSteps = 3;

    QSize sizeHint() const override { return {264, 340}; }
    QSize minimumSizeHint() const override { return {190, 216}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int stepSide() const;
    int resultSide() const;
    /// Top of the result; the whole is centered vertically.
    int top() const;
    void paintStep(QPainter& painter, int step) const;
    void paintScaled(QPainter& painter, const QRect& area) const;
    void paintBox(QPainter& painter, const QRect& area) const;
    void paintCentring(QPainter& painter, const QRect& area) const;
    QString caption(int step) const;
    QString explanation(int step) const;

    std::shared_ptr<const core::DrawingReading> m_reading;
    QImage m_drawing;
    QImage m_scaled;
    QImage m_result;
};

} // namespace ui
