// What a layer gives for one image, as plain numbers to be painted: one map a unit.
#pragma once

#include "ui/style/DivergingScale.h"

#include <QImage>
#include <QString>
#include <span>
#include <vector>

namespace ui
{

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

} // namespace ui
