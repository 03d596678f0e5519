// What of a widget is painted, from the construction on.
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QPaintEvent>
#include <QWidget>
#include <utility>

namespace test
{

class PaintedRegion : public QObject
{
public:
    explicit PaintedRegion(QWidget& widget) { widget.installEventFilter(this); }

    /// Since the last time, when all that waits to be painted has been.
    QRegion take()
    {
        QCoreApplication::processEvents();
        return std::exchange(m_region, {});
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }

private:
    QRegion m_region;
};

} // namespace test
