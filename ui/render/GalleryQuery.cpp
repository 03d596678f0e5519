#include "ui/render/GalleryQuery.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

/// Sort key; larger values come first.
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
    return 0; // original order
}

bool isShown(const core::EvaluatedSplit& split, std::uint32_t position, const GalleryQuery& query)
{
    const int label = split.labels[position];
    const int prediction =
        query.epoch ? split.epochs[*query.epoch][position] : split.scores[position].prediction;
    const auto isWanted = [](std::optional<int> wanted, int one, int other) {
        return !wanted || one == *wanted || other == *wanted;
    };
    return isWanted(query.trueClass, label, label) &&
           isWanted(query.predictedClass, prediction, prediction) &&
           isWanted(query.eitherClass, label, prediction) &&
           (query.outcome == GalleryOutcome::All ||
            (label == prediction) == (query.outcome == GalleryOutcome::Right));
}

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::GalleryQuery", text);
}

/// If the true or the predicted class is set, eitherClass restricts the other one.
GalleryQuery narrowed(GalleryQuery query)
{
    if (query.eitherClass && query.trueClass && !query.predictedClass) {
        if (query.eitherClass != query.trueClass)
            query.predictedClass = query.eitherClass;
    } else if (query.eitherClass && query.predictedClass && !query.trueClass) {
        if (query.eitherClass != query.predictedClass)
            query.trueClass = query.eitherClass;
    }
    return query;
}

} // namespace

QString classesTitle(const GalleryQuery& query, const QStringList& classNames)
{
    const auto name = [&](std::optional<int> index) { return classNames.value(*index); };
    const GalleryQuery classes = narrowed(query);
    if (classes.trueClass && classes.predictedClass)
        return tr("true %1 → predicted %2").arg(name(classes.trueClass), name(classes.predictedClass));
    if (classes.trueClass)
        return tr("true %1").arg(name(classes.trueClass));
    if (classes.predictedClass)
        return tr("predicted %1").arg(name(classes.predictedClass));
    return classes.eitherClass ? tr("%1, true or predicted").arg(name(classes.eitherClass))
                               : tr("all classes");
}

QString titleOf(const GalleryQuery& query, const QStringList& classNames)
{
    const QString classes = classesTitle(query, classNames);
    return query.outcome == GalleryOutcome::Wrong   ? tr("wrong · %1").arg(classes)
           : query.outcome == GalleryOutcome::Right ? tr("correct · %1").arg(classes)
                                                    : classes;
}

std::vector<std::uint32_t> select(const core::EvaluatedSplit& split, const GalleryQuery& query)
{
    std::vector<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < split.scores.size(); ++i) {
        if (isShown(split, i, query))
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
