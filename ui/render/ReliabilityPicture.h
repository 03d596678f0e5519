// How far a model's confidence can be trusted: for the images that it is so and so sure of, how many it gets
// right. On the diagonal it is right as often as it claims.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"
#include "ui/render/Colors.h"

#include <QFont>
#include <QPainter>

namespace ui
{

struct ReliabilityPicture {
    std::vector<engine::ReliabilityBin> bins;
    QRect area;          ///< of all of it: legend, plot, axes
    int emphasized = -1; ///< a bin; -1 for none

    int binCount() const { return static_cast<int>(bins.size()); }
    QRect plotRect() const;
    /// From the axis to the accuracy; without height where it is 0 or nothing is known.
    QRectF barRect(int bin) const;
    /// -1 beside the plot.
    int binAt(int x) const;

    void paint(QPainter& painter, const QFont& font, const Colors& colors) const;

private:
    double xAt(double confidence) const;
    double yAt(double accuracy) const;
    void paintAxes(QPainter& painter, const QFont& font, const Colors& colors) const;
    void paintBin(QPainter& painter, const QFont& font, int bin, const Colors& colors) const;
    void paintLegend(QPainter& painter, const QFont& font, const Colors& colors) const;
};

/// "confidence 93.0–100.0 %: 9,612 images, 99.4 % right, mean confidence 99.7 %"
QString binText(const engine::ReliabilityBin& bin);

/// "On average …": the expected calibration error and which way the model errs, as sentences.
QString calibrationText(const engine::EvaluationMetrics& figures);

} // namespace ui
