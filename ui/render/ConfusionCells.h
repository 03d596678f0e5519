// Texts and colors of the cells of a confusion matrix, for the table on screen and for exported pictures.
#pragma once

#include "engine/evaluation/ConfusionMatrix.h"

#include <QColor>
#include <QStringList>

namespace ui
{

struct Colors;

enum class ConfusionUnit {
    Counts,
    RowShare,    ///< percent of the images of the true class (row)
    ColumnShare, ///< percent of the images predicted as the class (column)
};

class ConfusionCells
{
public:
    ConfusionCells() = default;
    /// `errorsFirst` excludes the diagonal from the color scale, because it would dominate it.
    ConfusionCells(engine::ConfusionMatrix matrix, QStringList classNames, ConfusionUnit unit,
                   bool errorsFirst);

    const engine::ConfusionMatrix& matrix() const { return m_matrix; }
    int classCount() const { return m_matrix.classCount(); }
    QString className(int index) const { return m_classNames.value(index, QString::number(index)); }
    ConfusionUnit unit() const { return m_unit; }
    bool isErrorsFirst() const { return m_isErrorsFirst; }

    /// In the selected unit; empty for 0.
    QString text(int trueClass, int predictedClass) const;
    QString recallText(int trueClass) const;
    QString precisionText(int predictedClass) const;
    /// The value of the darkest color, in the selected unit: images or percent.
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

/// Color of an error cell; `share` (0 … 1) is relative to the largest cell. The background color for 0.
QColor errorHeat(double share, const Colors& colors);
/// Black or white, whichever has the higher contrast (W3C contrast ratio).
QColor textOn(const QColor& fill);

} // namespace ui
