// The evaluation of a run's model on one split, with everything that the evaluation views show. Positions
// count the evaluated images; indices refer to the data set's own split.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/EvaluationMetrics.h"

#include <QStringList>
#include <cstdint>
#include <memory>

namespace engine
{
struct SavedModel;
}

namespace core
{

enum class SplitKind {
    Test,
    Validation, ///< training images that the run held back
    Train,      ///< training images that the run was trained on
};

/// "test images", "validation images", "training images".
QString imagesName(SplitKind kind);

struct EvaluatedSplit {
    QString runFolder;
    QString datasetId;
    QString datasetTitle;
    QStringList classNames;
    SplitKind kind = SplitKind::Test;
    engine::Dataset images;             ///< the whole split that indices refer to
    std::vector<std::uint32_t> indices; ///< index of each position; empty if positions equal indices
    std::vector<std::uint8_t> labels;   ///< label of each position
    engine::Evaluation evaluation;
    std::vector<engine::SampleScore> scores;
    engine::EvaluationMetrics metrics;
    engine::ModelSnapshot model;
    /// Predictions of every position after each epoch, from the first. Test split only, and only if stored.
    std::vector<std::vector<std::uint8_t>> epochs;

    std::size_t size() const { return labels.size(); }
    std::uint32_t indexOf(std::size_t position) const
    {
        return indices.empty() ? static_cast<std::uint32_t>(position) : indices[position];
    }
    /// The model was not trained on these images, so its predictions can reveal wrong labels.
    bool isOutOfSample() const { return kind != SplitKind::Train; }
};

/// Selects the images of `kind` as the configuration of `run` splits `data`, and fills everything that needs
/// no predictions. If the weights were trained on another or unknown data set, all training images are
/// SplitKind::Train and there are no validation images. The caller sets `runFolder`. Error: BadValue if there
/// are no such images.
engine::Result<EvaluatedSplit> chooseSplit(SplitKind kind, const engine::SavedModel& run,
                                           const engine::DatasetSplits& data);

/// Stores the model's predictions in `split` and computes scores and metrics from them.
void setEvaluation(EvaluatedSplit& split, engine::Evaluation evaluation);

} // namespace core
