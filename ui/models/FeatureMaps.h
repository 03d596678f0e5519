// What a layer gives for one image, as plain numbers to be painted: one map a unit.
#pragma once

#include "ui/style/DivergingScale.h"

#include <QImage>
#include <QStringList>
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
    std::vector<float> values; ///< count × planes × height × width, map after map, row after row
    /// 3: a cell is a color of three signed numbers, the maps of red, green and blue behind each other.
    int planes = 1;
    bool isFlat = false;        ///< numbers without a place: every cell is a unit, or a feature
    bool isRowAMap = false;     ///< of features: every row is one of the maps that were laid in a row
    QStringList unitNames = {}; ///< empty where units are called by their number

    /// All its planes.
    std::span<const float> map(int unit) const;
    float at(int unit, int row, int column, int plane = 0) const;
    QString nameOf(int unit) const { return unitNames.value(unit, QString::number(unit)); }
    ValueRange rangeOf(int unit) const;
    /// Of all units together.
    ValueRange range() const;
    /// Of all finite values; the end of the layer's own scale.
    float largestMagnitude() const;
    /// "28×28"
    QString sizeText() const { return QStringLiteral("%1×%2").arg(height).arg(width); }
};

/// One pixel a value.
QImage mapImage(std::span<const float> values, int height, int width, const DivergingScale& scale);

/// One pixel a cell of three planes: gray is 0, a channel is brighter the more it is above and darker the
/// more it is below, as far as ±limit.
QImage colorImage(std::span<const float> values, int height, int width, float limit);

/// A number as it stands beside maps, with three decimals and a true minus: "−0.120".
QString valueText(double value, int decimals = 3);
/// The same, but with its first digits where it would be rounded to nothing: "1.2e−7".
QString smallValueText(double value);
/// The end of a scale, which is never shown as nothing: "2.35", "0.012", "3.1e−5".
QString scaleText(double limit);

} // namespace ui
