// The pointer over a widget. It comes from elsewhere, as no event comes of a pointer that stays where it was.
#pragma once

#include <QTest>
#include <QWidget>

namespace test
{

inline void hover(QWidget* widget, const QPoint& position)
{
    QCoreApplication::processEvents(); // the layout
    QTest::mouseMove(widget->window(), {1, 1});
    QTest::mouseMove(widget, position);
}

} // namespace test
