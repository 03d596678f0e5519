// What a model says of each image, in the figures by which images are ranked.
#pragma once

#include "engine/evaluation/Evaluation.h"

namespace engine
{

/// A probability of 0 in single precision counts as the smallest above it, 2⁻¹⁴⁹, so that no loss is
/// infinite: none is above 103.28 nats.
inline constexpr double kSmallestProbability = 0x1p-149;

/// Always finite: a probability that is no number, as a model that diverged has them, counts as 0.
struct SampleScore {
    int label = 0;
    int prediction = 0;
    int runnerUp = 0;          ///< the most probable of the other classes, the lower one of two alike
    double confidence = 0;     ///< probability of the prediction, 0 … 1
    double selfConfidence = 0; ///< probability of the label, 0 … 1
    /// Probability of the label less the largest of another class, −1 … 1: below 0 where the model is
    /// wrong. Source: C. G. Northcutt et al., "Confident Learning", JAIR 70 (2021); the library cleanlab
    /// shows it as (margin + 1) / 2.
    double normalizedMargin = 0;
    double topMargin = 0; ///< probability of the prediction less that of the runner-up, 0 … 1
    double entropy = 0;   ///< −Σ p·log p in nats, 0 … log(classes)
    double loss = 0;      ///< −log of the label's probability in nats; see kSmallestProbability

    bool isRight() const { return prediction == label; }
    /// Of the two most probable classes, one is the label.
    bool isRightWithinTwo() const { return isRight() || runnerUp == label; }
};

/// `probabilities`: one a class, at least one; `prediction` and `label` are among the classes.
SampleScore scoreOf(std::span<const float> probabilities, int prediction, int label);

/// A score an image. `labels` are those of the images that were evaluated, in their order; programmer's error
/// where their number is another.
std::vector<SampleScore> scoreSamples(const Evaluation& evaluation, std::span<const std::uint8_t> labels);

} // namespace engine
