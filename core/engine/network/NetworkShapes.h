// Which shape every layer of a network gives, or where the layers do not fit together and why.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkSpec.h"

#include <optional>

namespace engine
{

/// What a layer gives for one image. Flat: a vector of `channels` numbers, height and width 1.
struct MapShape {
    int channels = 0;
    int height = 1;
    int width = 1;
    bool isFlat = false;

    std::int64_t size() const { return std::int64_t{channels} * height * width; }
    bool operator==(const MapShape&) const = default;
};

/// "10 × 14 × 14", or "490" where it is flat.
std::string text(const MapShape& shape);

MapShape inputShape(const NetworkSpec& spec);

/// One change of the layers that mends an error.
struct SpecFix {
    std::string label; ///< what it does: "Set in_features to 360"
    std::vector<LayerSpec> layers;
};

struct SpecError {
    /// Position of the first layer that does not fit; −1 for the network as a whole.
    int layer = -1;
    /// Whole sentences: both numbers, what PyTorch would say of them, and why.
    std::string message;
    std::optional<SpecFix> fix;
    /// Of the layers before the one that does not fit.
    std::vector<MapShape> shapes;
};

/// The shape that each layer gives.
tl::expected<std::vector<MapShape>, SpecError> validate(const NetworkSpec& spec);

/// The same with BadValue for an error: "Layer 3 (Linear): …".
Result<std::vector<MapShape>> checkedShapes(const NetworkSpec& spec);

/// Of a valid spec.
std::vector<MapShape> layerShapes(const NetworkSpec& spec);

/// A valid spec without input sizes that only repeat what the layers above give, and without names that are
/// those of nn.Sequential: two specs that mean the same are then equal.
NetworkSpec normalized(NetworkSpec spec);

} // namespace engine
