// A confusion matrix as a picture for paper and slides: title, axes, figures and legend, dark on white
// whatever the window's theme is.
#pragma once

#include "ui/render/ConfusionCells.h"

#include <QByteArray>
#include <QImage>

namespace ui
{

struct ConfusionPicture {
    ConfusionCells cells;
    QString title;
    QString subtitle;
};

/// Titled with the data set and how many of its images are right. `imagesName`: "test images".
ConfusionPicture titledPicture(ConfusionCells cells, const QString& datasetTitle, const QString& imagesName);

/// In points, which are pixels at a scale of 1.
QSize sizeOf(const ConfusionPicture& picture);
/// sizeOf() times `scale`. Needs a QGuiApplication, for the fonts.
QImage confusionImage(const ConfusionPicture& picture, int scale);
QByteArray confusionPng(const ConfusionPicture& picture, int scale);
QByteArray confusionSvg(const ConfusionPicture& picture);

} // namespace ui
