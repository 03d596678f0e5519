// One enlarged feature map with marked cells. The pointer or the arrow keys move the current cell; a click
// pins it until the next click, so that the pointer can leave the map.
#pragma once

#include <QImage>
#include <QWidget>

namespace ui
{

class CellMap : public QWidget
{
    Q_OBJECT
public:
    explicit CellMap(QWidget* parent = nullptr);

    /// One pixel per cell.
    void setImage(const QImage& image);
    /// In columns and rows; may extend beyond the map. A null rectangle for none.
    void setMarked(const QRect& cells);
    QRect marked() const { return m_marked; }
    /// Shows only the first `count` cells, row by row; the others are not yet computed. −1 shows all.
    void setRevealed(int count);
    /// Whether cells respond to the pointer.
    void setInteractive(bool isInteractive);
    bool isHeld() const { return m_isHeld; }
    void release();

    /// Where the cells are painted.
    QRectF rectOf(const QRect& cells) const;

    QSize sizeHint() const override { return {168, 168}; }
    QSize minimumSizeHint() const override { return {84, 84}; }

Q_SIGNALS:
    void pointedAt(int row, int column);
    void heldChanged(bool isHeld);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect imageRect() const;
    QPoint cellAt(const QPoint& position) const;
    void setHeld(bool isHeld);

    QImage m_image;
    QRect m_marked;
    int m_revealed = -1;
    bool m_isInteractive = false;
    bool m_isHeld = false;
};

} // namespace ui
