#include "engine/inspection/TopActivatingImages.h"

#include "engine/Guarded.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/device/TorchDevice.h"
#include "engine/inspection/LayerwiseNetwork.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

bool isLiked(const TopImage& a, const TopImage& b)
{
    return a.value > b.value || (a.value == b.value && a.index < b.index);
}

/// Keeps the `count` images that are liked most, the least liked of them on top of the heap.
void keep(std::vector<TopImage>& heap, const TopImage& image, std::size_t count)
{
    if (heap.size() == count) {
        std::ranges::pop_heap(heap, isLiked);
        heap.pop_back();
    }
    heap.push_back(image);
    std::ranges::push_heap(heap, isLiked);
}

bool isKept(const std::vector<TopImage>& heap, const TopImage& image, std::size_t count)
{
    return count > 0 && (heap.size() < count || isLiked(image, heap.front()));
}

bool isBehindRelu(int layer)
{
    return layerKind(layer) == LayerKind::Relu || layerKind(layer) == LayerKind::MaxPool;
}

std::vector<LayerTopImages> emptyTopImages(const TinyVggOptions& options)
{
    std::vector<LayerTopImages> layers;
    for (int layer = 0; layer < kLayerCount; ++layer) {
        if (layer == kFlatten)
            continue;
        LayerTopImages& added = layers.emplace_back();
        added.layer = layer;
        added.units.resize(static_cast<std::size_t>(outputShape(options, layer).channels));
    }
    return layers;
}

/// Looks at what one layer makes of some images, the first of them the data set's `first`.
void look(LayerTopImages& topImages, const torch::Tensor& output, std::uint32_t first, std::size_t count)
{
    const torch::Tensor maps = output.flatten(2).contiguous(); // image, channel, cell
    const torch::Tensor maxima = maps.amax(2).contiguous();
    const float* maximum = maxima.data_ptr<float>();
    const float* map = maps.data_ptr<float>();
    const auto area = maps.size(2);
    const int width = static_cast<int>(output.size(3));
    const bool mustFire = isBehindRelu(topImages.layer);
    for (std::int64_t i = 0; i < maps.size(0); ++i) {
        for (TopActivatingImages& unit : topImages.units) {
            TopImage image;
            image.index = first + static_cast<std::uint32_t>(i);
            image.value = *maximum++;
            unit.firing += image.value > 0 ? 1U : 0U;
            const bool isCandidate = !std::isnan(image.value) && (image.value > 0 || !mustFire);
            if (isCandidate && isKept(unit.images, image, count)) {
                const auto at = static_cast<int>(std::find(map, map + area, image.value) - map);
                image.y = at / width;
                image.x = at % width;
                keep(unit.images, image, count);
            }
            map += area;
        }
    }
}

/// What one thread has found.
class Worker
{
public:
    Worker(const LayerwiseNetwork& network, const Dataset& dataset, std::size_t count)
        : m_network(network),
          m_dataset(dataset),
          m_count(count),
          m_found(emptyTopImages(network.options()))
    {
    }

    void look(std::size_t first, std::size_t size)
    {
        const auto imageSize = static_cast<std::size_t>(m_dataset.height() * m_dataset.width());
        torch::Tensor x = m_network.inputOf(m_dataset.pixels().subspan(first * imageSize, size * imageSize));
        auto topImages = m_found.begin();
        for (int layer = 0; layer < kLayerCount; ++layer) {
            x = m_network.apply(layer, x);
            if (layer == kFlatten)
                continue;
            engine::look(*topImages++, layer == kLinear ? x.unsqueeze(2).unsqueeze(3) : x,
                         static_cast<std::uint32_t>(first), m_count);
        }
    }

    const std::vector<LayerTopImages>& found() const { return m_found; }

private:
    const LayerwiseNetwork& m_network;
    const Dataset& m_dataset;
    std::size_t m_count;
    std::vector<LayerTopImages> m_found;
};

