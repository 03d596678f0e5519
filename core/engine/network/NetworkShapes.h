// Shape inference: the output shape of every layer, or the first layer that does not fit and why.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkSpec.h"

#include <cstdint>
#include <optional>

namespace engine
{

/// Output shape of a layer for one image. If flat, a vector of `channels` values, with height and width 1.
struct MapShape {
    int channels = 0;
    int height = 1;
    int width = 1;
    bool isFlat = false;

    std::int64_t size() const { return std::int64_t{channels} * height * width; }
    bool operator==(const MapShape&) const = default;
};

/// "10 × 14 × 14", or "490" if flat.
std::string text(const MapShape& shape);

MapShape inputShape(const NetworkSpec& spec);

/// A change of the layers that fixes an error.
struct SpecFix {
    std::string label; ///< describes the fix: "Set in_features to 360"
    std::vector<LayerSpec> layers;
};

struct SpecError {
    /// Index of the first layer that does not fit; −1 for the network as a whole.
    int layer = -1;
    /// Full sentences: expected and actual number, PyTorch's message, and the reason.
    std::string message;
    std::optional<SpecFix> fix;
    /// Output shapes of the layers before the one that does not fit.
    std::vector<MapShape> shapes;
};

/// The output shape of every layer.
tl::expected<std::vector<MapShape>, SpecError> validate(const NetworkSpec& spec);

/// The same, with errors as BadValue: "Layer 3 (Linear): …".
Result<std::vector<MapShape>> checkedShapes(const NetworkSpec& spec);

/// BadValue if a network is for other images or classes than those of a data set: "The network is for images
/// of 3 × 64 × 64 in 10 classes; MNIST has 1 × 28 × 28 in 10."
Result<void> checkImages(const NetworkSpec& spec, const ImageShape& images, int classCount,
                         const std::string& datasetTitle);

/// `spec` must be valid.
std::vector<MapShape> layerShapes(const NetworkSpec& spec);

/// Removes input sizes, which follow from the layers above, and names equal to those of nn.Sequential, so
/// that equivalent specs compare equal. `spec` must be valid.
NetworkSpec normalized(NetworkSpec spec);

} // namespace engine
