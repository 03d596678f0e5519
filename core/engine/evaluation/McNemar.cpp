#include "engine/evaluation/McNemar.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine
{

double mcNemarPValue(std::size_t onlyFirst, std::size_t onlySecond)
{
    if (onlyFirst == onlySecond)
        return 1;
    const std::size_t fewer = std::min(onlyFirst, onlySecond);
    const std::size_t more = std::max(onlyFirst, onlySecond);

    // C(n, fewer) / 2ⁿ, with the halvings interleaved so that the value stays in range.
    double last = 1;
    std::size_t halvings = fewer + more;
    for (std::size_t i = 1; i <= fewer; ++i) {
        last *= static_cast<double>(more + i) / static_cast<double>(i);
        for (; last > 1 && halvings > 0; --halvings)
            last /= 2;
    }
    // The remaining terms, each from its successor, as multiples of the last one.
    double term = 1;
    double sum = 1;
    for (std::size_t i = fewer; i > 0 && term > 0; --i) {
        term *= static_cast<double>(i) / static_cast<double>(fewer + more - i + 1);
        sum += term;
    }
    constexpr std::size_t kMoreThanADoubleHolds = 100'000;
    return std::min(1.0,
                    2 * std::ldexp(last * sum, -static_cast<int>(std::min(halvings, kMoreThanADoubleHolds))));
}

McNemar compareRuns(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                    std::span<const std::uint8_t> labels)
{
    assert(first.size() == labels.size() && second.size() == labels.size());
    McNemar result;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const bool isFirstRight = first[i] == labels[i];
        const bool isSecondRight = second[i] == labels[i];
        if (isFirstRight && isSecondRight)
            ++result.bothRight;
        else if (isFirstRight)
            result.onlyFirst.push_back(static_cast<std::uint32_t>(i));
        else if (isSecondRight)
            result.onlySecond.push_back(static_cast<std::uint32_t>(i));
        else
            ++result.bothWrong;
    }
    result.pValue = mcNemarPValue(result.onlyFirst.size(), result.onlySecond.size());
    return result;
}

} // namespace engine
