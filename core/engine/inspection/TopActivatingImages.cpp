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

/// Keeps the `count` images with the highest values; the lowest of them is on top of the heap.
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

/// The output of a ReLU is never negative, and some layers keep that property.
bool isBehindRelu(const NetworkSpec& spec, int layer)
{
    for (; layer >= 0; --layer) {
        switch (layerKind(spec, layer)) {
        case LayerKind::Relu:
            return true;
        case LayerKind::MaxPool:
        case LayerKind::AveragePool:
            continue;
        default:
            return false;
        }
    }
    return false;
}

/// Layers whose values equal those of the layer below.
bool isSkipped(const NetworkSpec& spec, int layer)
{
    return layerKind(spec, layer) == LayerKind::Flatten || layerKind(spec, layer) == LayerKind::Dropout;
}

std::vector<LayerTopImages> emptyTopImages(const NetworkSpec& spec)
{
    std::vector<LayerTopImages> layers;
    for (int layer = 0; layer < layerCount(spec); ++layer) {
        if (isSkipped(spec, layer))
            continue;
        LayerTopImages& added = layers.emplace_back();
        added.layer = layer;
        added.units.resize(static_cast<std::size_t>(outputShape(spec, layer).channels));
    }
    return layers;
}

/// Updates `topImages` with one layer's output for consecutive images, the first of which has index `first`.
void updateTopImages(LayerTopImages& topImages, const torch::Tensor& output, bool mustFire,
                     std::uint32_t first, std::size_t count)
{
    const torch::Tensor maps = output.flatten(2).contiguous(); // (image, channel, cell)
    const torch::Tensor maxima = maps.amax(2).contiguous();
    const float* maximum = maxima.data_ptr<float>();
    const float* map = maps.data_ptr<float>();
    const auto area = maps.size(2);
    const int width = static_cast<int>(output.size(3));
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

/// Results of one thread.
class Worker
{
public:
    Worker(const LayerwiseNetwork& network, const Dataset& dataset, std::size_t count)
        : m_network(network),
          m_dataset(dataset),
          m_count(count),
          m_found(emptyTopImages(network.spec()))
    {
    }

    void updateTopImages(std::size_t first, std::size_t size)
    {
        const auto imageSize = static_cast<std::size_t>(m_dataset.shape().size());
        torch::Tensor x = m_network.inputOf(m_dataset.pixels().subspan(first * imageSize, size * imageSize));
        auto topImages = m_found.begin();
        const NetworkSpec& spec = m_network.spec();
        for (int layer = 0; layer < layerCount(spec); ++layer) {
            x = m_network.apply(layer, x);
            if (isSkipped(spec, layer))
                continue;
            engine::updateTopImages(*topImages++, x.dim() == 2 ? x.unsqueeze(2).unsqueeze(3) : x,
                                    isBehindRelu(spec, layer), static_cast<std::uint32_t>(first), m_count);
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

/// Sorts the images, best first, and sets their receptive fields.
void finish(std::vector<LayerTopImages>& all, const NetworkSpec& spec, std::size_t imageCount)
{
    for (LayerTopImages& topImages : all) {
        topImages.imageCount = imageCount;
        for (std::size_t channel = 0; channel < topImages.units.size(); ++channel) {
            std::vector<TopImage>& images = topImages.units[channel].images;
            std::ranges::sort_heap(images, isLiked);
            for (TopImage& image : images)
                image.receptiveField =
                    receptiveField(spec, {topImages.layer, static_cast<int>(channel), image.y, image.x});
        }
    }
}

constexpr std::size_t kMaxBatchSize = 64;

/// Batch size with which the largest feature maps roughly fit into the L2 cache.
std::size_t batchSizeFor(const NetworkSpec& spec)
{
    constexpr std::int64_t kFloats = 500'000;
    std::int64_t largest = 1;
    for (const MapShape& shape : layerShapes(spec))
        largest = std::max(largest, shape.size());
    return std::clamp<std::size_t>(static_cast<std::size_t>(kFloats / largest), 1, kMaxBatchSize);
}

} // namespace

int LayerTopImages::deadUnits() const
{
    return static_cast<int>(
        std::ranges::count_if(units, [](const TopActivatingImages& unit) { return unit.firing == 0; }));
}

Result<std::vector<LayerTopImages>> topActivatingImages(const ModelSnapshot& model, const Dataset& dataset,
                                                        std::size_t count, int threads, std::stop_token stop,
                                                        const EvaluationProgress& progress)
{
    const NetworkSpec& spec = model.spec;
    if (auto shapes = checkedShapes(spec); !shapes)
        return tl::unexpected(shapes.error());
    if (dataset.shape() != spec.input) {
        return failure(ErrorCode::BadValue, "Expected images of " + text(spec.input) +
                                                " pixels, as in the model; found " + text(dataset.shape()) +
                                                ".");
    }
    return guarded("Searching for top-activating images", [&]() -> Result<std::vector<LayerTopImages>> {
        const LayerwiseNetwork network(model);
        ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
        std::vector<Worker> workers(static_cast<std::size_t>(pool.size()), Worker(network, dataset, count));
        const std::size_t size = batchSizeFor(spec);
        // Stop requests are checked and progress is reported once per block; small blocks keep both
        // responsive.
        const std::size_t tasksPerThread = size >= kMaxBatchSize / 2 ? 4 : 1;
        const std::size_t block = size * tasksPerThread * static_cast<std::size_t>(pool.size());
        for (std::size_t begin = 0; begin < dataset.size(); begin += block) {
            if (stop.stop_requested())
                return failure(ErrorCode::Cancelled, "The search was cancelled.");
            const std::size_t end = std::min(dataset.size(), begin + block);
            pool.run(static_cast<int>((end - begin + size - 1) / size), [&](int worker, int task) {
                const torch::InferenceMode inference;
                useThreads(1); // the pool already uses all threads
                const std::size_t first = begin + static_cast<std::size_t>(task) * size;
                workers[static_cast<std::size_t>(worker)].updateTopImages(first, std::min(size, end - first));
            });
            if (progress)
                progress(end);
        }
        std::vector<LayerTopImages> all = emptyTopImages(spec);
        for (const Worker& worker : workers)
            add(all, worker.found(), count);
        finish(all, spec, dataset.size());
        return all;
    });
}

} // namespace engine
