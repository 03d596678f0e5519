#include "ui/pages/train/WrappedLabel.h"

namespace ui
{

WrappedLabel::WrappedLabel(int width, QWidget* parent) : QLabel(parent)
{
    setWordWrap(true);
    setFixedWidth(width);
}

QSize WrappedLabel::sizeHint() const
{
    return {maximumWidth(), heightForWidth(maximumWidth())};
}

QSize WrappedLabel::minimumSizeHint() const
{
    return sizeHint();
}

} // namespace ui
