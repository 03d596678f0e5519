// A cell's terms written out, a row a channel below: its map with the window on it, times the kernel, is so
// much. The row that is opened shows the numbers of both. A click, or Up and Down, opens another.
#pragma once

#include "engine/inspection/CellArithmetic.h"
#include "ui/models/FeatureMaps.h"
#include "ui/pages/inspect/NumberGrid.h"

#include <QWidget>

namespace ui
{

class ChannelTerms : public QWidget
{
    Q_OBJECT
public:
    explicit ChannelTerms(QWidget* parent = nullptr);

    /// `below`: the maps that the terms are of. `kernelLimit` is the end of the kernels' scale. `value`: what
    /// comes out, as the network has it.
    void setArithmetic(const engine::CellArithmetic& arithmetic, const FeatureMaps& below, float kernelLimit,
                       float value);
    void clear();

    int opened() const { return m_opened; }
    /// Row of a term, without its numbers.
    QRect rowRect(int term) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void openedChanged(const QRect& row);
    /// The total height of the rows.
    void heightChanged(int height);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int termCount() const { return static_cast<int>(m_arithmetic.terms.size()); }
    bool hasKernels() const;
    bool areNumbersShown() const; ///< they are left out where a row of them is wider than there is room
    bool areGridsStacked() const;
    NumberGrid gridOf(std::span<const float> values) const;
    QSize gridSize() const;
    int openedHeight() const;
    int footTop() const;
    void open(int term);
    void tellHeight();
    void paintTerm(QPainter& painter, int term);
    void paintNumbers(QPainter& painter, int term);
    void paintWhyNoNumbers(QPainter& painter, int term);
    void paintFoot(QPainter& painter);
    QRect numberRect(const QRect& row) const;

    engine::CellArithmetic m_arithmetic;
    FeatureMaps m_below;
    DivergingScale m_belowScale;
    DivergingScale m_kernelScale;
    float m_value = 0;
    double m_largestTerm = 1;
    int m_opened = 0;
};

} // namespace ui
