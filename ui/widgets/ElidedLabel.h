// A line of text that may be made narrower than it is: then it ends in "…", and the pointer tells the whole.
#pragma once

#include <QLabel>

namespace ui
{

class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    using QLabel::QLabel;

    /// Down to so many pixels; without a call it keeps its width, as every label. Plain text only.
    void setLeastWidth(int pixels);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool isCut() const;

    int m_leastWidth = -1; ///< below 0: that of the text
};

} // namespace ui
