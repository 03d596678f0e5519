// The figures of one evaluation: by class, averaged, and how far its confidence can be trusted.
#pragma once

#include "engine/evaluation/SampleScores.h"

namespace engine
{

/// Nothing stands where a figure is 0 / 0: see ConfusionMatrix.
struct ClassMetrics {
    std::size_t support = 0; ///< images of this class
    std::optional<double> precision;
    std::optional<double> recall;
    std::optional<double> f1;
};

/// As scikit-learn's classification_report(labels, predictions, zero_division=0): a figure that is 0 / 0
/// counts as 0, but a class that is neither a label nor a prediction anywhere counts not at all. All 0 where
/// there are no images.
struct AverageMetrics {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};

/// The images whose prediction has a confidence above `low` and up to `high`.
struct ReliabilityBin {
    double low = 0;
    double high = 1;
    std::size_t count = 0;
    std::size_t correct = 0;
    double meanConfidence = 0; ///< 0 where there are no images

    /// Share that is right, 0 … 1; 0 where there are no images.
    double accuracy() const
    {
        return count == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(count);
    }
};

struct EvaluationMetrics {
    std::size_t total = 0;
    std::size_t correct = 0;
    std::size_t correctWithinTwo = 0; ///< the label is among the two most probable classes: top-2 accuracy
    std::vector<ClassMetrics> classes;
    AverageMetrics macro;    ///< every class weighs the same
    AverageMetrics weighted; ///< every class weighs as much as it has images
    /// Mean negative log-likelihood in nats, the mean of SampleScore::loss; 0 without images. From rounded
    /// probabilities, so it may differ from Evaluation::meanLoss in the eighth digit, and where losses are
    /// above 100.
    double meanLoss = 0;
    std::vector<ReliabilityBin> bins; ///< of equal width, from 0 to 1
    /// Expected calibration error, 0 … 1: mean distance of a bin's accuracy from its mean confidence, each
    /// bin weighted by its images; 0 without images. Source: C. Guo et al., "On Calibration of Modern Neural
    /// Networks", ICML 2017, equation 3. torchmetrics' CalibrationError with norm="l1" differs in one thing:
    /// it counts a confidence on the border of two bins to the upper one, and 1 to a bin of its own.
    double calibrationError = 0;
};

/// `labels` as for scoreSamples(); `binCount` is at least 1.
EvaluationMetrics metricsOf(const Evaluation& evaluation, std::span<const std::uint8_t> labels,
                            int binCount = 15);

} // namespace engine
