// Reliability diagram: accuracy of the images in each confidence bin. On the diagonal, confidence matches
// accuracy.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"
#include "ui/render/Colors.h"

#include <QFont>
#include <QPainter>

namespace ui
{

struct ReliabilityPicture {
    std::vector<engine::ReliabilityBin> bins;
    QRect area;          ///< including legend, plot and axes
    int emphasized = -1; ///< a bin; -1 for none

    int binCount() const { return static_cast<int>(bins.size()); }
    QRect plotRect() const;
    /// From the axis to the accuracy; zero height if the accuracy is 0 or the bin is empty.
    QRectF barRect(int bin) const;
    /// The bin at `x`; -1 outside the plot.
    int binAt(int x) const;

    void paint(QPainter& painter, const QFont& font, const Colors& colors) const;

private:
    double xAt(double confidence) const;
    double yAt(double accuracy) const;
    void paintAxes(QPainter& painter, const QFont& font, const Colors& colors) const;
    void paintBin(QPainter& painter, const QFont& font, int bin, const Colors& colors) const;
    void paintLegend(QPainter& painter, const QFont& font, const Colors& colors) const;
};

/// "confidence 93.0–100.0 %: 9,612 images, 99.4 % correct, mean confidence 99.7 %"
QString binText(const engine::ReliabilityBin& bin);

/// The expected calibration error, and whether the model is over- or underconfident, in sentences.
QString calibrationText(const engine::EvaluationMetrics& metrics);

} // namespace ui
