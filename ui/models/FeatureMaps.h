// The output of a layer for one image as plain numbers, one map per unit.
#pragma once

#include "ui/render/DivergingScale.h"

#include <QImage>
#include <QStringList>
#include <span>
#include <vector>

namespace ui
{

/// Range of the finite values; 0 if there are none.
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
    std::vector<float> values; ///< count × planes × height × width, row-major
    /// 3: a cell is a color of three signed values, stored as planes for red, green and blue.
    int planes = 1;
    bool isFlat = false;        ///< no spatial layout: every cell is a unit, or a feature
    bool isRowAMap = false;     ///< of features: every row is one of the maps that were flattened
    QStringList unitNames = {}; ///< empty if units have no names but their index

    /// All planes of the unit.
    std::span<const float> map(int unit) const;
    float at(int unit, int row, int column, int plane = 0) const;
    QString nameOf(int unit) const { return unitNames.value(unit, QString::number(unit)); }
    ValueRange rangeOf(int unit) const;
    /// Over all units.
    ValueRange range() const;
    /// Largest finite magnitude; the limit of the layer's own color scale.
    float largestMagnitude() const;
    /// "28×28"
    QString sizeText() const { return QStringLiteral("%1×%2").arg(height).arg(width); }
};

/// One pixel per value.
QImage mapImage(std::span<const float> values, int height, int width, const DivergingScale& scale);

/// One pixel per cell of three planes: gray is 0; a channel is brighter for positive and darker for negative
/// values, up to ±limit.
QImage colorImage(std::span<const float> values, int height, int width, float limit);

/// A number as shown beside maps, with three decimals and a minus sign: "−0.120".
QString valueText(double value, int decimals = 3);
/// Like valueText(), but switches to scientific notation if the value would round to 0: "1.2e−7".
QString smallValueText(double value);
/// The limit of a color scale, which is never shown as 0: "2.35", "0.012", "3.1e−5".
QString scaleText(double limit);

} // namespace ui
