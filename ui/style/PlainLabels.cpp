#include "ui/style/PlainLabels.h"

#include <QEvent>
#include <QLabel>

namespace ui
{

bool PlainLabels::eventFilter(QObject* watched, QEvent* event)
{
    // Every widget is polished once, before its text is laid out.
    if (event->type() == QEvent::Polish) {
        auto* label = qobject_cast<QLabel*>(watched);
        if (label != nullptr && label->textFormat() == Qt::AutoText)
            label->setTextFormat(Qt::PlainText);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
