// What the Draw page says: what a model takes a drawing for, and what one may expect of that model.
#pragma once

#include "core/session/CurrentModel.h"
#include "engine/data/Dataset.h"
#include "engine/evaluation/Classifier.h"

#include <QString>
#include <optional>
#include <vector>

namespace ui
{

/// The most probable class and the next.
struct TopTwo {
    int first = 0;
    int second = 0;
    float firstShare = 0;
    float secondShare = 0;

    /// The second is more than half as probable as the first.
    bool isClose() const { return secondShare > firstShare / 2; }
};
/// Nothing where there are fewer than two classes, or what is no number among them.
std::optional<TopTwo> topTwoOf(const std::vector<float>& probabilities);

/// "It is a", "It is an" (8), "It may be a" where the second class is close; the class's name follows.
QString verdictLead(const TopTwo& topTwo, const QStringList& classNames);
/// "97.1 % sure; next 1 with 2.2 %", "51 % sure; a 1 is nearly as likely: 43 %".
QString verdictDetail(const TopTwo& topTwo, const QStringList& classNames);

/// The model's classes are the digits 0 to 9.
bool knowsDigits(const core::TrainedModel& model);
/// Its images are digits of many hands: what a model for drawings is trained on.
bool showsHandwriting(const engine::DatasetSplits& dataset);
/// Its images are gray and of 28 × 28 pixels, as drawings become.
bool canReadDrawings(const core::TrainedModel& model);
/// Why it cannot read them: a whole sentence; empty where it can.
QString whyNoDrawings(const core::TrainedModel& model);
/// The same of a model that would be trained on `dataset`.
QString whyNoDrawings(const engine::DatasetSplits& dataset);
/// "Run 7 · Notebook · MNIST: 9,866 of 10,000 test images right"
QString modelLine(const core::TrainedModel& model);
/// What it was trained on, and what that means for drawn digits: whole sentences.
QString modelMeaning(const core::TrainedModel& model);
/// Trained with the preset that is for them, or fine-tuned from such a model.
bool isMadeForDrawings(const core::TrainedModel& model);

} // namespace ui
