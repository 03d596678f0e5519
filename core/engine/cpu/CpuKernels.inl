// Included by one source file an instruction set, each of which defines LANES and a namespace of its own.
// Nothing from the standard library here: its inline functions would be compiled for that instruction set
// too, and the linker might take them for the whole program.

namespace
{

constexpr int kLanes = LANES;
typedef float Vec __attribute__((vector_size(kLanes * sizeof(float))));
typedef std::int32_t Mask __attribute__((vector_size(kLanes * sizeof(float))));
typedef ArgmaxIndex Choices __attribute__((vector_size(kLanes)));

inline Vec broadcast(float value)
{
    return Vec{} + value;
}

inline const Vec* vectors(const float* data)
{
    return reinterpret_cast<const Vec*>(data);
}
inline Vec* vectors(float* data)
{
    return reinterpret_cast<Vec*>(data);
}

inline float sum(const Vec& vector)
{
    float total = 0;
    for (int lane = 0; lane < kLanes; ++lane)
        total += vector[lane];
    return total;
}

inline long rowStride(const InterleavedTensor& planes)
{
    return planes.width + 2 * planes.border;
}
inline long planeStride(const InterleavedTensor& planes)
{
    return (planes.height + 2 * planes.border) * rowStride(planes);
}
/// Of the pixel without the border.
inline Vec* pixel(const InterleavedTensor& planes, int channel, int y, int x)
{
    return vectors(planes.data) + channel * planeStride(planes) + (y + planes.border) * rowStride(planes) +
           planes.border + x;
}

/// Out pixels x … x + Columns − 1 of row y in Out channels: Out · Columns sums that stay in registers.
template<int K, int Out, int Columns>
inline void convolveTile(const InterleavedTensor& in, const float* weights, int y, int x,
                         Vec (&sums)[Out][Columns])
{
    const long row = rowStride(in);
    const long plane = planeStride(in);
    const Vec* corner = vectors(in.data) + y * row + x;
    for (int channel = 0; channel < in.channels; ++channel, corner += plane) {
#pragma GCC unroll 7
        for (int ky = 0; ky < K; ++ky) {
            Vec pixels[Columns + K - 1];
#pragma GCC unroll 16
            for (int i = 0; i < Columns + K - 1; ++i)
                pixels[i] = corner[ky * row + i];
#pragma GCC unroll 7
            for (int kx = 0; kx < K; ++kx) {
#pragma GCC unroll 8
                for (int out = 0; out < Out; ++out) {
                    const Vec weight = broadcast(*weights++);
#pragma GCC unroll 8
                    for (int i = 0; i < Columns; ++i)
                        sums[out][i] += weight * pixels[i + kx];
                }
            }
        }
    }
}

template<int K, int Out, int Columns, typename Store>
inline void convolveColumns(const InterleavedTensor& in, const float* weights, const float* bias,
                            int outBegin, int y, int& x, int width, const Store& store)
{
    for (; x + Columns <= width; x += Columns) {
        Vec sums[Out][Columns];
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out) {
            const Vec start = broadcast(bias != nullptr ? bias[outBegin + out] : 0.0F);
#pragma GCC unroll 8
            for (int i = 0; i < Columns; ++i)
                sums[out][i] = start;
        }
        convolveTile<K>(in, weights, y, x, sums);
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out) {
#pragma GCC unroll 8
            for (int i = 0; i < Columns; ++i)
                store(outBegin + out, x + i, sums[out][i]);
        }
    }
}

/// store(channel, x, value) gets every pixel of row y.
template<int K, typename Store>
inline void convolveRow(const InterleavedTensor& in, const float* weights, const float* bias, int outChannels,
                        int y, int width, const Store& store)
{
    int out = 0;
    for (; out + kOutBlock <= outChannels; out += kOutBlock) {
        int x = 0;
        convolveColumns<K, kOutBlock, kColumns>(in, weights, bias, out, y, x, width, store);
        convolveColumns<K, kOutBlock, 1>(in, weights, bias, out, y, x, width, store);
        weights += kOutBlock * in.channels * K * K;
    }
    for (; out < outChannels; ++out) {
        int x = 0;
        convolveColumns<K, 1, kColumns>(in, weights, bias, out, y, x, width, store);
        convolveColumns<K, 1, 1>(in, weights, bias, out, y, x, width, store);
        weights += in.channels * K * K;
    }
}

/// Calls work.template run<K>() with the constant that `kernelSize` is.
template<typename Work>
inline void withKernelSize(int kernelSize, const Work& work)
{
    switch (kernelSize) {
    case 1:
        return work.template operator()<1>();
    case 3:
        return work.template operator()<3>();
    case 5:
        return work.template operator()<5>();
    default:
        return work.template operator()<7>();
    }
}

