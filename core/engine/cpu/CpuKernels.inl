// Included by one source file per instruction set, which defines LANES and its own namespace. Do not use the
// standard library here: its inline functions would be compiled for that instruction set too, and the linker
// might choose these versions for the whole program.

namespace
{

constexpr int kLanes = LANES;
typedef float Vec __attribute__((vector_size(kLanes * sizeof(float))));
typedef std::int32_t Mask __attribute__((vector_size(kLanes * sizeof(float))));
typedef ArgmaxIndex Argmax __attribute__((vector_size(kLanes)));
typedef WindowIndex Windows __attribute__((vector_size(kLanes * sizeof(WindowIndex))));

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
/// Coordinates exclude the border.
inline Vec* pixel(const InterleavedTensor& planes, int channel, int y, int x)
{
    return vectors(planes.data) + channel * planeStride(planes) + (y + planes.border) * rowStride(planes) +
           planes.border + x;
}

/// Addresses the window of output pixel (y, x): `first` is its upper left pixel in channel 0.
struct WindowCorner {
    const Vec* first;
    long row;
    long plane;
    int channels;
    int kernelSize;
    int stride;

    WindowCorner(const ConvolutionShape& shape, const InterleavedTensor& in)
        : first(pixel(in, 0, -shape.padding, -shape.padding)),
          row(rowStride(in)),
          plane(planeStride(in)),
          channels(in.channels),
          kernelSize(shape.kernelSize),
          stride(shape.stride)
    {
    }

