#include "ui/pages/train/WheelGuard.h"

#include <QEvent>
#include <QWidget>

namespace ui
{

WheelGuard::WheelGuard(QWidget* field) : QObject(field)
{
    field->setFocusPolicy(Qt::StrongFocus); // the wheel does not give the focus
    field->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* field, QEvent* event)
{
    if (event->type() != QEvent::Wheel || static_cast<const QWidget*>(field)->hasFocus())
        return QObject::eventFilter(field, event);
    event->ignore(); // then the parent gets it
    return true;
}

} // namespace ui
