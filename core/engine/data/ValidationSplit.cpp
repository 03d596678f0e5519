#include "engine/data/ValidationSplit.h"

#include "engine/MixedSeed.h"

#include <cmath>

namespace engine
{

ValidationSplit splitForValidation(const Dataset& dataset, double share, std::uint64_t seed)
{
    std::vector<std::vector<std::uint32_t>> classes(static_cast<std::size_t>(dataset.classCount()));
    for (std::size_t i = 0; i < dataset.size(); ++i)
        classes[dataset.label(i)].push_back(static_cast<std::uint32_t>(i));
    std::vector<bool> isHeldBack(dataset.size());
    std::uint64_t drawn = 0;
    for (auto& images : classes) {
        const auto count = static_cast<std::size_t>(std::llround(share * static_cast<double>(images.size())));
        for (std::size_t i = 0; i < count; ++i) { // partial Fisher–Yates shuffle
            const std::size_t other = i + mixedSeed(seed, drawn++) % (images.size() - i);
            std::swap(images[i], images[other]);
            isHeldBack[images[i]] = true;
        }
    }
    ValidationSplit split;
    for (std::size_t i = 0; i < dataset.size(); ++i)
        (isHeldBack[i] ? split.validation : split.train).push_back(static_cast<std::uint32_t>(i));
    return split;
}

} // namespace engine
