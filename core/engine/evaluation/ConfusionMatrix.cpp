#include "engine/evaluation/ConfusionMatrix.h"

#include <cassert>
#include <numeric>

namespace engine
{

ConfusionMatrix::ConfusionMatrix(int classCount)
    : m_classCount(classCount),
      m_counts(static_cast<std::size_t>(classCount) * static_cast<std::size_t>(classCount))
{
}

std::size_t ConfusionMatrix::index(int trueClass, int predictedClass) const
{
    assert(trueClass >= 0 && trueClass < m_classCount && predictedClass >= 0 &&
           predictedClass < m_classCount);
    return static_cast<std::size_t>(trueClass) * static_cast<std::size_t>(m_classCount) +
           static_cast<std::size_t>(predictedClass);
}

void ConfusionMatrix::add(int trueClass, int predictedClass)
{
    ++m_counts[index(trueClass, predictedClass)];
}

std::size_t ConfusionMatrix::count(int trueClass, int predictedClass) const
{
    return m_counts[index(trueClass, predictedClass)];
}

std::size_t ConfusionMatrix::total() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), std::size_t{0});
}

std::size_t ConfusionMatrix::correctCount() const
{
    std::size_t sum = 0;
    for (int i = 0; i < m_classCount; ++i)
        sum += count(i, i);
    return sum;
}

std::size_t ConfusionMatrix::trueCount(int trueClass) const
{
    std::size_t sum = 0;
    for (int predicted = 0; predicted < m_classCount; ++predicted)
        sum += count(trueClass, predicted);
    return sum;
}

std::size_t ConfusionMatrix::predictedCount(int predictedClass) const
{
    std::size_t sum = 0;
    for (int trueClass = 0; trueClass < m_classCount; ++trueClass)
        sum += count(trueClass, predictedClass);
    return sum;
}

namespace
{
std::optional<double> ratio(std::size_t part, std::size_t whole)
{
    if (whole == 0)
        return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}
} // namespace

std::optional<double> ConfusionMatrix::recall(int trueClass) const
{
    return ratio(count(trueClass, trueClass), trueCount(trueClass));
}

std::optional<double> ConfusionMatrix::precision(int predictedClass) const
{
    return ratio(count(predictedClass, predictedClass), predictedCount(predictedClass));
}

std::optional<double> ConfusionMatrix::f1(int classIndex) const
{
    return ratio(2 * count(classIndex, classIndex), trueCount(classIndex) + predictedCount(classIndex));
}

} // namespace engine
