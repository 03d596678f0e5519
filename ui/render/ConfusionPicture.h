// A confusion matrix as a picture for papers and slides: title, axes, numbers and legend. Always dark on
// white, whatever the theme.
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

/// The title names the data set, the subtitle how many of its images are correct. `imagesName`: "test
/// images".
ConfusionPicture titledPicture(ConfusionCells cells, const QString& datasetTitle, const QString& imagesName);

/// In points; one pixel each at a scale of 1.
QSize sizeOf(const ConfusionPicture& picture);
/// sizeOf() times `scale`. Needs a QGuiApplication, for the fonts.
QImage confusionImage(const ConfusionPicture& picture, int scale);
QByteArray confusionPng(const ConfusionPicture& picture, int scale);
QByteArray confusionSvg(const ConfusionPicture& picture);

} // namespace ui
