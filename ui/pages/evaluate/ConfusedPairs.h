// The most frequently confused pairs of classes, as bars. A click, or Enter, selects one direction of a pair.
#pragma once

#include "engine/evaluation/ConfusionMatrix.h"

#include <QWidget>
#include <vector>

namespace ui
{

class ConfusedPairs : public QWidget
{
    Q_OBJECT
public:
    explicit ConfusedPairs(QWidget* parent = nullptr);

    void setMatrix(const engine::ConfusionMatrix& matrix, const QStringList& classNames);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, kRowHeight * 3}; }

Q_SIGNALS:
    void chosen(int trueClass, int predictedClass);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static constexpr int kRowHeight = 24;

    struct Direction {
        int trueClass = 0;
        int predictedClass = 0;
        std::size_t count = 0;
    };

    /// Number of rows that fit.
    int shownRows() const;
    void choose(int row);

    std::vector<Direction> m_rows; ///< the two directions of a pair follow each other
    QStringList m_classNames;
    int m_current = 0;
};

} // namespace ui
