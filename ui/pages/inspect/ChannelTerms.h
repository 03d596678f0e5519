// The terms of a cell written out, one row per input channel: its map with the window, times the kernel, and
// the result. The opened row shows the numbers of both or, if they are too many, both as pictures and their
// products, pixel by pixel. A click, or Up and Down, opens another row. For the features of a hidden Linear,
// which have no spatial layout, a row is one value times one weight.
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

    /// The layer that the terms belong to.
    struct Below {
        FeatureMaps maps;
        float kernelLimit = 0; ///< limit of the color scale of the kernels
        bool hasBias = true;
    };
    /// `value`: the result, as computed by the network.
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
    bool areNumbersShown() const; ///< otherwise pictures, because a row of numbers does not fit
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
    /// Size of the enlarged picture of the window.
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
