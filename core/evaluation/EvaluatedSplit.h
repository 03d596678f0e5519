// What a run's model says of the images of one split: everything that the views of an evaluation show.
// Positions count the images that were evaluated; indices are those of the data set's own split.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/EvaluationMetrics.h"

#include <QStringList>
#include <memory>

namespace engine
{
struct SavedModel;
}

namespace core
{

enum class SplitKind {
    Test,
    Validation, ///< of the training images, those that the run held back
    Train,      ///< of the training images, those that the run was trained on
};

/// "test images", "validation images", "training images".
QString imagesName(SplitKind kind);

struct EvaluatedSplit {
    QString runFolder;
    QString datasetId;
    QString datasetTitle;
    QStringList classNames;
    SplitKind kind = SplitKind::Test;
    engine::Dataset images;             ///< the whole split that indices count
    std::vector<std::uint32_t> indices; ///< of each position; empty where position and index are the same
    std::vector<std::uint8_t> labels;   ///< of each position
    engine::Evaluation evaluation;
    std::vector<engine::SampleScore> scores;
    engine::EvaluationMetrics figures;
    engine::ModelSnapshot model;
    /// Predictions of every position after each epoch, from the first; only of the test split, and only where
    /// they were kept.
    std::vector<std::vector<std::uint8_t>> epochs;

    std::size_t size() const { return labels.size(); }
    std::uint32_t indexOf(std::size_t position) const
    {
        return indices.empty() ? static_cast<std::uint32_t>(position) : indices[position];
    }
    /// The model was not trained on these images, so its doubts about labels mean something.
    bool isOutOfSample() const { return kind != SplitKind::Train; }
};

/// The images of `kind` and all else that is known before the model has seen them, as the configuration of
/// `run` parts `data`. Where the weights were trained on another data set, or do not say on which, all
/// training images are SplitKind::Train, and none were held back. `runFolder` is for the caller to fill in.
/// Error: BadValue where there are no such images.
engine::Result<EvaluatedSplit> chooseSplit(SplitKind kind, const engine::SavedModel& run,
                                           const engine::DatasetSplits& data);

/// Puts what the model says of the images of `split` into it, with the scores and figures that follow.
void setEvaluation(EvaluatedSplit& split, engine::Evaluation evaluation);

} // namespace core
