// Picture of a metric's chart: title, legend, raw values (faint), smoothed values (strong), test and
// validation values (points), best epoch (star).
#pragma once

#include "ui/render/ChartScale.h"
#include "ui/render/Colors.h"

#include <QByteArray>
#include <QImage>

namespace ui
{

/// A copy of everything that is painted, so that any thread can paint it while training continues.
struct ChartPicture {
    Metric metric = Metric::Loss;
    QSize size;
    ChartScale x;
    ChartScale y;
    QList<QPointF> raw;
    QList<QPointF> smoothed;
    std::vector<QPointF> test;
    std::vector<QPointF> validation;
    std::optional<QPointF> best;
    double smoothing = 0;
    bool hasValidation = false;
    QString bestText;
    Colors colors;
};

ChartPicture chartPicture(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom,
                          const QSize& size, const Colors& colors);

/// "Loss", "Accuracy"
QString nameOf(Metric metric);
/// "★ best 98.65 % (9865/10000) after epoch 3"; empty before the end of the first epoch.
QString bestEpochText(const TrainingHistory& history);
/// One value per batch, thinned without visible difference at `width` pixels.
QList<QPointF> curveOf(const TrainingHistory& history, const std::vector<double>& values, TimeAxis axis,
                       int width);

/// Stacks the charts vertically. Needs a QGuiApplication, for the fonts.
QImage chartsImage(const std::vector<ChartPicture>& charts, qreal scale);
QByteArray chartsPng(const std::vector<ChartPicture>& charts, qreal scale);
QByteArray chartsSvg(const std::vector<ChartPicture>& charts);

} // namespace ui
