// Which parts of an image mattered for a class: three ways to ask. All are deterministic, on the CPU.
//
//     auto map = engine::gradCam(model, image, 7);
//     map->values[y * map->width + x];
#pragma once

#include "engine/inspection/Layers.h"

#include <functional>
#include <stop_token>

namespace engine
{

enum class AttributionKind { GradCam, InputGradient, Occlusion };

/// What of a class's answer is explained.
enum class ClassScore {
    Logit,
    Probability, ///< after softmax: what speaks for another class speaks against this one
};

struct AttributionMap {
    AttributionKind kind = AttributionKind::GradCam;
    ClassScore score = ClassScore::Logit;
    int side = 0; ///< of occlusion's square; 0 for the others
    int classIndex = 0;
    float classScore = 0; ///< of the whole image
    /// A number a pixel of the image, row by row.
    int height = 0;
    int width = 0;
    std::vector<float> values;
    float minimum = 0; ///< of the values that are numbers
    float maximum = 0;
    /// As it was computed, where that is coarser than the image: Grad-CAM's maps and occlusion's places of
    /// the square. Of the input gradient the same as the values.
    int gridHeight = 0;
    int gridWidth = 0;
    std::vector<float> grid;
    /// Grad-CAM: how much each map of the last convolution counts, the mean slope of the class's logit by its
    /// cells. Else empty.
    std::vector<float> channelWeights;
};

/// Grad-CAM: grid = max(0, Σ weight(k) · map(k)), where map(k) is the k-th map behind the last convolution
/// and its ReLU (block_2.3 of a TinyVGG), and weight(k) the mean over that map's cells
/// of the slope of the class's logit by the cell. Never negative. `values` is the grid at every pixel's
/// center, bilinearly, held at the edges. Source: R. Selvaraju et al., "Grad-CAM: Visual Explanations from
/// Deep Networks via Gradient-based Localization", ICCV 2017, equations 1 and 2. `pixels`: an image of the
/// model's input size, 0 … 255. BadValue where the network has no convolution. Errors, of all three: BadValue
/// for an image of another size or a class that is not there, OutOfMemory, Internal.
Result<AttributionMap> gradCam(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                               int classIndex);

/// The slope of the class's score by every pixel (0 … 1); in color, of the channel in which it is steepest.
/// Signed: positive where more ink would speak for the class. The saliency map of the source is its absolute
/// value. Source: K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks", ICLR workshop
/// 2014, section 3.
Result<AttributionMap> inputGradient(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                     int classIndex, ClassScore score = ClassScore::Logit);

using AttributionProgress = std::function<void(std::size_t done, std::size_t total)>;

struct OcclusionOptions {
    int side = 5;   ///< of the square, in pixels: 1 … 64
    int stride = 1; ///< from one place of it to the next: 1 … side
    int fill = 0;   ///< its gray: 0 … 255
    ClassScore score = ClassScore::Probability;

    bool operator==(const OcclusionOptions&) const = default;
};

/// What the class's score loses when a square covers a part of the image: the score of the whole image less
/// that of the covered one; negative where the square helps. `grid` has a number for each place of the
/// square, whose center lies on the pixels 0, stride, 2·stride …, cut off at the edges (a square of even side
/// reaches one pixel further up and to the left); `values` is the mean over all places that cover a pixel.
/// Source: M. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section
/// 4.2.
/// The slowest of the three: `threads` share it, 0 means defaultThreadCount(); `progress` is called now and
/// then on the calling thread, with the number of places that are done and of all.
/// Further errors: BadValue for options out of range, Cancelled when `stop` is requested.
Result<AttributionMap> occlusionMap(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                    int classIndex, const OcclusionOptions& options = {}, int threads = 0,
                                    std::stop_token stop = {}, const AttributionProgress& progress = {});

} // namespace engine
