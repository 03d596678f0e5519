// The ranges of a network's settings: those of the layers, by PyTorch's names, and those of the families.
#pragma once

#include "engine/Range.h"

namespace engine::ranges
{

inline constexpr Range<int> kImageChannels = {"Image channels", 1, 4};
inline constexpr Range<int> kImageHeight = {"Image height", 1, 256};
inline constexpr Range<int> kImageWidth = {"Image width", 1, 256};
inline constexpr Range<int> kClasses = {"Classes", 2, 256};
inline constexpr Range<int> kLayers = {"Layers", 1, 64};

inline constexpr Range<int> kOutChannels = {"out_channels", 1, 512};
inline constexpr Range<int> kKernelSize = {"kernel_size", 1, 11};
inline constexpr Range<int> kStride = {"stride", 1, 8};
inline constexpr Range<int> kPadding = {"padding", 0, 10}; ///< as a number
inline constexpr Range<double> kEps = {"eps", 1e-12, 1};
inline constexpr Range<double> kBatchNormMomentum = {"momentum", 1e-6, 1};
inline constexpr Range<int> kPoolKernelSize = {"kernel_size", 1, 16};
inline constexpr Range<int> kPoolStride = {"stride", 0, 16}; ///< 0: the kernel size
inline constexpr Range<double> kDropoutP = {"p", 0, 0.95};
inline constexpr Range<int> kOutFeatures = {"out_features", 1, 4096};

/// Input sizes; 0: inferred from the layers above. Any other value must match them.
inline constexpr Range<int> kInChannels = {"in_channels", 0, kOutChannels.high};
inline constexpr Range<int> kNumFeatures = kInChannels.named("num_features");
inline constexpr Range<int> kInFeatures = {"in_features", 0, 16'000'000};

inline constexpr Range<int> kBlocks = {"Blocks", 1, 4};
inline constexpr Range<int> kConvolutionsPerBlock = {"Convolutions per block", 1, 3};
inline constexpr Range<int> kHiddenUnits = {"Hidden units", 1, 128}; ///< each of the list
inline constexpr Range<int> kKernelSizes = kKernelSize.named("Kernel sizes");
inline constexpr Range<double> kDropout = kDropoutP.named("Dropout");

} // namespace engine::ranges
