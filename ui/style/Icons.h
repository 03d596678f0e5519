// The program's line icons, in any color.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace ui
{

/// `name` as in resources/icons, without ".svg".
QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

QIcon icon(const QString& name, const QColor& color, int size = 20);

} // namespace ui
