// How one number of a layer was computed, term by term, as it can be written out.
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

/// What one channel below contributes.
struct ChannelTerm {
    int channel = 0;           ///< of the layer below
    std::vector<float> window; ///< its values under the window, row by row; 0 in the padding
    std::vector<float> kernel; ///< the weights over them, as many; empty in layers without weights
    double sum = 0;            ///< Σ window · kernel; without weights, the value that passes on
};

struct CellArithmetic {
    Cell cell;
    LayerKind kind = LayerKind::Convolution;
    CellRectangle window; ///< in every channel below, with its part in the padding
    /// Convolution and Linear: a term for each channel of inputLayer(). The others: one term.
    std::vector<ChannelTerm> terms;
    int chosen = 0; ///< MaxPool: which of the values is the largest, row by row, of two alike the first
    double bias = 0;
    Normalization normalization; ///< of BatchNorm
    /// Σ sums + bias; ReLU: max(0, value); MaxPool: the largest; AveragePool: the mean; BatchNorm: the
    /// normalized value; Flatten and Dropout (which changes nothing outside training): the value. Computed in
    /// double precision from the windows, so it is the activation but for the latter's rounding.
    double total = 0;
};

/// `activations` must be of `model`. Cheap: for every move of the pointer.
/// Errors: BadValue where there is no such cell or the activations are another model's.
Result<CellArithmetic> cellArithmetic(const ModelSnapshot& model, const Activations& activations,
                                      const Cell& cell);

} // namespace engine