void add(std::vector<LayerTopImages>& all, const std::vector<LayerTopImages>& found, std::size_t count)
{
    for (std::size_t layer = 0; layer < all.size(); ++layer) {
        for (std::size_t channel = 0; channel < all[layer].units.size(); ++channel) {
            TopActivatingImages& unit = all[layer].units[channel];
            const TopActivatingImages& other = found[layer].units[channel];
            unit.firing += other.firing;
            for (const TopImage& image : other.images) {
                if (isKept(unit.images, image, count))
                    keep(unit.images, image, count);
            }
        }
    }
}

/// The best first, with what they see.
void finish(std::vector<LayerTopImages>& all, const TinyVggOptions& options, std::size_t imageCount)
{
    for (LayerTopImages& topImages : all) {
        topImages.imageCount = imageCount;
        for (std::size_t channel = 0; channel < topImages.units.size(); ++channel) {
            std::vector<TopImage>& images = topImages.units[channel].images;
            std::ranges::sort_heap(images, isLiked);
            for (TopImage& image : images)
                image.receptiveField =
                    receptiveField(options, {topImages.layer, static_cast<int>(channel), image.y, image.x});
        }
    }
}

constexpr std::size_t kMostImagesAtATime = 64;

/// As many as keep the largest feature maps in the second-level cache or thereabouts.
std::size_t imagesAtATime(const TinyVggOptions& options)
{
    constexpr std::size_t kFloats = 500'000;
    const auto map = static_cast<std::size_t>(options.hiddenUnits) *
                     static_cast<std::size_t>(options.inputHeight * options.inputWidth);
    return std::clamp<std::size_t>(kFloats / map, 1, kMostImagesAtATime);
}

} // namespace

int LayerTopImages::deadUnits() const
{
    return static_cast<int>(
        std::ranges::count_if(units, [](const TopActivatingImages& unit) { return unit.firing == 0; }));
}

Result<std::vector<LayerTopImages>> topActivatingImages(const ModelSnapshot& model, const Dataset& dataset,
                                                        std::size_t count, int threads,
                                                        const TrainingControl* control,
                                                        const EvaluationProgress& progress)
{
    const TinyVggOptions& options = model.options;
    if (auto valid = validate(options); !valid)
        return tl::unexpected(valid.error());
    if (dataset.height() != options.inputHeight || dataset.width() != options.inputWidth) {
        return failure(ErrorCode::BadValue,
                       "Expected images of " + std::to_string(options.inputHeight) + " × " +
                           std::to_string(options.inputWidth) + " pixels, as the model has them; found " +
                           std::to_string(dataset.height()) + " × " + std::to_string(dataset.width()) + ".");
    }
    return guarded("Searching for what units like", [&]() -> Result<std::vector<LayerTopImages>> {
        const LayerwiseNetwork network(model);
        ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
        std::vector<Worker> workers(static_cast<std::size_t>(pool.size()), Worker(network, dataset, count));
        const std::size_t size = imagesAtATime(options);
        // As often as this a stop is heard and progress is told: soon also where an image takes long.
        const std::size_t pieces = size >= kMostImagesAtATime / 2 ? 4 : 1;
        const std::size_t block = size * pieces * static_cast<std::size_t>(pool.size());
        for (std::size_t begin = 0; begin < dataset.size(); begin += block) {
            if (control != nullptr && control->isStopRequested())
                return failure(ErrorCode::Cancelled, "The search was cancelled.");
            const std::size_t end = std::min(dataset.size(), begin + block);
            pool.run(static_cast<int>((end - begin + size - 1) / size), [&](int worker, int piece) {
                const torch::InferenceMode inference;
                useThreads(1); // the pool shares the work out
                const std::size_t first = begin + static_cast<std::size_t>(piece) * size;
                workers[static_cast<std::size_t>(worker)].look(first, std::min(size, end - first));
            });
            if (progress)
                progress(end);
        }
        std::vector<LayerTopImages> all = emptyTopImages(options);
        for (const Worker& worker : workers)
            add(all, worker.found(), count);
        finish(all, options, dataset.size());
        return all;
    });
}

} // namespace engine
