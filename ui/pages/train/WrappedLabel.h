// A label of fixed width that is as high as its wrapped text. A QFormLayout measures a wrapped QLabel for the
// width of the row and then makes it narrower, which cuts the text.
#pragma once

#include <QLabel>

namespace ui
{

class WrappedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit WrappedLabel(int width, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return false; } ///< the width is fixed
};

} // namespace ui
