#include "engine/evaluation/NearestImages.h"

#include "engine/Guarded.h"
#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/ThreadPool.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace engine
{
namespace
{

bool isNearer(const NearImage& a, const NearImage& b)
{
    return a.distance < b.distance || (a.distance == b.distance && a.index < b.index);
}

/// The nearest images that were offered, the farthest of them on top of the heap.
class NearestHeap
{
public:
    explicit NearestHeap(std::size_t capacity) : m_capacity(capacity) {}

    void offer(const NearImage& image)
    {
        if (m_images.size() == m_capacity && (m_capacity == 0 || !isNearer(image, m_images.front())))
            return;
        if (m_images.size() == m_capacity) {
            std::ranges::pop_heap(m_images, isNearer);
            m_images.pop_back();
        }
        m_images.push_back(image);
        std::ranges::push_heap(m_images, isNearer);
    }
    const std::vector<NearImage>& images() const { return m_images; }

private:
    std::size_t m_capacity;
    std::vector<NearImage> m_images;
};

/// What one thread works with.
struct Worker {
    CpuNetwork network;
    NearestHeap heap;
    std::vector<float> sums; ///< squared distance, one a lane

    Worker(const TinyVggOptions& options, std::size_t capacity)
        : network(options),
          heap(capacity),
          sums(static_cast<std::size_t>(network.lanes()))
    {
    }
};

std::vector<float> featuresOf(CpuNetwork& network, std::span<const std::uint8_t> image)
{
    network.setImage(0, image);
    network.forward();
    const auto lanes = static_cast<std::size_t>(network.lanes());
    std::vector<float> features;
    for (std::size_t i = 0; i < network.features().size(); i += lanes)
        features.push_back(network.features()[i]);
    return features;
}

/// From `sought` to the image in every lane.
void computeSquaredDistances(Worker& worker, const std::vector<float>& sought)
{
    const float* feature = worker.network.features().data();
    std::ranges::fill(worker.sums, 0.0F);
    for (const float wanted : sought) {
        for (float& sum : worker.sums) {
            const float difference = *feature++ - wanted;
            sum += difference * difference;
        }
    }
}

/// Fewer than asked for where `control` stopped it.
std::vector<NearImage> findNearest(const ModelSnapshot& model, std::span<const std::uint8_t> image,
                                   const Dataset& dataset, std::size_t count, int threads,
                                   const TrainingControl* control, const EvaluationProgress& progress,
                                   std::span<const std::uint32_t> images)
{
    // As often as this a stop is heard and progress is told.
    constexpr std::size_t kBlock = 2048;
    ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
    const std::vector<float> parameters = flatParameters(model);
    std::vector<Worker> workers;
    for (int i = 0; i < pool.size(); ++i)
        workers.emplace_back(model.options, count).network.setParameters(parameters);
    const std::vector<float> sought = featuresOf(workers.front().network, image);

    const std::size_t total = images.empty() ? dataset.size() : images.size();
    const auto indexAt = [&](std::size_t position) {
        return images.empty() ? static_cast<std::uint32_t>(position) : images[position];
    };
    const auto lanes = static_cast<std::size_t>(workers.front().network.lanes());
    for (std::size_t begin = 0; begin < total; begin += kBlock) {
        if (control != nullptr && control->isStopRequested())
            break;
        const std::size_t end = std::min(total, begin + kBlock);
        pool.run(static_cast<int>((end - begin + lanes - 1) / lanes), [&](int workerIndex, int chunk) {
            Worker& worker = workers[static_cast<std::size_t>(workerIndex)];
            const std::size_t first = begin + static_cast<std::size_t>(chunk) * lanes;
            const std::size_t filled = std::min(lanes, end - first);
            for (std::size_t lane = 0; lane < filled; ++lane)
                worker.network.setImage(static_cast<int>(lane), dataset.image(indexAt(first + lane)));
            worker.network.forward(); // lanes without an image compute what they held; nobody looks
            computeSquaredDistances(worker, sought);
            for (std::size_t lane = 0; lane < filled; ++lane) {
                const float distance = std::sqrt(worker.sums[lane]);
                worker.heap.offer({indexAt(first + lane),
                                   std::isnan(distance) ? std::numeric_limits<float>::infinity() : distance});
            }
        });
        if (progress)
            progress(end);
    }
    // The nearest of all are among the nearest that each thread has seen, whoever has seen which.
    NearestHeap all(count);
    for (const Worker& worker : workers) {
        for (const NearImage& candidate : worker.heap.images())
            all.offer(candidate);
    }
    std::vector<NearImage> nearest = all.images();
    std::ranges::sort_heap(nearest, isNearer);
    return nearest;
}

} // namespace

Result<std::vector<NearImage>> nearestImages(const ModelSnapshot& model, std::span<const std::uint8_t> image,
                                             const Dataset& dataset, std::size_t count, int threads,
                                             const TrainingControl* control,
                                             const EvaluationProgress& progress,
                                             std::span<const std::uint32_t> images)
{
    const int height = model.options.inputHeight;
    const int width = model.options.inputWidth;
    const auto expected = [&](const std::string& found) {
        return failure(ErrorCode::BadValue, "Expected images of " + std::to_string(height) + " × " +
                                                std::to_string(width) +
                                                " pixels, as the model has them; found " + found + ".");
    };
    if (dataset.height() != height || dataset.width() != width)
        return expected(std::to_string(dataset.height()) + " × " + std::to_string(dataset.width()));
    if (image.size() != static_cast<std::size_t>(height) * static_cast<std::size_t>(width))
        return expected("one of " + std::to_string(image.size()) + " pixels");
    return guarded("Searching for images", [&]() -> Result<std::vector<NearImage>> {
        std::vector<NearImage> nearest =
            findNearest(model, image, dataset, count, threads, control, progress, images);
        if (control != nullptr && control->isStopRequested())
            return failure(ErrorCode::Cancelled, "The search was cancelled.");
        return nearest;
    });
}

} // namespace engine
