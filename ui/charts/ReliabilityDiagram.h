// Reliability diagram of a model. The pointer or the arrow keys select a bin.
#pragma once

#include "ui/render/ReliabilityPicture.h"

#include <QWidget>

namespace ui
{

class ReliabilityDiagram : public QWidget
{
    Q_OBJECT
public:
    explicit ReliabilityDiagram(QWidget* parent = nullptr);

    void setBins(std::vector<engine::ReliabilityBin> bins);
    int binCount() const { return m_picture.binCount(); }
    /// See binText().
    QString describe(int bin) const;
    /// The selected bin; -1 for none.
    int currentBin() const { return m_picture.emphasized; }

    QRect plotRect() const { return m_picture.plotRect(); }
    QRectF barRect(int bin) const { return m_picture.barRect(bin); }

    QSize sizeHint() const override { return {520, 420}; }
    QSize minimumSizeHint() const override { return {360, 260}; }

Q_SIGNALS:
    void binChosen(int bin);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void choose(int bin);

    ReliabilityPicture m_picture;
};

} // namespace ui
