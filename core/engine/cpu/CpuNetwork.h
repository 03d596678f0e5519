// A TinyVGG that works on one chunk of images at a time, on one thread: see CpuKernels.h for how they lie.
//
//     CpuNetwork network(options);
//     network.setParameters(parameters);
//     for (int lane = 0; lane < network.lanes(); ++lane)
//         network.setImage(lane, dataset.image(lane));
//     network.forward();
//     network.logit(class, lane);
#pragma once

#include "engine/cpu/CpuKernelSelection.h"
#include "engine/model/TinyVggOptions.h"

#include <array>
#include <memory>
#include <span>

namespace engine
{

/// Zeroed floats, aligned for any vector.
class AlignedBuffer
{
public:
    explicit AlignedBuffer(std::size_t size = 0);
    float* data() const { return m_data.get(); }
    float& operator[](std::size_t i) const { return m_data[static_cast<std::ptrdiff_t>(i)]; }

private:
    struct Free {
        void operator()(float* memory) const;
    };
    std::unique_ptr<float[], Free> m_data;
};

class CpuNetwork
{
public:
    explicit CpuNetwork(const TinyVggOptions& options, const CpuKernels& kernels = bestCpuKernels());

    int lanes() const { return m_kernels.lanes; }
    const TinyVggOptions& options() const { return m_options; }

    /// All weights and biases behind each other, in the order of the state_dict; they must stay where they
    /// are as long as forward() and backward() are called. Call it again when they have changed.
    void setParameters(std::span<const float> parameters);

    /// `pixels`: height × width, 0 … 255, which become 0 … 1.
    void setImage(int lane, std::span<const std::uint8_t> pixels);
    /// `pixels`: height × width.
    void setImage(int lane, std::span<const float> pixels);
    void clearImage(int lane);

    void forward();
    float logit(int classIndex, int lane) const;
    /// What the classifier sees after forward(): channels × pooled height × pooled width, flattened as
    /// PyTorch flattens them; feature f of the image in `lane` stands at f · lanes() + lane.
    std::span<const float> features() const;

    /// The loss's slope at a logit; to be set for every lane, 0 where there is no image, between forward()
    /// and backward().
    void setLogitGradient(int classIndex, int lane, float slope);
    /// Writes the gradient, summed over the lanes, in the order of the parameters.
    void backward(std::span<float> gradient);

private:
    struct Convolution {
        int outChannels = 0;
        int inChannels = 0;
        std::size_t weightOffset = 0; ///< among the parameters
        std::size_t biasOffset = 0;
        AlignedBuffer packed;
        AlignedBuffer
            packedForGradient; ///< none for the first layer: nobody asks for the gradient of the images
    };

    InterleavedTensor makePlanes(int channels, int height, int width, int border);
    void makeGradientPlanes();
    const float* bias(const Convolution& layer) const { return m_parameters + layer.biasOffset; }
    void convolutionBackwardWeights(const Convolution& layer, const InterleavedTensor& in,
                                    const InterleavedTensor& outGradient, std::span<float> gradient);

    TinyVggOptions m_options;
    const CpuKernels& m_kernels;
    std::vector<AlignedBuffer> m_memory;
    std::array<Convolution, 4> m_convolutions;
    std::size_t m_linearWeightOffset = 0;
    std::size_t m_linearBiasOffset = 0;
    const float* m_parameters = nullptr;

    // What passes from layer to layer, and the gradients on their way back. Borders stay zero.
    InterleavedTensor m_image;
    InterleavedTensor m_hidden1; ///< after block_1's first convolution and ReLU
    InterleavedTensor m_pooled1;
    InterleavedTensor m_hidden2;
    InterleavedTensor m_pooled2;
    AlignedBuffer m_logits;
    // Made by the first backward():
    AlignedBuffer m_logitGradient;
    InterleavedTensor m_fine1; ///< gradient of block_1's second convolution, before pooling
    InterleavedTensor m_hidden1Gradient;
    InterleavedTensor m_pooled1Gradient;
    InterleavedTensor m_fine2;
    InterleavedTensor m_hidden2Gradient;
    InterleavedTensor m_pooled2Gradient;
    AlignedBuffer m_sums;

    std::vector<ArgmaxIndex> m_choices1;
    std::vector<ArgmaxIndex> m_choices2;
    AlignedBuffer m_rows;
};

} // namespace engine
