// Texts of the Draw page: the prediction, and what to expect of the current model.
#pragma once

#include "core/session/CurrentModel.h"
#include "engine/data/Dataset.h"
#include "engine/evaluation/Classifier.h"

#include <QString>
#include <optional>
#include <vector>

namespace ui
{

/// The two most probable classes.
struct TopTwo {
    int first = 0;
    int second = 0;
    float firstShare = 0;
    float secondShare = 0;

    /// The second class is more than half as probable as the first.
    bool isClose() const { return secondShare > firstShare / 2; }
};
/// nullopt for fewer than two classes, or if a probability is not finite.
std::optional<TopTwo> topTwoOf(const std::vector<float>& probabilities);

/// "It is a", "It is an" (8), or "It may be a" if it is close; the class name follows.
QString verdictLead(const TopTwo& topTwo, const QStringList& classNames);
/// "97.1 % confidence; runner-up: a 1 with 2.2 %", "51 % confidence: a close call, a 1 is nearly as likely
/// (43 %)".
QString verdictDetail(const TopTwo& topTwo, const QStringList& classNames);

/// The classes are the digits 0 to 9.
bool knowsDigits(const core::TrainedModel& model);
/// Handwritten digits by many people, which a model for drawings should be trained on.
bool showsHandwriting(const engine::DatasetSplits& dataset);
/// The network input is gray, 28 × 28 pixels, like preprocessed drawings.
bool canReadDrawings(const core::TrainedModel& model);
/// Why drawings cannot be classified, as a full sentence; empty if they can.
QString whyNoDrawings(const core::TrainedModel& model);
/// The same for a model that would be trained on `dataset`.
QString whyNoDrawings(const engine::DatasetSplits& dataset);
/// "Run 7 · Notebook · MNIST: 9,866 of 10,000 test images correct"
QString modelLine(const core::TrainedModel& model);
/// What the model was trained on, and what that means for drawn digits, in full sentences.
QString modelMeaning(const core::TrainedModel& model);
/// Trained with the Robust preset, or fine-tuned from such a model.
bool isMadeForDrawings(const core::TrainedModel& model);

} // namespace ui
