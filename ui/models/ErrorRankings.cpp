#include "ui/models/ErrorRankings.h"

#include "engine/evaluation/ErrorRanking.h"

#include <QCoreApplication>

namespace ui
{
namespace
{

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ErrorRankings)
};

} // namespace

ErrorRankingTexts textsOf(ErrorRanking ranking)
{
    switch (ranking) {
    case ErrorRanking::MostConfidentErrors:
        return {Texts::tr("Most confident errors"),
                Texts::tr("Wrong with high confidence. Highest probability first.")};
    case ErrorRanking::HighestLosses:
        return {Texts::tr("Highest losses"), Texts::tr("True class given little probability. Lowest first.")};
    case ErrorRanking::LeastCertainRight:
        return {Texts::tr("Least certain correct ones"),
                Texts::tr("Correct by a small margin. Lowest probability first.")};
    case ErrorRanking::SuspectsBySelfConfidence:
        return {Texts::tr("Suspected wrong labels: self-confidence"),
                Texts::tr("The model finds the label improbable: is it wrong?")};
    case ErrorRanking::SuspectsByMargin:
        break;
    }
    return {Texts::tr("Suspected wrong labels: normalized margin"),
            Texts::tr("The label is far less probable than the prediction: is it wrong?")};
}

bool isAboutLabels(ErrorRanking ranking)
{
    return ranking == ErrorRanking::SuspectsBySelfConfidence || ranking == ErrorRanking::SuspectsByMargin;
}

std::vector<std::uint32_t> rank(const core::EvaluatedSplit& split, ErrorRanking ranking, std::size_t count)
{
    if (isAboutLabels(ranking) && !split.isOutOfSample())
        return {};
    switch (ranking) {
    case ErrorRanking::MostConfidentErrors:
        return engine::mostConfidentErrors(split.scores, count);
    case ErrorRanking::HighestLosses:
        return engine::highestLosses(split.scores, count);
    case ErrorRanking::LeastCertainRight:
        return engine::leastCertainRight(split.scores, count);
    case ErrorRanking::SuspectsBySelfConfidence:
        return engine::suspectedWrongLabels(split.scores, engine::LabelQuality::SelfConfidence, count);
    case ErrorRanking::SuspectsByMargin:
        break;
    }
    return engine::suspectedWrongLabels(split.scores, engine::LabelQuality::NormalizedMargin, count);
}

} // namespace ui
