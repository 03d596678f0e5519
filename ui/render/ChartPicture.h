// The chart of a metric as a picture: title, legend, raw values faint, smoothed ones strong, test and
// validation values as points, the best epoch as a star.
#pragma once

#include "ui/render/ChartScale.h"
#include "ui/render/Colors.h"

#include <QByteArray>
#include <QImage>

namespace ui
{

/// All that is painted, copied, so that any thread can do it while the training goes on.
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
/// "★ best 98.65 % (9865/10000) after epoch 3"; empty before the first epoch has ended.
QString bestEpochText(const TrainingHistory& history);
/// One value a batch, thinned so that `width` pixels show no difference.
QList<QPointF> curveOf(const TrainingHistory& history, const std::vector<double>& values, TimeAxis axis,
                       int width);

/// Charts below each other. Needs a QGuiApplication, for the fonts.
QImage chartsImage(const std::vector<ChartPicture>& charts, qreal scale);
QByteArray chartsPng(const std::vector<ChartPicture>& charts, qreal scale);
QByteArray chartsSvg(const std::vector<ChartPicture>& charts);

} // namespace ui
