// What the cells of a confusion matrix say and how strongly they are colored: for the table on the screen
// and for pictures of it alike.
#pragma once

#include "engine/evaluation/ConfusionMatrix.h"

#include <QColor>
#include <QStringList>

namespace ui
{

struct Colors;

enum class ConfusionUnit {
    Counts,
    RowShare,    ///< percent of the images of the true class
    ColumnShare, ///< percent of the images predicted as the class
};

class ConfusionCells
{
public:
    ConfusionCells() = default;
    /// With `errorsFirst` the diagonal, which would outshine all else, stays out of the color scale.
    ConfusionCells(engine::ConfusionMatrix matrix, QStringList classNames, ConfusionUnit unit,
                   bool errorsFirst);

    const engine::ConfusionMatrix& matrix() const { return m_matrix; }
    int classCount() const { return m_matrix.classCount(); }
    QString className(int index) const { return m_classNames.value(index, QString::number(index)); }
    ConfusionUnit unit() const { return m_unit; }
    bool isErrorsFirst() const { return m_isErrorsFirst; }

    /// In the unit; empty for none.
    QString text(int trueClass, int predictedClass) const;
    QString recallText(int trueClass) const;
    QString precisionText(int predictedClass) const;
    /// What the darkest color stands for, in the unit: images or percent.
    double largest() const { return m_largest; }
    QColor fill(int trueClass, int predictedClass, const Colors& colors) const;

private:
    double value(int trueClass, int predictedClass) const;

    engine::ConfusionMatrix m_matrix;
    QStringList m_classNames;
    ConfusionUnit m_unit = ConfusionUnit::Counts;
    bool m_isErrorsFirst = true;
    double m_largest = 0;
};

/// Color of an error that is `share` (0 … 1) of the largest; of none where it is 0.
QColor errorHeat(double share, const Colors& colors);
/// Black or white, whichever stands out more (W3C's contrast ratio).
QColor textOn(const QColor& fill);

} // namespace ui
