// Scores of each image's prediction, used for ranking.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include <cstdint>

namespace engine
{

/// A probability of 0 in single precision is replaced by the smallest positive float, 2⁻¹⁴⁹, so that losses
/// stay finite: at most 103.28 nats.
inline constexpr double kSmallestProbability = 0x1p-149;

/// Always finite: a NaN probability, as in a diverged model, counts as 0.
struct SampleScore {
    int label = 0;
    int prediction = 0;
    int runnerUp = 0;          ///< the second most probable class; ties go to the lower index
    double confidence = 0;     ///< probability of the prediction, 0 … 1
    double selfConfidence = 0; ///< probability of the label, 0 … 1
    /// Probability of the label minus the largest of the other classes, −1 … 1; negative if the model is
    /// wrong. Source: C. G. Northcutt et al., "Confident Learning", JAIR 70 (2021); the library cleanlab
    /// shows it as (margin + 1) / 2.
    double normalizedMargin = 0;
    double topMargin = 0; ///< probability of the prediction minus that of the runner-up, 0 … 1
    double entropy = 0;   ///< −Σ p·log p in nats, 0 … log(classes)
    double loss = 0;      ///< −log of the label's probability in nats; see kSmallestProbability

    bool isRight() const { return prediction == label; }
    /// The label is one of the two most probable classes.
    bool isRightWithinTwo() const { return isRight() || runnerUp == label; }
};

/// `probabilities`: one per class, at least one. `prediction` and `label` are valid classes.
SampleScore scoreOf(std::span<const float> probabilities, int prediction, int label);

/// One score per image. `labels` are those of the evaluated images, in order; a different count is a
/// programming error.
std::vector<SampleScore> scoreSamples(const Evaluation& evaluation, std::span<const std::uint8_t> labels);

} // namespace engine
