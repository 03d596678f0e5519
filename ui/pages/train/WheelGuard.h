// Keeps the mouse wheel from changing a field without the focus: the wheel scrolls the area around the field.
#pragma once

#include <QObject>

class QWidget;

namespace ui
{

class WheelGuard : public QObject
{
    Q_OBJECT
public:
    /// `field`: a combo box or a spin box; it becomes the parent.
    explicit WheelGuard(QWidget* field);

protected:
    bool eventFilter(QObject* field, QEvent* event) override;
};

} // namespace ui
