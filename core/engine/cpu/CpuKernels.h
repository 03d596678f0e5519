// The arithmetic of a TinyVGG on the CPU, several images at once: image i of a chunk lies in lane i of every
// SIMD vector, so that each instruction works on as many images as a register holds, whatever the number of
// channels. (A layout with the channels innermost, as libraries have it, leaves 6 of 16 lanes empty with 10
// hidden units.)
//
// A plane is height × width vectors with a border of zeros around it, so that no kernel asks where an image
// ends. The same functions are compiled for several instruction sets; bestCpuKernels() chooses by the
// processor.
#pragma once

#include <cstdint>

namespace engine
{

/// Channels of one chunk: `channels` planes behind each other, each (height + 2·border) × (width + 2·border)
/// vectors of `lanes` floats, aligned to a vector.
struct InterleavedTensor {
    float* data = nullptr;
    int channels = 0;
    int height = 0;
    int width = 0;
    int border = 0;
};

/// Which of the four pixels of a pooling window was the largest, 0 … 3 row by row; kNoInput where that was
/// negative and ReLU let nothing through. One a lane.
using ArgmaxIndex = std::int8_t;
inline constexpr ArgmaxIndex kNoInput = 4;

/// Weights are packed by packWeights(); `kernelSize` is 1, 3, 5 or 7 and the input's border (kernelSize − 1)
/// / 2.
struct CpuKernels {
    int lanes;
    const char* name; ///< of the instruction set

    /// out = relu(convolution(in) + bias), the border untouched.
    void (*convolutionRelu)(int kernelSize, const InterleavedTensor& in, const float* weights,
                            const float* bias, const InterleavedTensor& out);
    /// out = convolution(in), set to 0 where `gate` is not above 0; `gate` lies as `out` does, and may be
    /// null.
    void (*convolutionBackwardData)(int kernelSize, const InterleavedTensor& in, const float* weights,
                                    const float* gate, const InterleavedTensor& out);
    /// out = relu(max pooling 2 × 2 (convolution(in) + bias)), out.height = in.height / 2. `rows`: room for
    /// 2 · out.channels · in.width vectors. `choices`: for every vector of `out` without its border.
    void (*convolutionMaxPoolRelu)(int kernelSize, const InterleavedTensor& in, const float* weights,
                                   const float* bias, float* rows, const InterleavedTensor& out,
                                   ArgmaxIndex* choices);
    /// The gradient's way back through ReLU and pooling: `fine` gets every value of `coarse` where it was
    /// chosen, and zeros elsewhere.
    void (*maxPoolBackward)(const InterleavedTensor& coarse, const ArgmaxIndex* choices,
                            const InterleavedTensor& fine);
    /// Gradients of a convolution's weights, out × in × k × k, and biases, summed over the chunk and all
    /// pixels. `sums`: room for (in.channels · k² + 1) · outGradient.channels vectors.
    void (*convolutionBackwardWeights)(int kernelSize, const InterleavedTensor& in,
                                       const InterleavedTensor& outGradient, float* sums,
                                       float* weightGradient, float* biasGradient);
    /// out[class] = Σ weights[class][feature] · in[feature] + bias[class], vectors of lanes.
    void (*linear)(int features, int classes, const float* in, const float* weights, const float* bias,
                   float* out);
    /// Its gradients: of the input (vectors), of weights and biases (summed over the chunk).
    void (*linearBackward)(int features, int classes, const float* in, const float* weights,
                           const float* outGradient, float* inGradient, float* weightGradient,
                           float* biasGradient);
};

/// Convolution weights, out × in × k × k, into the order in which convolve* reads them.
void packWeights(int outChannels, int inChannels, int kernelSize, const float* weights, float* packed);
/// The same for the way back, from the gradient of the output to that of the input: in × out × k × k,
/// mirrored.
void packWeightsForGradient(int outChannels, int inChannels, int kernelSize, const float* weights,
                            float* packed);

/// Output channels that convolve* works on at once: what is left after blocks of `kOutBlock` goes one by one.
inline constexpr int kOutBlock = 5;

} // namespace engine
