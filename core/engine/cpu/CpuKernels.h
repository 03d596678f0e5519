// The arithmetic of layers on the CPU, on batch-interleaved tensors (InterleavedTensor.h). The same functions
// are compiled for several instruction sets; CpuKernelSelection.h chooses by the processor.
#pragma once

#include "engine/cpu/InterleavedTensor.h"

namespace engine
{

struct ConvolutionShape {
    int kernelSize = 3;
    int stride = 1;
    int padding =
        0; ///< zeros above and to the left; the input's border must be as wide as it is on either side
};

/// Which of the four pixels of a 2 × 2 window was the largest, 0 … 3 row by row; kNoInput where that was
/// 0 or less and ReLU let nothing through. One a lane.
using ArgmaxIndex = std::int8_t;
inline constexpr ArgmaxIndex kNoInput = 4;
/// The same for windows of any size, without ReLU.
using WindowIndex = std::int16_t;

/// Convolution weights are packed by packWeights(). Where a `bias` may be null there is none.
struct CpuKernels {
    int lanes;
    const char* name; ///< of the instruction set

    /// out = convolution(in) + bias, then ReLU if asked for; the border stays untouched. `bias` may be null.
    void (*convolution)(const ConvolutionShape& shape, const InterleavedTensor& in, const float* weights,
                        const float* bias, bool hasRelu, const InterleavedTensor& out);
    /// out = relu(max pooling 2 × 2 (convolution(in) + bias)). `rows`: room for 2 · out.channels · 2 ·
    /// out.width vectors. `argmax`: for every vector of `out` without its border.
    void (*convolutionMaxPoolRelu)(const ConvolutionShape& shape, const InterleavedTensor& in,
                                   const float* weights, const float* bias, float* rows,
                                   const InterleavedTensor& out, ArgmaxIndex* argmax);
    /// The gradient of a convolution's input from that of its output, which is a convolution with mirrored
    /// weights (packWeightsForGradient) and padding kernelSize − 1 − padding; set to 0 where `gate`, the
    /// input that a ReLU gave, is 0. `gate` lies as `inGradient` does, and may be null. The stride
    /// is 1.
    void (*convolutionBackwardData)(const ConvolutionShape& shape, const InterleavedTensor& outGradient,
                                    const float* weights, const float* gate,
                                    const InterleavedTensor& inGradient);
    /// Gradients of a convolution's weights, out × in × k × k, and biases (may be null), summed over the
    /// chunk and all pixels. `sums`: room for (in.channels · k² + 1) · outGradient.channels vectors. The
    /// stride is 1.
    void (*convolutionBackwardWeights)(const ConvolutionShape& shape, const InterleavedTensor& in,
                                       const InterleavedTensor& outGradient, float* sums,
                                       float* weightGradient, float* biasGradient);
    /// The gradient's way back through ReLU and 2 × 2 pooling: `fine` gets every value of `coarse` where it
    /// was the maximum, and zeros elsewhere.
    void (*maxPoolReluBackward)(const InterleavedTensor& coarse, const ArgmaxIndex* argmax,
                                const InterleavedTensor& fine);

    /// Pooling with windows of any size, also overlapping ones. `argmax`: for every vector of `out` without
    /// its border.
    void (*maxPool)(int kernelSize, int stride, const InterleavedTensor& in, const InterleavedTensor& out,
                    WindowIndex* argmax);
    void (*maxPoolBackward)(int kernelSize, int stride, const InterleavedTensor& outGradient,
                            const WindowIndex* argmax, const InterleavedTensor& inGradient);
    void (*averagePool)(int kernelSize, int stride, const InterleavedTensor& in,
                        const InterleavedTensor& out);
    void (*averagePoolBackward)(int kernelSize, int stride, const InterleavedTensor& outGradient,
                                const InterleavedTensor& inGradient);

    void (*relu)(const InterleavedTensor& in, const InterleavedTensor& out);
    /// `gradient` becomes 0 where `out`, what the ReLU gave, is 0.
    void (*reluBackward)(const InterleavedTensor& out, const InterleavedTensor& gradient);
    void (*copy)(const InterleavedTensor& in, const InterleavedTensor& out);
    /// out = in · scale[channel] + shift[channel], then ReLU if asked for.
    void (*scaleShift)(const InterleavedTensor& in, const float* scale, const float* shift, bool hasRelu,
                       const InterleavedTensor& out);
    /// out = in · factors, of which there is one for every number of a tensor without border.
    void (*multiply)(const InterleavedTensor& in, const float* factors, const InterleavedTensor& out);

    /// out[o] = Σ weights[o][i] · in[i] + bias[o], vectors of lanes. `bias` may be null.
    void (*linear)(int inFeatures, int outFeatures, const float* in, const float* weights, const float* bias,
                   float* out);
    /// Its gradients: of the input (vectors), of weights and biases (may be null), summed over the chunk.
    void (*linearBackward)(int inFeatures, int outFeatures, const float* in, const float* weights,
                           const float* outGradient, float* inGradient, float* weightGradient,
                           float* biasGradient);
};

/// Convolution weights, out × in × k × k, into the order in which convolutions read them.
void packWeights(int outChannels, int inChannels, int kernelSize, const float* weights, float* packed);
/// The same for convolutionBackwardData: in × out × k × k, mirrored.
void packWeightsForGradient(int outChannels, int inChannels, int kernelSize, const float* weights,
                            float* packed);

/// Output channels that convolutions work on at once: what is left after blocks of `kOutBlock` goes one by
/// one.
inline constexpr int kOutBlock = 5;

} // namespace engine
