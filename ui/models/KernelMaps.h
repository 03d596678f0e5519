// The weights of a unit as pictures: of a convolution its kernels, of a linear layer its weights over the
// maps or features that it reads and, where nothing but linear layers lies between it and the image, its
// template: one picture of weights in the shape of the image.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "ui/models/FeatureMaps.h"

namespace ui
{

/// Convolution and Linear.
bool hasKernels(const engine::NetworkSpec& spec, int layer);
/// Of a layer that hasKernels().
bool hasBias(const engine::NetworkSpec& spec, int layer);
/// The weights between `unit` and each channel of what the layer reads, a picture a channel. Of a layer that
/// hasKernels().
FeatureMaps kernelsOf(const engine::ModelSnapshot& model, int layer, int unit);

/// A Linear that sees the image through linear layers alone, so that each of its numbers is a weighted sum of
/// pixels. False also where the pictures of all units would be more than anybody looks at.
bool hasTemplates(const engine::NetworkSpec& spec, int layer);
/// The weights of these sums: a picture a unit, in color where the image is. Of a layer that hasTemplates().
FeatureMaps templatesOf(const engine::ModelSnapshot& model, int layer);

} // namespace ui
