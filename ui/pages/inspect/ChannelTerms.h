// A cell's terms written out, a row a channel below: its map with the window on it, times the kernel, is so
// much. The row that is opened shows the numbers of both or, where they are too many, both as pictures and
// what comes of them, pixel by pixel. A click, or Up and Down, opens another. Of features without a place,
// which a hidden Linear gives, a row is one number times one weight.
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

    /// What the terms are of.
    struct Below {
        FeatureMaps maps;
        float kernelLimit = 0; ///< the end of the kernels' scale
        bool hasBias = true;
    };
    /// `value`: what comes out, as the network has it.
    void setArithmetic(const engine::CellArithmetic& arithmetic, const Below& below, float value);
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
    bool areFeatures() const;
    int rowHeight() const;
    bool areNumbersShown() const; ///< pictures are where a row of them is wider than there is room
    bool areGridsStacked() const;
    NumberGrid gridOf(std::span<const float> values) const;
    QSize gridSize() const;
    int openedHeight() const;
    int footTop() const;
    void open(int term);
    void tellHeight();
    void paintTerm(QPainter& painter, int term);
    void paintNumbers(QPainter& painter, int term);
    void paintFeature(QPainter& painter, int term);
    void paintSum(QPainter& painter, const QRect& row, int left, double sum);
    void paintPictures(QPainter& painter, int term);
    /// Of a picture of the window, large.
    QSize pictureSize() const;
    QString nameOf(int channel) const;
    void paintFoot(QPainter& painter);
    QRect numberRect(const QRect& row) const;

    engine::CellArithmetic m_arithmetic;
    FeatureMaps m_below;
    bool m_hasBias = true;
    DivergingScale m_belowScale;
    DivergingScale m_kernelScale;
    float m_value = 0;
    double m_largestTerm = 1;
    int m_opened = 0;
};

} // namespace ui