    const Vec* at(int y, int x) const { return first + stride * (y * row + x); }
};

/// Computes Out · Columns sums held in registers: Out output channels at Columns neighboring pixels. K is the
/// kernel size, with stride 1; K = 0 handles any size and stride.
template<int K, int Out, int Columns>
inline void convolveTile(const WindowCorner& in, const Vec* corner, const float* weights,
                         Vec (&sums)[Out][Columns])
{
    for (int channel = 0; channel < in.channels; ++channel, corner += in.plane) {
        if constexpr (K == 0) {
            for (int ky = 0; ky < in.kernelSize; ++ky) {
                for (int kx = 0; kx < in.kernelSize; ++kx) {
                    const Vec* window = corner + ky * in.row + kx;
                    Vec pixels[Columns];
#pragma GCC unroll 8
                    for (int i = 0; i < Columns; ++i)
                        pixels[i] = window[i * in.stride];
#pragma GCC unroll 8
                    for (int out = 0; out < Out; ++out) {
                        const Vec weight = broadcast(*weights++);
#pragma GCC unroll 8
                        for (int i = 0; i < Columns; ++i)
                            sums[out][i] += weight * pixels[i];
                    }
                }
            }
        } else {
#pragma GCC unroll 7
            for (int ky = 0; ky < K; ++ky) {
                Vec pixels[Columns + K - 1];
#pragma GCC unroll 16
                for (int i = 0; i < Columns + K - 1; ++i)
                    pixels[i] = corner[ky * in.row + i];
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
}

template<int K, int Out, int Columns, typename Store>
inline void convolveColumns(const WindowCorner& in, const float* weights, const float* bias, int outBegin,
                            int y, int& x, int width, const Store& store)
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
        convolveTile<K>(in, in.at(y, x), weights, sums);
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out) {
#pragma GCC unroll 8
            for (int i = 0; i < Columns; ++i)
                store(outBegin + out, x + i, sums[out][i]);
        }
    }
}

/// Calls store(channel, x, value) for every pixel of row y.
template<int K, typename Store>
inline void convolveRow(const WindowCorner& in, const float* weights, const float* bias, int outChannels,
                        int y, int width, const Store& store)
{
    const int weightsPerChannel = in.channels * in.kernelSize * in.kernelSize;
    int out = 0;
    for (; out + kOutBlock <= outChannels; out += kOutBlock) {
        int x = 0;
        convolveColumns<K, kOutBlock, kColumns>(in, weights, bias, out, y, x, width, store);
        convolveColumns<K, kOutBlock, 1>(in, weights, bias, out, y, x, width, store);
        weights += kOutBlock * weightsPerChannel;
    }
    for (; out < outChannels; ++out) {
        int x = 0;
        convolveColumns<K, 1, kColumns>(in, weights, bias, out, y, x, width, store);
        convolveColumns<K, 1, 1>(in, weights, bias, out, y, x, width, store);
        weights += weightsPerChannel;
    }
}

/// Calls work.template operator()<K>() with the kernel size as a constant for common sizes with stride 1,
/// otherwise with 0.
template<typename Work>
inline void withKernelSize(const ConvolutionShape& shape, const Work& work)
{
    switch (shape.stride == 1 ? shape.kernelSize : 0) {
    case 1:
        return work.template operator()<1>();
    case 3:
        return work.template operator()<3>();
    case 5:
        return work.template operator()<5>();
    case 7:
        return work.template operator()<7>();
    default:
        return work.template operator()<0>();
    }
}

void convolution(const ConvolutionShape& shape, const InterleavedTensor& in, const float* weights,
                 const float* bias, bool hasRelu, const InterleavedTensor& out)
{
    const WindowCorner corner(shape, in);
    withKernelSize(shape, [&]<int K>() {
        for (int y = 0; y < out.height; ++y) {
            Vec* row = pixel(out, 0, y, 0);
            const long plane = planeStride(out);
            if (hasRelu) {
                convolveRow<K>(corner, weights, bias, out.channels, y, out.width,
                               [&](int channel, int x, const Vec& value) {
                                   row[channel * plane + x] = value < 0 ? Vec{} : value; // NaN stays NaN
                               });
            } else {
                convolveRow<K>(
                    corner, weights, bias, out.channels, y, out.width,
                    [&](int channel, int x, const Vec& value) { row[channel * plane + x] = value; });
            }
        }
    });
}

void convolutionBackwardData(const ConvolutionShape& shape, const InterleavedTensor& outGradient,
                             const float* weights, const float* reluOutput, const InterleavedTensor& inGradient)
{
    if (reluOutput == nullptr)
        return convolution(shape, outGradient, weights, nullptr, false, inGradient);
    const WindowCorner corner(shape, outGradient);
    withKernelSize(shape, [&]<int K>() {
        for (int y = 0; y < inGradient.height; ++y) {
            Vec* row = pixel(inGradient, 0, y, 0);
            const long plane = planeStride(inGradient);
            const Vec* open = vectors(reluOutput) + (row - vectors(inGradient.data));
            convolveRow<K>(corner, weights, nullptr, inGradient.channels, y, inGradient.width,
                           [&](int channel, int x, const Vec& value) {
                               const long i = channel * plane + x;
                               row[i] = open[i] <= 0 ? Vec{} : value; // NaN passes
                           });
        }
    });
}

/// Ties go to the first pixel. NaN counts as larger than any number, as in PyTorch.
template<typename Index>
inline void takeLarger(const Vec& other, std::int32_t number, Vec& best, Index& choice)
{
    const Mask isLarger = (other > best) | (other != other);
    best = isLarger ? other : best;
    choice = isLarger ? Mask{} + number : choice;
}

void convolutionMaxPoolRelu(const ConvolutionShape& shape, const InterleavedTensor& in, const float* weights,
                            const float* bias, float* rows, const InterleavedTensor& out, ArgmaxIndex* argmax)
{
    const WindowCorner corner(shape, in);
    const int width = 2 * out.width; // the last column of an odd width is not pooled
    const long upperToLower = static_cast<long>(out.channels) * width;
    Vec* upper = vectors(rows);
    for (int y = 0; y < out.height; ++y) {
        withKernelSize(shape, [&]<int K>() {
            for (int half = 0; half < 2; ++half) {
                Vec* row = upper + half * upperToLower;
                convolveRow<K>(
                    corner, weights, bias, out.channels, 2 * y + half, width,
                    [&](int channel, int x, const Vec& value) { row[channel * width + x] = value; });
            }
        });
        for (int channel = 0; channel < out.channels; ++channel) {
            const Vec* above = upper + channel * width;
            const Vec* below = above + upperToLower;
            Vec* target = pixel(out, channel, y, 0);
            Argmax* chosen = reinterpret_cast<Argmax*>(argmax) + (channel * out.height + y) * out.width;
            for (int x = 0; x < out.width; ++x) {
                Vec best = above[2 * x];
                Mask choice = {};
                takeLarger(above[2 * x + 1], 1, best, choice);
                takeLarger(below[2 * x], 2, best, choice);
                takeLarger(below[2 * x + 1], 3, best, choice);
                target[x] = best < 0 ? Vec{} : best;
                choice = best <= 0 ? Mask{} + std::int32_t{kNoInput} : choice; // NaN passes
                chosen[x] = __builtin_convertvector(choice, Argmax);
            }
        }
    }
}

void maxPool(int kernelSize, int stride, const InterleavedTensor& in, const InterleavedTensor& out,
             WindowIndex* argmax)
{
    Windows* chosen = reinterpret_cast<Windows*>(argmax);
    for (int channel = 0; channel < out.channels; ++channel) {
        for (int y = 0; y < out.height; ++y) {
            Vec* target = pixel(out, channel, y, 0);
            for (int x = 0; x < out.width; ++x, ++chosen) {
                const Vec* window = pixel(in, channel, y * stride, x * stride);
                Vec best = window[0];
                Mask choice = {};
                for (int i = 1; i < kernelSize * kernelSize; ++i)
                    takeLarger(window[i / kernelSize * rowStride(in) + i % kernelSize], i, best, choice);
                target[x] = best;
                *chosen = __builtin_convertvector(choice, Windows);
            }
        }
    }
}

/// Sets all values to 0, including the border.
inline void clear(const InterleavedTensor& tensor)
{
    Vec* all = vectors(tensor.data);
    const long count = tensor.channels * planeStride(tensor);
    for (long i = 0; i < count; ++i)
        all[i] = Vec{};
}

void maxPoolBackward(int kernelSize, int stride, const InterleavedTensor& outGradient,
                     const WindowIndex* argmax, const InterleavedTensor& inGradient)
{
    clear(inGradient);
    const Windows* chosen = reinterpret_cast<const Windows*>(argmax);
    for (int channel = 0; channel < outGradient.channels; ++channel) {
        for (int y = 0; y < outGradient.height; ++y) {
            const Vec* source = pixel(outGradient, channel, y, 0);
            for (int x = 0; x < outGradient.width; ++x, ++chosen) {
                Vec* window = pixel(inGradient, channel, y * stride, x * stride);
                const Mask choice = __builtin_convertvector(*chosen, Mask);
                for (int i = 0; i < kernelSize * kernelSize; ++i) {
                    Vec& cell = window[i / kernelSize * rowStride(inGradient) + i % kernelSize];
                    cell = choice == i ? cell + source[x] : cell;
                }
            }
        }
    }
}

void averagePool(int kernelSize, int stride, const InterleavedTensor& in, const InterleavedTensor& out)
{
    const float area = static_cast<float>(kernelSize * kernelSize);
    for (int channel = 0; channel < out.channels; ++channel) {
        for (int y = 0; y < out.height; ++y) {
            Vec* target = pixel(out, channel, y, 0);
            for (int x = 0; x < out.width; ++x) {
                const Vec* window = pixel(in, channel, y * stride, x * stride);
                Vec total = {};
                for (int ky = 0; ky < kernelSize; ++ky) {
                    for (int kx = 0; kx < kernelSize; ++kx)
                        total += window[ky * rowStride(in) + kx];
                }
                target[x] = total / area;
            }
        }
    }
}

void averagePoolBackward(int kernelSize, int stride, const InterleavedTensor& outGradient,
                         const InterleavedTensor& inGradient)
{
    clear(inGradient);
    const float area = static_cast<float>(kernelSize * kernelSize);
    for (int channel = 0; channel < outGradient.channels; ++channel) {
        for (int y = 0; y < outGradient.height; ++y) {
            const Vec* source = pixel(outGradient, channel, y, 0);
            for (int x = 0; x < outGradient.width; ++x) {
                Vec* window = pixel(inGradient, channel, y * stride, x * stride);
                const Vec share = source[x] / area;
                for (int ky = 0; ky < kernelSize; ++ky) {
                    for (int kx = 0; kx < kernelSize; ++kx)
                        window[ky * rowStride(inGradient) + kx] += share;
                }
            }
        }
    }
}

/// target = work(source) for every pixel; `work` may also read the target.
template<typename Work>
inline void forEachPixel(const InterleavedTensor& from, const InterleavedTensor& to, const Work& work)
{
    for (int channel = 0; channel < to.channels; ++channel) {
        for (int y = 0; y < to.height; ++y) {
            const Vec* source = pixel(from, channel, y, 0);
            Vec* target = pixel(to, channel, y, 0);
            for (int x = 0; x < to.width; ++x)
                work(channel, source[x], target[x]);
        }
    }
}

void relu(const InterleavedTensor& in, const InterleavedTensor& out)
{
    forEachPixel(in, out, [](int, const Vec& value, Vec& target) { target = value < 0 ? Vec{} : value; });
}

void reluBackward(const InterleavedTensor& out, const InterleavedTensor& gradient)
{
    forEachPixel(out, gradient,
                 [](int, const Vec& value, Vec& target) { target = value <= 0 ? Vec{} : target; });
}

void copy(const InterleavedTensor& in, const InterleavedTensor& out)
{
    forEachPixel(in, out, [](int, const Vec& value, Vec& target) { target = value; });
}

void scaleShift(const InterleavedTensor& in, const float* scale, const float* shift, bool hasRelu,
                const InterleavedTensor& out)
{
    forEachPixel(in, out, [&](int channel, const Vec& value, Vec& target) {
        const Vec result = value * scale[channel] + shift[channel];
        target = hasRelu ? (result < 0 ? Vec{} : result) : result;
    });
}

void multiply(const InterleavedTensor& in, const float* factors, const InterleavedTensor& out)
{
    const Vec* factor = vectors(factors);
    forEachPixel(in, out, [&](int, const Vec& value, Vec& target) { target = value * *factor++; });
}

void maxPoolReluBackward(const InterleavedTensor& coarse, const ArgmaxIndex* argmax,
                         const InterleavedTensor& fine)
{
    const Argmax* chosen = reinterpret_cast<const Argmax*>(argmax);
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

/// Correlates one row of the input with the same row of the gradient: sums[out][kx] += Σx gradient[out][x] ·
/// row[x + kx].
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

/// The same for any kernel size.
template<int Out>
inline void correlateRowsOfAnySize(int kernelSize, const Vec* row, const Vec* gradient, long gradientPlane,
                                   int width, Vec* sums)
{
    for (int kx = 0; kx < kernelSize; ++kx) {
        Vec local[Out];
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out)
            local[out] = sums[out * kernelSize + kx];
        for (int x = 0; x < width; ++x) {
            const Vec value = row[x + kx];
#pragma GCC unroll 8
            for (int out = 0; out < Out; ++out)
                local[out] += gradient[out * gradientPlane + x] * value;
        }
#pragma GCC unroll 8
        for (int out = 0; out < Out; ++out)
            sums[out * kernelSize + kx] = local[out];
    }
}

template<int K>
void convolutionBackwardWeightsOf(const ConvolutionShape& shape, const InterleavedTensor& in,
                                  const InterleavedTensor& outGradient, float* sumsMemory,
                                  float* weightGradient, float* biasGradient)
{
    // Chosen so that the Out · K sums stay in registers.
    constexpr int kFitting = K == 0 ? 8 : kGradientSums / (K == 0 ? 1 : K);
    constexpr int kOut = kFitting < 8 ? kFitting : 8;
    const int k = K == 0 ? shape.kernelSize : K;
    const int outChannels = outGradient.channels;
    Vec* sums = vectors(sumsMemory); // in × ky × out × kx
    Vec* biasSums = sums + static_cast<long>(in.channels) * k * outChannels * k;
    for (long i = 0; i < static_cast<long>(in.channels) * k * outChannels * k + outChannels; ++i)
        sums[i] = Vec{};
    const long gradientPlane = planeStride(outGradient);
    for (int y = 0; y < outGradient.height; ++y) {
        const Vec* gradient = pixel(outGradient, 0, y, 0);
        Vec* target = sums;
        for (int channel = 0; channel < in.channels; ++channel) {
            for (int ky = 0; ky < k; ++ky) {
                const Vec* row = pixel(in, channel, y + ky - shape.padding, -shape.padding);
                const auto correlate = [&]<int Out>(int out) {
                    if constexpr (K == 0)
                        correlateRowsOfAnySize<Out>(k, row, gradient + out * gradientPlane, gradientPlane,
                                                    outGradient.width, target);
                    else
                        correlateRows<K, Out>(row, gradient + out * gradientPlane, gradientPlane,
                                              outGradient.width, target);
                    target += Out * k;
                };
                int out = 0;
                for (; out + kOut <= outChannels; out += kOut)
                    correlate.template operator()<kOut>(out);
                for (; out < outChannels; ++out)
                    correlate.template operator()<1>(out);
            }
        }
        for (int out = 0; out < outChannels; ++out) {
            for (int x = 0; x < outGradient.width; ++x)
                biasSums[out] += gradient[out * gradientPlane + x];
        }
    }
    for (int channel = 0; channel < in.channels; ++channel) {
        for (int ky = 0; ky < k; ++ky) {
            for (int out = 0; out < outChannels; ++out) {
                for (int kx = 0; kx < k; ++kx, ++sums)
                    weightGradient[((out * in.channels + channel) * k + ky) * k + kx] = sum(*sums);
            }
        }
    }
    for (int out = 0; out < outChannels && biasGradient != nullptr; ++out)
        biasGradient[out] = sum(biasSums[out]);
}

void convolutionBackwardWeights(const ConvolutionShape& shape, const InterleavedTensor& in,
                                const InterleavedTensor& outGradient, float* sums, float* weightGradient,
                                float* biasGradient)
{
    withKernelSize(shape, [&]<int K>() {
        convolutionBackwardWeightsOf<K>(shape, in, outGradient, sums, weightGradient, biasGradient);
    });
}

void linear(int features, int classes, const float* in, const float* weights, const float* bias, float* out)
{
    const Vec* x = vectors(in);
    for (int c = 0; c < classes; ++c) {
        const float* row = weights + static_cast<long>(c) * features;
        Vec sums[4] = {broadcast(bias != nullptr ? bias[c] : 0.0F), Vec{}, Vec{}, Vec{}};
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
    for (int c = 0; c < classes && biasGradient != nullptr; ++c)
        biasGradient[c] = sum(slopes[c]);
}

constexpr CpuKernels kernelTable(const char* name)
{
    return {
        .lanes = kLanes,
        .name = name,
        .convolution = convolution,
        .convolutionMaxPoolRelu = convolutionMaxPoolRelu,
        .convolutionBackwardData = convolutionBackwardData,
        .convolutionBackwardWeights = convolutionBackwardWeights,
        .maxPoolReluBackward = maxPoolReluBackward,
        .maxPool = maxPool,
        .maxPoolBackward = maxPoolBackward,
        .averagePool = averagePool,
        .averagePoolBackward = averagePoolBackward,
        .relu = relu,
        .reluBackward = reluBackward,
        .copy = copy,
        .scaleShift = scaleShift,
        .multiply = multiply,
        .linear = linear,
        .linearBackward = linearBackward,
    };
}

} // namespace
