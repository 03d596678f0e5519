// One image, as large as possible with sharp square pixels; hovering shows pixel values.
#pragma once

#include <QImage>
#include <QWidget>

namespace ui
{

class LargeImage : public QWidget
{
    Q_OBJECT
public:
    explicit LargeImage(QWidget* parent = nullptr);

    /// Stores a copy.
    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    /// Where the image is drawn: centered, at an integer multiple of its size.
    QRect imageRect() const;

    QSize sizeHint() const override { return {308, 308}; }
    QSize minimumSizeHint() const override { return {168, 168}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QImage m_image;
};

} // namespace ui
