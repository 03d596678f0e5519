#include "engine/evaluation/RejectedLabels.h"

#include <algorithm>
#include <array>

namespace engine
{
namespace
{

constexpr std::array<RejectedLabel, 15> kMnist = {{{947, 9},
                                                   {1621, 6},
                                                   {1901, 4},
                                                   {2130, {}},
                                                   {2462, 0},
                                                   {2597, 3},
                                                   {2654, {}},
                                                   {3520, {}},
                                                   {3558, 0},
                                                   {5937, 3},
                                                   {6651, 6},
                                                   {6783, 6},
                                                   {8527, {}},
                                                   {9679, {}},
                                                   {9729, 6}}};

} // namespace

std::span<const RejectedLabel> rejectedTestLabels(std::string_view datasetId)
{
    return datasetId == "mnist" ? std::span<const RejectedLabel>(kMnist) : std::span<const RejectedLabel>();
}

const RejectedLabel* findRejected(std::span<const RejectedLabel> rejected, std::uint32_t index)
{
    const auto found = std::ranges::lower_bound(rejected, index, {}, &RejectedLabel::index);
    return found == rejected.end() || found->index != index ? nullptr : &*found;
}

std::size_t countRejected(std::span<const std::uint32_t> suspects, std::size_t count,
                          std::span<const RejectedLabel> rejected)
{
    const auto first = suspects.first(std::min(count, suspects.size()));
    return static_cast<std::size_t>(std::ranges::count_if(
        first, [&](std::uint32_t index) { return findRejected(rejected, index) != nullptr; }));
}

} // namespace engine
