// A single-line label that can be narrower than its text: it elides the text and shows all of it in a
// tooltip.
#pragma once

#include <QLabel>

namespace ui
{

class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    using QLabel::QLabel;

    /// Sets the minimum width. Without a call the label is as wide as its text. Plain text only.
    void setLeastWidth(int pixels);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool isCut() const;

    int m_leastWidth = -1; ///< negative: width of the text
};

} // namespace ui
