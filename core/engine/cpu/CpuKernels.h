// CPU kernels of the layers, on batch-interleaved tensors (InterleavedTensor.h). The same functions are
// compiled for several instruction sets; CpuKernelSelection.h chooses one for the processor.
#pragma once

#include "engine/cpu/InterleavedTensor.h"

#include <cstdint>

namespace engine
{

struct ConvolutionShape {
    int kernelSize = 3;
    int stride = 1;
    int padding = 0; ///< zeros above and to the left; the input's border is at least this wide on all sides
};

/// Argmax index of a 2 × 2 window, 0 … 3 in row-major order; kNoInput if the maximum was 0 or less and
/// ReLU passed nothing. One per lane.
using ArgmaxIndex = std::int8_t;
inline constexpr ArgmaxIndex kNoInput = 4;
/// The same for windows of any size, without ReLU.
using WindowIndex = std::int16_t;

/// Convolution weights are packed by packWeights(). `bias` may be null only where stated.
struct CpuKernels {
    int lanes;
    const char* name; ///< name of the instruction set

    /// out = convolution(in) + bias, optionally followed by ReLU. The border is not written. `bias` may be
    /// null.
    void (*convolution)(const ConvolutionShape& shape, const InterleavedTensor& in, const float* weights,
                        const float* bias, bool hasRelu, const InterleavedTensor& out);
    /// out = relu(max pooling 2 × 2 (convolution(in) + bias)). `rows`: scratch for 2 · out.channels · 2 ·
    /// out.width vectors. `argmax`: one index per vector of `out`, without its border.
    void (*convolutionMaxPoolRelu)(const ConvolutionShape& shape, const InterleavedTensor& in,
                                   const float* weights, const float* bias, float* rows,
                                   const InterleavedTensor& out, ArgmaxIndex* argmax);
    /// Convolution backward-data, stride 1: the gradient of the input from that of the output. It is a
    /// convolution with mirrored weights (packWeightsForGradient) and padding kernelSize − 1 − padding.
    /// Masked by ReLU: set to 0 where `reluOutput`, the ReLU output that was the convolution's input, is 0.
    /// `reluOutput` has the layout of `inGradient` and may be null.
    void (*convolutionBackwardData)(const ConvolutionShape& shape, const InterleavedTensor& outGradient,
                                    const float* weights, const float* reluOutput,
                                    const InterleavedTensor& inGradient);
    /// Convolution backward-weights, stride 1: gradients of weights, out × in × k × k, and biases (may be
    /// null), summed over the chunk and all pixels. `sums`: scratch for (in.channels · k² + 1) ·
    /// outGradient.channels vectors.
    void (*convolutionBackwardWeights)(const ConvolutionShape& shape, const InterleavedTensor& in,
                                       const InterleavedTensor& outGradient, float* sums,
                                       float* weightGradient, float* biasGradient);
    /// Backward of ReLU and 2 × 2 max pooling: each value of `coarse` goes to the pixel of `fine` that was
    /// the maximum; all others become 0.
    void (*maxPoolReluBackward)(const InterleavedTensor& coarse, const ArgmaxIndex* argmax,
                                const InterleavedTensor& fine);

    /// Max pooling with any window size; windows may overlap. `argmax`: one index per vector of `out`,
    /// without its border.
    void (*maxPool)(int kernelSize, int stride, const InterleavedTensor& in, const InterleavedTensor& out,
                    WindowIndex* argmax);
    void (*maxPoolBackward)(int kernelSize, int stride, const InterleavedTensor& outGradient,
                            const WindowIndex* argmax, const InterleavedTensor& inGradient);
    void (*averagePool)(int kernelSize, int stride, const InterleavedTensor& in,
                        const InterleavedTensor& out);
    void (*averagePoolBackward)(int kernelSize, int stride, const InterleavedTensor& outGradient,
                                const InterleavedTensor& inGradient);

    void (*relu)(const InterleavedTensor& in, const InterleavedTensor& out);
    /// Sets `gradient` to 0 where `out`, the output of the ReLU, is 0.
    void (*reluBackward)(const InterleavedTensor& out, const InterleavedTensor& gradient);
    void (*copy)(const InterleavedTensor& in, const InterleavedTensor& out);
    /// out = in · scale[channel] + shift[channel], optionally followed by ReLU.
    void (*scaleShift)(const InterleavedTensor& in, const float* scale, const float* shift, bool hasRelu,
                       const InterleavedTensor& out);
    /// out = in · factors, with one factor per value of a tensor without border.
    void (*multiply)(const InterleavedTensor& in, const float* factors, const InterleavedTensor& out);

    /// out[o] = Σ weights[o][i] · in[i] + bias[o], in vectors of lanes. `bias` may be null.
    void (*linear)(int inFeatures, int outFeatures, const float* in, const float* weights, const float* bias,
                   float* out);
    /// Gradients of the input (vectors), and of weights and biases (may be null), summed over the chunk.
    void (*linearBackward)(int inFeatures, int outFeatures, const float* in, const float* weights,
                           const float* outGradient, float* inGradient, float* weightGradient,
                           float* biasGradient);
};

/// Packs convolution weights, out × in × k × k, into the order in which the kernels read them.
void packWeights(int outChannels, int inChannels, int kernelSize, const float* weights, float* packed);
/// Packs for convolutionBackwardData: in × out × k × k, mirrored.
void packWeightsForGradient(int outChannels, int inChannels, int kernelSize, const float* weights,
                            float* packed);

/// Number of output channels that the convolution kernels compute at once. The channels left after blocks of
/// `kOutBlock` are computed one by one.
inline constexpr int kOutBlock = 5;

} // namespace engine
