#include "ui/style/TextRole.h"

#include <QLabel>
#include <QStyle>
#include <QVariant>

namespace ui
{

void setTextRole(QLabel* label, TextRole role)
{
    const QLatin1String name(role == TextRole::Title       ? "title"
                             : role == TextRole::Secondary ? "secondary"
                                                           : "small");
    if (label->property("role") == name)
        return;
    label->setProperty("role", name);
    // Style sheets read properties only when the widget is polished.
    label->style()->unpolish(label);
    label->style()->polish(label);
}

} // namespace ui
