#include "engine/cpu/CpuKernelSelection.h"

namespace engine
{

extern const CpuKernels kBaselineKernels;
#ifdef TINYVGG_X86_64
extern const CpuKernels kAvx2Kernels;
extern const CpuKernels kAvx512Kernels;
#endif

namespace
{

template<typename WeightAt>
void pack(int outChannels, int inChannels, int kernelSize, const WeightAt& weightAt, float* packed)
{
    const auto block = [&](int begin, int count) {
        for (int in = 0; in < inChannels; ++in) {
            for (int ky = 0; ky < kernelSize; ++ky) {
                for (int kx = 0; kx < kernelSize; ++kx) {
                    for (int out = begin; out < begin + count; ++out)
                        *packed++ = weightAt(out, in, ky, kx);
                }
            }
        }
    };
    int out = 0;
    for (; out + kOutBlock <= outChannels; out += kOutBlock)
        block(out, kOutBlock);
    for (; out < outChannels; ++out)
        block(out, 1);
}

} // namespace

void packWeights(int outChannels, int inChannels, int kernelSize, const float* weights, float* packed)
{
    const auto weightAt = [&](int out, int in, int ky, int kx) {
        return weights[((out * inChannels + in) * kernelSize + ky) * kernelSize + kx];
    };
    pack(outChannels, inChannels, kernelSize, weightAt, packed);
}

void packWeightsForGradient(int outChannels, int inChannels, int kernelSize, const float* weights,
                            float* packed)
{
    const int last = kernelSize - 1;
    const auto weightAt = [&](int in, int out, int ky, int kx) {
        return weights[((out * inChannels + in) * kernelSize + last - ky) * kernelSize + last - kx];
    };
    pack(inChannels, outChannels, kernelSize, weightAt, packed);
}

std::vector<const CpuKernels*> usableCpuKernels()
{
    std::vector<const CpuKernels*> kernels;
#ifdef TINYVGG_X86_64
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512cd"))
        kernels.push_back(&kAvx512Kernels);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
        kernels.push_back(&kAvx2Kernels);
#endif
    kernels.push_back(&kBaselineKernels);
    return kernels;
}

const CpuKernels& bestCpuKernels()
{
    return *usableCpuKernels().front();
}

} // namespace engine
