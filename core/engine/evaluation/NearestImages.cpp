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

/// Keeps the nearest images seen so far; the farthest of them is on top of the heap.
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

/// State of one thread.
struct Worker {
    CpuNetwork network;
    NearestHeap heap;
    std::vector<float> sums; ///< squared distances, one per lane

    Worker(const NetworkSpec& spec, std::size_t capacity)
        : network(spec),
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

/// Squared distances from `query` to the image of every lane.
void computeSquaredDistances(Worker& worker, const std::vector<float>& query)
{
    const float* feature = worker.network.features().data();
    std::ranges::fill(worker.sums, 0.0F);
    for (const float wanted : query) {
        for (float& sum : worker.sums) {
            const float difference = *feature++ - wanted;
            sum += difference * difference;
        }
    }
}

/// Returns fewer if `stop` was requested.
std::vector<NearImage> findNearest(const ModelSnapshot& model, std::span<const std::uint8_t> image,
                                   const Dataset& dataset, std::size_t count, int threads,
                                   const std::stop_token& stop, const EvaluationProgress& progress,
                                   std::span<const std::uint32_t> images)
{
    // Stop requests are checked and progress is reported once per block.
    constexpr std::size_t kBlock = 2048;
    ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
    const std::vector<float> weights = flatWeights(model);
    std::vector<Worker> workers;
    for (int i = 0; i < pool.size(); ++i)
        workers.emplace_back(model.spec, count).network.setWeights(weights);
    const std::vector<float> query = featuresOf(workers.front().network, image);

    const std::size_t total = images.empty() ? dataset.size() : images.size();
    const auto indexAt = [&](std::size_t position) {
        return images.empty() ? static_cast<std::uint32_t>(position) : images[position];
    };
    const auto lanes = static_cast<std::size_t>(workers.front().network.lanes());
    for (std::size_t begin = 0; begin < total; begin += kBlock) {
        if (stop.stop_requested())
            break;
        const std::size_t end = std::min(total, begin + kBlock);
        pool.run(static_cast<int>((end - begin + lanes - 1) / lanes), [&](int workerIndex, int chunk) {
            Worker& worker = workers[static_cast<std::size_t>(workerIndex)];
            const std::size_t first = begin + static_cast<std::size_t>(chunk) * lanes;
            const std::size_t filled = std::min(lanes, end - first);
            for (std::size_t lane = 0; lane < filled; ++lane)
                worker.network.setImage(static_cast<int>(lane), dataset.image(indexAt(first + lane)));
            worker.network.forward(); // unused lanes hold old images; their results are ignored
            computeSquaredDistances(worker, query);
            for (std::size_t lane = 0; lane < filled; ++lane) {
                const float distance = std::sqrt(worker.sums[lane]);
                worker.heap.offer({indexAt(first + lane),
                                   std::isnan(distance) ? std::numeric_limits<float>::infinity() : distance});
            }
        });
        if (progress)
            progress(end);
    }
    // The global nearest are among each thread's nearest, regardless of how the images were distributed.
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
                                             std::stop_token stop, const EvaluationProgress& progress,
                                             std::span<const std::uint32_t> images)
{
    const ImageShape& input = model.spec.input;
    const auto expected = [&](const std::string& found) {
        return failure(ErrorCode::BadValue, "Expected images of " + text(input) +
                                                " pixels, as in the model; found " + found + ".");
    };
    if (dataset.shape() != input)
        return expected(text(dataset.shape()));
    if (image.size() != static_cast<std::size_t>(input.size()))
        return expected("one of " + std::to_string(image.size()) + " pixels");
    return guarded("Searching for images", [&]() -> Result<std::vector<NearImage>> {
        std::vector<NearImage> nearest =
            findNearest(model, image, dataset, count, threads, stop, progress, images);
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "The search was cancelled.");
        return nearest;
    });
}

} // namespace engine
