// What a layer gives for one image, as plain numbers to be painted: one map a unit.
#pragma once

#include "ui/render/DivergingScale.h"

#include <QImage>
#include <QString>
#include <span>
#include <vector>

namespace ui
{

/// Of the values that are numbers; 0 where none is.
struct ValueRange {
    float min = 0;
    float mean = 0;
    float max = 0;
};

struct FeatureMaps {
    QString name; ///< as in the state_dict: "block_1.1"
    QString kind; ///< "ReLU"
    int count = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values; ///< count × height × width, map after map, row after row

    std::span<const float> map(int unit) const;
    float at(int unit, int row, int column) const;
    ValueRange rangeOf(int unit) const;
    /// Of all finite values; the end of the layer's own scale.
    float largestMagnitude() const;
    /// "28×28"
    QString sizeText() const { return QStringLiteral("%1×%2").arg(height).arg(width); }
};

/// One pixel a value.
QImage mapImage(std::span<const float> values, int height, int width, const DivergingScale& scale);

/// A number as it stands beside maps, with three decimals and a true minus: "−0.120".
QString valueText(double value, int decimals = 3);
/// The same, but with its first digits where it would be rounded to nothing: "1.2e−7".
QString smallValueText(double value);
/// The end of a scale, which is never shown as nothing: "2.35", "0.012", "3.1e−5".
QString scaleText(double limit);

} // namespace ui
