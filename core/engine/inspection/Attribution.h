// Attribution maps: which parts of an image mattered for a class, by three methods. Deterministic, on the
// CPU.
//
//     auto map = engine::gradCam(model, image, 7);
//     map->values[y * map->width + x];
#pragma once

#include "engine/inspection/Layers.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace engine
{

enum class AttributionKind { GradCam, InputGradient, Occlusion };

/// The score that is explained.
enum class ClassScore {
    Logit,
    Probability, ///< after softmax: evidence for another class is evidence against this one
};

struct AttributionMap {
    AttributionKind kind = AttributionKind::GradCam;
    ClassScore score = ClassScore::Logit;
    int side = 0; ///< of the occlusion square; 0 for other methods
    int classIndex = 0;
    float classScore = 0; ///< for the uncovered image
    /// One value per pixel of the image, row by row.
    int height = 0;
    int width = 0;
    std::vector<float> values;
    float minimum = 0; ///< of the finite values
    float maximum = 0;
    /// The map at its own resolution, if coarser than the image: Grad-CAM's feature maps, or the positions of
    /// the occlusion square. Equals `values` for the input gradient.
    int gridHeight = 0;
    int gridWidth = 0;
    std::vector<float> grid;
    /// Grad-CAM: the weight of each map of the last convolution, the mean gradient of the class's logit over
    /// the map's cells. Otherwise empty.
    std::vector<float> channelWeights;
};

/// Grad-CAM: grid = max(0, Σ weight(k) · map(k)), where map(k) is the k-th map of the last convolution after
/// its ReLU (block_2.3 of a TinyVGG), and weight(k) the mean gradient of the class's logit over that map's
/// cells. Never negative. `values` is the grid interpolated bilinearly at every pixel's center, clamped at
/// the edges. Source: R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
/// Gradient-based Localization", ICCV 2017, equations 1 and 2. `pixels`: an image of the model's input size,
/// 0 … 255. BadValue if the network has no convolution. Errors of all three methods: BadValue for an image of
/// another size or an invalid class, OutOfMemory, Internal.
Result<AttributionMap> gradCam(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                               int classIndex);

/// The gradient of the class's score with respect to every pixel (0 … 1); for color images, of the channel
/// with the largest magnitude. Signed: positive if more ink increases the score. The source's saliency map is
/// its absolute value. Source: K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks",
/// ICLR workshop 2014, section 3.
Result<AttributionMap> inputGradient(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                     int classIndex, ClassScore score = ClassScore::Logit);

using AttributionProgress = std::function<void(std::size_t done, std::size_t total)>;

struct OcclusionOptions {
    int side = 5;   ///< of the square, in pixels: 1 … 64
    int stride = 1; ///< distance between positions: 1 … side
    int fill = 0;   ///< gray value: 0 … 255
    ClassScore score = ClassScore::Probability;

    bool operator==(const OcclusionOptions&) const = default;
};

/// The drop of the class's score when a square covers a part of the image: the score of the uncovered image
/// minus that of the covered one; negative if covering raises the score. `grid` has one value per position of
/// the square. Its center lies on pixels 0, stride, 2·stride …; it is clipped at the edges (a square of even
/// side extends one pixel further up and to the left). `values` is the mean over all positions that cover a
/// pixel. Source: M. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014,
/// section 4.2.
/// The slowest of the three methods. Runs on `threads` threads; 0 means defaultThreadCount(). `progress` is
/// called periodically on the calling thread, with the number of positions done and in total.
/// Further errors: BadValue for options out of range, Cancelled if `stop` is requested.
Result<AttributionMap> occlusionMap(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                    int classIndex, const OcclusionOptions& options = {}, int threads = 0,
                                    std::stop_token stop = {}, const AttributionProgress& progress = {});

} // namespace engine
