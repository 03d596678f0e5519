// The weights of a model at one moment, as plain numbers: what may leave the training thread.
#pragma once

#include "engine/model/TinyVggOptions.h"

#include <span>

namespace engine
{

struct WeightArray {
    std::string name;                ///< as in the state_dict: "block_1.0.weight"
    std::vector<std::int64_t> shape; ///< convolution {out, in, k, k}, linear {out, in}, bias {out}
    std::vector<float> values;       ///< row by row in that shape
};

struct ModelSnapshot {
    TinyVggOptions options;
    std::vector<WeightArray> weights; ///< in the order of the state_dict
};

/// Names and shapes of a TinyVGG's state_dict, in its order. `options` must be valid.
std::vector<WeightArray> emptyStateDict(const TinyVggOptions& options);

/// All weights and biases behind each other, in the order of the state_dict; and back. Throws
/// std::invalid_argument where names or sizes are not those of the options.
std::vector<float> flatParameters(const ModelSnapshot& model);
ModelSnapshot snapshotOf(const TinyVggOptions& options, std::span<const float> parameters);

/// Recognizes a TinyVGG by the names and shapes of its arrays, in any order; the prefix "conv_block_" that
/// much course code uses is accepted for "block_". The input is taken to be square where the classifier's
/// width allows it, else `inputHeight` × `inputWidth` must be given. Fails with BadFormat naming the array
/// that is missing, superfluous or of another shape.
Result<ModelSnapshot> recognizeTinyVgg(std::vector<WeightArray> arrays, int inputHeight = 0,
                                       int inputWidth = 0);

} // namespace engine
