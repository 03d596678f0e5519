// Counts of true class against predicted class.
//
//     engine::ConfusionMatrix matrix(10);
//     matrix.add(9, 4);              // a nine, predicted as a four
//     matrix.count(9, 4);            // 1
//     matrix.recall(9);              // fraction of nines predicted as nines
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace engine
{

class ConfusionMatrix
{
public:
    explicit ConfusionMatrix(int classCount = 0);

    void add(int trueClass, int predictedClass);

    int classCount() const { return m_classCount; }
    std::size_t count(int trueClass, int predictedClass) const;
    std::size_t total() const;
    std::size_t correctCount() const;                     ///< the diagonal's sum
    std::size_t trueCount(int trueClass) const;           ///< a row's sum: the class's support
    std::size_t predictedCount(int predictedClass) const; ///< a column's sum
    /// Fraction of the images of this class that are predicted correctly, 0 … 1; nothing for a class without
    /// images.
    std::optional<double> recall(int trueClass) const;
    /// Fraction of the images predicted as this class that are correct; nothing if there are none.
    std::optional<double> precision(int predictedClass) const;
    /// Harmonic mean of precision and recall, as 2·correct / (true + predicted); nothing if both counts are
    /// 0.
    std::optional<double> f1(int classIndex) const;

    bool operator==(const ConfusionMatrix&) const = default;

private:
    std::size_t index(int trueClass, int predictedClass) const;

    int m_classCount = 0;
    std::vector<std::size_t> m_counts; ///< row-major; rows are true classes
};

} // namespace engine
