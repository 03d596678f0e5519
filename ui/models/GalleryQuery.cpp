#include "ui/models/GalleryQuery.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

/// The larger, the earlier.
double rank(const engine::SampleScore& score, GallerySort sort)
{
    switch (sort) {
    case GallerySort::Confidence:
        return score.confidence;
    case GallerySort::Loss:
        return score.loss;
    case GallerySort::Margin:
        return -score.topMargin;
    case GallerySort::Entropy:
        return score.entropy;
    case GallerySort::Index:
        break;
    }
    return 0; // as they come
}

bool isShown(const engine::SampleScore& score, const GalleryQuery& query)
{
    if (query.trueClass && score.label != *query.trueClass)
        return false;
    if (query.predictedClass && score.prediction != *query.predictedClass)
        return false;
    return query.outcome == GalleryOutcome::All ||
           score.isRight() == (query.outcome == GalleryOutcome::Right);
}

} // namespace

QString titleOf(const GalleryQuery& query, const QStringList& classNames)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ui::GalleryQuery", text); };
    const auto name = [&](std::optional<int> index) { return classNames.value(*index); };
    const QString classes =
        query.trueClass && query.predictedClass
            ? tr("true %1 → predicted %2").arg(name(query.trueClass), name(query.predictedClass))
        : query.trueClass      ? tr("true %1").arg(name(query.trueClass))
        : query.predictedClass ? tr("predicted %1").arg(name(query.predictedClass))
                               : tr("all classes");
    return query.outcome == GalleryOutcome::Wrong   ? tr("wrong · %1").arg(classes)
           : query.outcome == GalleryOutcome::Right ? tr("right · %1").arg(classes)
                                                    : classes;
}

std::vector<std::uint32_t> select(const core::EvaluatedSplit& split, const GalleryQuery& query)
{
    std::vector<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < split.scores.size(); ++i) {
        if (isShown(split.scores[i], query))
            positions.push_back(i);
    }
    if (query.sort != GallerySort::Index) {
        std::ranges::stable_sort(positions, [&](std::uint32_t a, std::uint32_t b) {
            const double left = rank(split.scores[a], query.sort);
            const double right = rank(split.scores[b], query.sort);
            return query.isReversed ? left < right : left > right;
        });
    } else if (query.isReversed) {
        std::ranges::reverse(positions);
    }
    return positions;
}

} // namespace ui
