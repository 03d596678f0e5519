#include "core/evaluation/RunComparison.h"

#include <QCoreApplication>
#include <algorithm>

namespace core
{
namespace
{

QString translated(const char* text)
{
    return QCoreApplication::translate("core", text);
}

ComparedImages groupOf(const engine::SampleScore& first, const engine::SampleScore& second)
{
    if (first.isRight())
        return second.isRight() ? ComparedImages::BothRight : ComparedImages::OnlyFirstRight;
    return second.isRight() ? ComparedImages::OnlySecondRight : ComparedImages::BothWrong;
}

/// Sort key: larger values come first.
double rank(const engine::SampleScore& first, const engine::SampleScore& second)
{
    switch (groupOf(first, second)) {
    case ComparedImages::BothRight:
        return -std::min(first.confidence, second.confidence);
    case ComparedImages::OnlyFirstRight:
        return second.confidence;
    case ComparedImages::OnlySecondRight:
        return first.confidence;
    case ComparedImages::BothWrong:
        break;
    }
    return std::max(first.confidence, second.confidence);
}

/// "12 of 100", "3 of 10,000", "fewer than 1 of 10,000".
QString frequency(double probability)
{
    constexpr double kOften = 0.01;
    constexpr double kSeldom = 0.0001;
    if (probability >= kOften)
        return translated(QT_TRANSLATE_NOOP("core", "%1 of 100")).arg(probability * 100, 0, 'f', 0);
    if (probability >= kSeldom)
        return translated(QT_TRANSLATE_NOOP("core", "%1 of 10,000"))
            .arg(std::max(1.0, probability * 10'000), 0, 'f', 0);
    return translated(QT_TRANSLATE_NOOP("core", "fewer than 1 of 10,000"));
}

} // namespace

std::size_t RunComparison::count(ComparedImages images) const
{
    switch (images) {
    case ComparedImages::BothRight:
        return test.bothRight;
    case ComparedImages::OnlyFirstRight:
        return test.onlyFirst.size();
    case ComparedImages::OnlySecondRight:
        return test.onlySecond.size();
    case ComparedImages::BothWrong:
        break;
    }
    return test.bothWrong;
}

engine::Result<RunComparison> compare(std::shared_ptr<const EvaluatedSplit> first,
                                      std::shared_ptr<const EvaluatedSplit> second)
{
    if (first->datasetId != second->datasetId || first->kind != second->kind ||
        first->indices != second->indices || first->labels != second->labels) {
        return engine::failure(
            engine::ErrorCode::BadValue,
            "Expected two evaluations of the same images with the same labels; found different ones.");
    }
    RunComparison comparison;
    comparison.test =
        engine::compareRuns(first->evaluation.predictions, second->evaluation.predictions, first->labels);
    comparison.first = std::move(first);
    comparison.second = std::move(second);
    return comparison;
}

std::vector<std::uint32_t> positionsOf(const RunComparison& comparison, ComparedImages images)
{
    const auto& first = comparison.first->scores;
    const auto& second = comparison.second->scores;
    std::vector<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < first.size(); ++i) {
        if (groupOf(first[i], second[i]) == images)
            positions.push_back(i);
    }
    std::ranges::stable_sort(positions, std::ranges::greater{},
                             [&](std::uint32_t i) { return rank(first[i], second[i]); });
    return positions;
}

QString inWords(const engine::McNemar& test, const QString& firstName, const QString& secondName)
{
    const std::size_t first = test.onlyFirst.size();
    const std::size_t second = test.onlySecond.size();
    if (first + second == 0) {
        return translated(QT_TRANSLATE_NOOP("core",
                                            "Both are correct on the very same images, so they do not "
                                            "differ."));
    }
    QString text = translated(QT_TRANSLATE_NOOP("core", "Of the %L1 images that only one of them predicts "
                                                        "correctly, %2 has %L3 and %4 has %L5. "))
                       .arg(first + second)
                       .arg(firstName)
                       .arg(first)
                       .arg(secondName)
                       .arg(second);
    constexpr double kSignificant = 0.05; // the usual level
    const QString pValue = QString::number(test.pValue, 'g', 2);
    if (first == second) {
        return text + translated(QT_TRANSLATE_NOOP("core", "That is a tie: these images do not show which is "
                                                           "better (McNemar's test, p = 1)."));
    }
    text += translated(QT_TRANSLATE_NOOP("core", "Two equally good models would differ this much or more, by "
                                                 "chance alone, in %1 such comparisons (McNemar's test, "
                                                 "p = %2). "))
                .arg(frequency(test.pValue), pValue);
    if (test.pValue >= kSignificant) {
        return text +
               translated(QT_TRANSLATE_NOOP("core", "So it may well be chance: these images do not show "
                                                    "which is better."));
    }
    return text + translated(QT_TRANSLATE_NOOP("core", "That is rare, so %1 is most likely the better one on "
                                                       "images like these."))
                      .arg(first > second ? firstName : secondName);
}

} // namespace core
