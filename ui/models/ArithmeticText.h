// How a cell was computed, in words and figures. What is shown is the activation itself, rounded; where the
// rounded terms do not add up to it, the note says so.
#pragma once

#include "engine/inspection/CellArithmetic.h"
#include "ui/models/Inspection.h"

namespace ui
{

struct ArithmeticText {
    QString formula; ///< "10 channels 0.412 + bias −0.021 = 0.391"
    QString after;   ///< what becomes of it: "ReLU: max(0, 0.391) = 0.391"; empty where nothing does
    QString note;    ///< about the rounding; empty where nothing needs to be said
};

/// `arithmetic` is of a cell of `inspection`.
ArithmeticText describe(const Inspection& inspection, const engine::CellArithmetic& arithmetic);

/// The rounded terms and the bias, added as a reader adds them.
double sumAsShown(const engine::CellArithmetic& arithmetic);

} // namespace ui
