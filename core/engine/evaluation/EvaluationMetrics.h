// Metrics of one evaluation: per class, averaged, and calibration.
#pragma once

#include "engine/evaluation/SampleScores.h"

#include <cstdint>

namespace engine
{

/// A metric is not set if it is 0 / 0: see ConfusionMatrix.
struct ClassMetrics {
    std::size_t support = 0; ///< images of this class
    std::optional<double> precision;
    std::optional<double> recall;
    std::optional<double> f1;
};

/// As scikit-learn's classification_report(labels, predictions, zero_division=0): a metric that is 0 / 0
/// counts as 0, and a class that is neither a label nor a prediction of any image is ignored. All 0 without
/// images.
struct AverageMetrics {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};

/// Images with a confidence above `low` and up to `high`.
struct ReliabilityBin {
    double low = 0;
    double high = 1;
    std::size_t count = 0;
    std::size_t correct = 0;
    double meanConfidence = 0; ///< 0 without images

    /// Fraction of correct predictions, 0 … 1; 0 without images.
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
    AverageMetrics macro;    ///< unweighted mean over the classes
    AverageMetrics weighted; ///< weighted by support
    /// Mean negative log-likelihood in nats, the mean of SampleScore::loss; 0 without images. Computed from
    /// rounded probabilities, so it may differ from Evaluation::meanLoss in the eighth digit, and if losses
    /// are above 100.
    double meanLoss = 0;
    std::vector<ReliabilityBin> bins; ///< of equal width, from 0 to 1
    /// Expected calibration error, 0 … 1: mean distance between a bin's accuracy and its mean confidence,
    /// weighted by the number of images; 0 without images. Source: C. Guo et al., "On Calibration of Modern
    /// Neural Networks", ICML 2017, equation 3. torchmetrics' CalibrationError with norm="l1" differs in one
    /// point: it assigns a confidence on the border of two bins to the upper one, and 1 to a bin of its own.
    double calibrationError = 0;
};

/// `labels` as for scoreSamples(); `binCount` is at least 1.
EvaluationMetrics metricsOf(const Evaluation& evaluation, std::span<const std::uint8_t> labels,
                            int binCount = 15);

} // namespace engine