void convolutionRelu(int kernelSize, const InterleavedTensor& in, const float* weights, const float* bias,
                     const InterleavedTensor& out)
{
    withKernelSize(kernelSize, [&]<int K>() {
        for (int y = 0; y < out.height; ++y) {
            Vec* row = pixel(out, 0, y, 0);
            const long plane = planeStride(out);
            convolveRow<K>(in, weights, bias, out.channels, y, out.width,
                           [&](int channel, int x, const Vec& value) {
                               row[channel * plane + x] = value < 0 ? Vec{} : value; // NaN stays NaN
                           });
        }
    });
}

void convolutionBackwardData(int kernelSize, const InterleavedTensor& in, const float* weights,
                             const float* gate, const InterleavedTensor& out)
{
    withKernelSize(kernelSize, [&]<int K>() {
        for (int y = 0; y < out.height; ++y) {
            Vec* row = pixel(out, 0, y, 0);
            const long plane = planeStride(out);
            if (gate == nullptr) {
                convolveRow<K>(
                    in, weights, nullptr, out.channels, y, out.width,
                    [&](int channel, int x, const Vec& value) { row[channel * plane + x] = value; });
            } else {
                const Vec* open = vectors(gate) + (row - vectors(out.data));
                convolveRow<K>(in, weights, nullptr, out.channels, y, out.width,
                               [&](int channel, int x, const Vec& value) {
                                   const long i = channel * plane + x;
                                   row[i] = open[i] > 0 ? value : Vec{};
                               });
            }
        }
    });
}

void convolutionMaxPoolRelu(int kernelSize, const InterleavedTensor& in, const float* weights,
                            const float* bias, float* rows, const InterleavedTensor& out,
                            ArgmaxIndex* choices)
{
    const int width = 2 * out.width; // what is left over in an odd width is not pooled
    const long upperToLower = static_cast<long>(out.channels) * width;
    Vec* upper = vectors(rows);
    for (int y = 0; y < out.height; ++y) {
        withKernelSize(kernelSize, [&]<int K>() {
            for (int half = 0; half < 2; ++half) {
                Vec* row = upper + half * upperToLower;
                convolveRow<K>(
                    in, weights, bias, out.channels, 2 * y + half, width,
                    [&](int channel, int x, const Vec& value) { row[channel * width + x] = value; });
            }
        });
        for (int channel = 0; channel < out.channels; ++channel) {
            const Vec* above = upper + channel * width;
            const Vec* below = above + upperToLower;
            Vec* target = pixel(out, channel, y, 0);
            Choices* chosen = reinterpret_cast<Choices*>(choices) + (channel * out.height + y) * out.width;
            for (int x = 0; x < out.width; ++x) {
                Vec best = above[2 * x];
                Mask choice = {};
                const auto compare = [&](const Vec& other, std::int32_t number) {
                    const Mask isLarger = other > best;
                    best = isLarger ? other : best;
                    choice = isLarger ? Mask{} + number : choice;
                };
                compare(above[2 * x + 1], 1);
                compare(below[2 * x], 2);
                compare(below[2 * x + 1], 3);
                target[x] = best < 0 ? Vec{} : best;
                choice = best > 0 ? choice : Mask{} + std::int32_t{kNoInput};
                chosen[x] = __builtin_convertvector(choice, Choices);
            }
        }
    }
}

void maxPoolBackward(const InterleavedTensor& coarse, const ArgmaxIndex* choices,
                     const InterleavedTensor& fine)
{
    const Choices* chosen = reinterpret_cast<const Choices*>(choices);
    for (int channel = 0; channel < coarse.channels; ++channel) {
        for (int y = 0; y < coarse.height; ++y) {
            const Vec* source = pixel(coarse, channel, y, 0);
            Vec* above = pixel(fine, channel, 2 * y, 0);
            Vec* below = above + rowStride(fine);
            for (int x = 0; x < coarse.width; ++x, ++chosen) {
                const Mask choice = __builtin_convertvector(*chosen, Mask);
                above[2 * x] = choice == 0 ? source[x] : Vec{};
                above[2 * x + 1] = choice == 1 ? source[x] : Vec{};
                below[2 * x] = choice == 2 ? source[x] : Vec{};
                below[2 * x + 1] = choice == 3 ? source[x] : Vec{};
            }
        }
    }
}

