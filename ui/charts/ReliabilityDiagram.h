// How far a model's confidence can be trusted: for the images that it is so and so sure of, how many it gets
// right. On the diagonal it is right as often as it claims.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"

#include <QWidget>
#include <optional>

namespace ui
{

class ReliabilityDiagram : public QWidget
{
    Q_OBJECT
public:
    explicit ReliabilityDiagram(QWidget* parent = nullptr);

    void setBins(std::vector<engine::ReliabilityBin> bins);
    int binCount() const { return static_cast<int>(m_bins.size()); }
    /// "confidence 93–100 %: 9,612 images, 99.4 % right, mean confidence 99.7 %"
    QString describe(int bin) const;
    /// The bin that the pointer or the arrow keys have chosen; -1 for none.
    int currentBin() const { return m_current; }

    QRect plotRect() const;
    /// From the axis to the accuracy; without height where it is 0 or nothing is known.
    QRectF barRect(int bin) const;

    QSize sizeHint() const override { return {520, 420}; }
    QSize minimumSizeHint() const override { return {360, 260}; }

Q_SIGNALS:
    void binChosen(int bin);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int binAt(int x) const;
    double xAt(double confidence) const;
    double yAt(double accuracy) const;
    void choose(int bin);
    void paintAxes(QPainter& painter) const;
    void paintBin(QPainter& painter, int bin) const;
    void paintLegend(QPainter& painter) const;

    std::vector<engine::ReliabilityBin> m_bins;
    int m_current = -1;
};

/// "On average …": the expected calibration error and which way the model errs, as sentences.
QString calibrationText(const engine::EvaluationMetrics& figures);

} // namespace ui
