// Charts below each other as one picture, on the ground that they have on the screen.
#pragma once

#include <QByteArray>
#include <QImage>
#include <vector>

namespace ui
{

class MetricChart;

QImage chartsAsImage(const std::vector<const MetricChart*>& charts, qreal scale);
QByteArray chartsAsSvg(const std::vector<const MetricChart*>& charts);

} // namespace ui
