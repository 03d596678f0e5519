// Text for how a cell is computed. The result shown is the activation itself, rounded; a note says if the
// rounded terms do not add up to it.
#pragma once

#include "engine/inspection/CellArithmetic.h"
#include "ui/models/Inspection.h"

namespace ui
{

struct ArithmeticText {
    QString formula; ///< "10 channels 0.412 + bias −0.021 = 0.391"
    QString after;   ///< what follows: "ReLU: max(0, 0.391) = 0.391"; may be empty
    QString note;    ///< about the rounding; may be empty
};

/// `arithmetic` must be of a cell of `inspection`.
ArithmeticText describe(const Inspection& inspection, const engine::CellArithmetic& arithmetic);

/// Sum of the rounded terms and the bias, as a reader would add them.
double sumAsShown(const engine::CellArithmetic& arithmetic);

} // namespace ui
