#include "engine/CheckRange.h"
#include "engine/Guarded.h"
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/device/TorchDevice.h"
#include "engine/inspection/AttributionMaps.h"

#include <algorithm>

namespace engine
{
namespace
{

/// One position of the square, clipped at the image's edges.
struct Place {
    int top;
    int bottom;
    int left;
    int right; // one past the last column
};

Place placeAround(int y, int x, int side, int height, int width)
{
    const int top = y - side / 2;
    const int left = x - side / 2;
    return {std::max(0, top), std::min(height, top + side), std::max(0, left), std::min(width, left + side)};
}

Result<void> checkOptions(const OcclusionOptions& options)
{
    return checkRange(Range<int>{"Side of the square", 1, 64}, options.side)
        .and_then([&] {
            return checkRange(Range<int>{"Stride of the square", 1, options.side}, options.stride);
        })
        .and_then([&] {
            return checkRange(Range<int>{"Fill of the square", 0, 255}, options.fill);
        });
}

float scoreOf(const CpuNetwork& network, int lane, int classIndex, ClassScore score)
{
    if (score == ClassScore::Logit)
        return network.logit(classIndex, lane);
    std::vector<float> probabilities(static_cast<std::size_t>(network.spec().classCount));
    writeProbabilities(network, lane, probabilities);
    return probabilities[static_cast<std::size_t>(classIndex)];
}

std::vector<std::uint8_t> covered(std::span<const std::uint8_t> pixels, const Place& place,
                                  const ImageShape& shape, int fill)
{
    std::vector<std::uint8_t> image(pixels.begin(), pixels.end());
    for (int channel = 0; channel < shape.channels; ++channel) {
        for (int y = place.top; y < place.bottom; ++y) {
            const auto row = image.begin() + (channel * shape.height + y) * shape.width;
            std::fill(row + place.left, row + place.right, static_cast<std::uint8_t>(fill));
        }
    }
    return image;
}

/// Scores of the image covered at each position. Incomplete if `stop` was requested.
std::vector<float> coveredScores(const CpuNetwork& whole, const std::vector<float>& weights,
                                 std::span<const std::uint8_t> pixels, const std::vector<Place>& places,
                                 int classIndex, const OcclusionOptions& options, int threads,
                                 const std::stop_token& stop, const AttributionProgress& progress)
{
    ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
    std::vector<CpuNetwork> networks;
    networks.reserve(static_cast<std::size_t>(pool.size()));
    for (int i = 0; i < pool.size(); ++i)
        networks.emplace_back(whole.spec()).setWeights(weights);
    const auto lanes = static_cast<std::size_t>(whole.lanes());
    std::vector<float> scores(places.size());
    // Stop requests are checked and progress is reported once per block.
    const std::size_t block = 2 * lanes * static_cast<std::size_t>(pool.size());
    for (std::size_t begin = 0; begin < places.size(); begin += block) {
        if (stop.stop_requested())
            break;
        const std::size_t end = std::min(places.size(), begin + block);
        pool.run(static_cast<int>((end - begin + lanes - 1) / lanes), [&](int worker, int chunk) {
            CpuNetwork& network = networks[static_cast<std::size_t>(worker)];
            const std::size_t first = begin + static_cast<std::size_t>(chunk) * lanes;
            const std::size_t count = std::min(lanes, end - first);
            for (std::size_t lane = 0; lane < count; ++lane)
                network.setImage(static_cast<int>(lane),
                                 covered(pixels, places[first + lane], whole.spec().input, options.fill));
            network.forward(); // unused lanes hold old images; their results are ignored
            for (std::size_t lane = 0; lane < count; ++lane)
                scores[first + lane] = scoreOf(network, static_cast<int>(lane), classIndex, options.score);
        });
        if (progress)
            progress(end, places.size());
    }
    return scores;
}

/// For every pixel, the mean of the grid's values at the positions that cover it.
std::vector<float> pixelMeans(const AttributionMap& map, const std::vector<Place>& places)
{
    std::vector<double> sums(static_cast<std::size_t>(map.height * map.width));
    std::vector<int> counts(sums.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (int y = places[i].top; y < places[i].bottom; ++y) {
            for (int x = places[i].left; x < places[i].right; ++x) {
                const auto pixel = static_cast<std::size_t>(y * map.width + x);
                sums[pixel] += static_cast<double>(map.grid[i]);
                ++counts[pixel];
            }
        }
    }
    std::vector<float> means;
    for (std::size_t pixel = 0; pixel < sums.size(); ++pixel)
        means.push_back(static_cast<float>(sums[pixel] / std::max(1, counts[pixel])));
    return means;
}

} // namespace

Result<AttributionMap> occlusionMap(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                    int classIndex, const OcclusionOptions& options, int threads,
                                    std::stop_token stop, const AttributionProgress& progress)
{
    auto checked =
        checkQuestion(model.spec, pixels, classIndex).and_then([&] { return checkOptions(options); });
    if (!checked)
        return tl::unexpected(checked.error());
    return guarded("The occlusion map", [&]() -> Result<AttributionMap> {
        AttributionMap result;
        result.kind = AttributionKind::Occlusion;
        result.score = options.score;
        result.side = options.side;
        result.classIndex = classIndex;
        result.height = model.spec.input.height;
        result.width = model.spec.input.width;
        result.gridHeight = (result.height + options.stride - 1) / options.stride;
        result.gridWidth = (result.width + options.stride - 1) / options.stride;
        std::vector<Place> places;
        for (int y = 0; y < result.height; y += options.stride) {
            for (int x = 0; x < result.width; x += options.stride)
                places.push_back(placeAround(y, x, options.side, result.height, result.width));
        }
        const std::vector<float> weights = flatWeights(model);
        CpuNetwork whole(model.spec);
        whole.setWeights(weights);
        whole.setImage(0, pixels);
        whole.forward();
        result.classScore = scoreOf(whole, 0, classIndex, options.score);
        result.grid =
            coveredScores(whole, weights, pixels, places, classIndex, options, threads, stop, progress);
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "The occlusion map was cancelled.");
        for (float& number : result.grid)
            number = result.classScore - number;
        result.values = pixelMeans(result, places);
        describe(result);
        return result;
    });
}

} // namespace engine
