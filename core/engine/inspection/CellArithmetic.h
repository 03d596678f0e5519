// How one value of a layer was computed, term by term, for display.
//
//     auto arithmetic = engine::cellArithmetic(model, activations, {2, 4, 13, 13});
//     for (const auto& term : arithmetic->terms)
//         // Σ term.window · term.kernel = term.sum
//     // Σ term.sum + bias = total
#pragma once

#include "engine/inspection/Activations.h"
#include "engine/inspection/ReceptiveField.h"

namespace engine
{

/// The contribution of one input channel.
struct ChannelTerm {
    int channel = 0;           ///< of the layer below
    std::vector<float> window; ///< its values in the window, row by row; 0 in the padding
    std::vector<float> kernel; ///< the corresponding weights; empty for layers without weights
    double sum = 0;            ///< Σ window · kernel; without weights, the input value
};

struct CellArithmetic {
    Cell cell;
    LayerKind kind = LayerKind::Convolution;
    CellRectangle window; ///< in every input channel, including padding
    /// Convolution and Linear: one term per channel of inputLayer(). Others: one term.
    std::vector<ChannelTerm> terms;
    int chosen = 0; ///< MaxPool: index of the largest value, row by row; ties go to the first
    double bias = 0;
    Normalization normalization; ///< for BatchNorm
    /// Σ sums + bias; ReLU: max(0, value); MaxPool: the largest; AveragePool: the mean; BatchNorm: the
    /// normalized value; Flatten and Dropout (a no-op outside training): the value. Computed in double
    /// precision from the windows, so it equals the activation except for rounding.
    double total = 0;
};

/// `activations` must be from `model`. Fast enough for every pointer move. Errors: BadValue if there is no
/// such cell or the activations are from another model.
Result<CellArithmetic> cellArithmetic(const ModelSnapshot& model, const Activations& activations,
                                      const Cell& cell);

} // namespace engine