/// One row of the input against the same row of the gradient: sums[out][kx] += Σx gradient[out][x] · row[x +
/// kx].
template<int K, int Out>
inline void correlateRows(const Vec* row, const Vec* gradient, long gradientPlane, int width, Vec* sums)
{
    Vec local[Out][K];
#pragma GCC unroll 8
    for (int out = 0; out < Out; ++out) {
#pragma GCC unroll 7
        for (int kx = 0; kx < K; ++kx)
            local[out][kx] = sums[out * K + kx];
    }
    for (int x = 0; x < width; ++x) {
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out) {
            const Vec slope = gradient[out * gradientPlane + x];
#pragma GCC unroll 7
            for (int kx = 0; kx < K; ++kx)
                local[out][kx] += slope * row[x + kx];
        }
    }
#pragma GCC unroll 8
    for (int out = 0; out < Out; ++out) {
#pragma GCC unroll 7
        for (int kx = 0; kx < K; ++kx)
            sums[out * K + kx] = local[out][kx];
    }
}

template<int K>
void convolutionBackwardWeightsOf(const InterleavedTensor& in, const InterleavedTensor& outGradient,
                                  float* sumsMemory, float* weightGradient, float* biasGradient)
{
    // Out · K sums stay in registers.
    constexpr int kOut = kGradientSums / K < 8 ? kGradientSums / K : 8;
    const int outChannels = outGradient.channels;
    Vec* sums = vectors(sumsMemory); // in × ky × out × kx
    Vec* biasSums = sums + static_cast<long>(in.channels) * K * outChannels * K;
    for (long i = 0; i < static_cast<long>(in.channels) * K * outChannels * K + outChannels; ++i)
        sums[i] = Vec{};
    const long gradientPlane = planeStride(outGradient);
    for (int y = 0; y < outGradient.height; ++y) {
        const Vec* gradient = pixel(outGradient, 0, y, 0);
        Vec* target = sums;
        for (int channel = 0; channel < in.channels; ++channel) {
            for (int ky = 0; ky < K; ++ky) {
                const Vec* row = vectors(in.data) + channel * planeStride(in) + (y + ky) * rowStride(in);
                int out = 0;
                for (; out + kOut <= outChannels; out += kOut, target += kOut * K)
                    correlateRows<K, kOut>(row, gradient + out * gradientPlane, gradientPlane,
                                           outGradient.width, target);
                for (; out < outChannels; ++out, target += K)
                    correlateRows<K, 1>(row, gradient + out * gradientPlane, gradientPlane, outGradient.width,
                                        target);
            }
        }
        for (int out = 0; out < outChannels; ++out) {
            for (int x = 0; x < outGradient.width; ++x)
                biasSums[out] += gradient[out * gradientPlane + x];
        }
    }
    for (int channel = 0; channel < in.channels; ++channel) {
        for (int ky = 0; ky < K; ++ky) {
            for (int out = 0; out < outChannels; ++out) {
                for (int kx = 0; kx < K; ++kx, ++sums)
                    weightGradient[((out * in.channels + channel) * K + ky) * K + kx] = sum(*sums);
            }
        }
    }
    for (int out = 0; out < outChannels; ++out)
        biasGradient[out] = sum(biasSums[out]);
}

void convolutionBackwardWeights(int kernelSize, const InterleavedTensor& in,
                                const InterleavedTensor& outGradient, float* sums, float* weightGradient,
                                float* biasGradient)
{
    withKernelSize(kernelSize, [&]<int K>() {
        convolutionBackwardWeightsOf<K>(in, outGradient, sums, weightGradient, biasGradient);
    });
}

void linear(int features, int classes, const float* in, const float* weights, const float* bias, float* out)
{
    const Vec* x = vectors(in);
    for (int c = 0; c < classes; ++c) {
        const float* row = weights + static_cast<long>(c) * features;
        Vec sums[4] = {broadcast(bias[c]), Vec{}, Vec{}, Vec{}};
        int i = 0;
        for (; i + 4 <= features; i += 4) {
            for (int k = 0; k < 4; ++k)
                sums[k] += row[i + k] * x[i + k];
        }
        for (; i < features; ++i)
            sums[0] += row[i] * x[i];
        vectors(out)[c] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
}

void linearBackward(int features, int classes, const float* in, const float* weights,
                    const float* outGradient, float* inGradient, float* weightGradient, float* biasGradient)
{
    const Vec* x = vectors(in);
    const Vec* slopes = vectors(outGradient);
    for (int i = 0; i < features; ++i) {
        Vec total = {};
        for (int c = 0; c < classes; ++c) {
            const long w = static_cast<long>(c) * features + i;
            total += weights[w] * slopes[c];
            weightGradient[w] = sum(x[i] * slopes[c]);
        }
        vectors(inGradient)[i] = total;
    }
    for (int c = 0; c < classes; ++c)
        biasGradient[c] = sum(slopes[c]);
}

} // namespace
