// The weights of a unit as pictures: the kernels of a convolution, or the weights of a linear layer over the
// maps or features that it reads. If only linear layers are between it and the image, also its template: one
// picture of weights in the shape of the image.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "ui/models/FeatureMaps.h"

namespace ui
{

/// Convolution and Linear.
bool hasKernels(const engine::NetworkSpec& spec, int layer);
/// Requires hasKernels().
bool hasBias(const engine::NetworkSpec& spec, int layer);
/// The weights between `unit` and each input channel, one picture per channel. Requires hasKernels().
FeatureMaps kernelsOf(const engine::ModelSnapshot& model, int layer, int unit);

/// Whether `layer` is a Linear that depends on the image through linear layers only, so that each of its
/// outputs is a weighted sum of pixels. False if the pictures of all units would be too many.
bool hasTemplates(const engine::NetworkSpec& spec, int layer);
/// The weights of these sums: one picture per unit, in color for color images. Requires hasTemplates().
FeatureMaps templatesOf(const engine::ModelSnapshot& model, int layer);

} // namespace ui
