#include "app/FineTuningReport.h"

#include "app/Format.h"
#include "app/Output.h"
#include "app/Printable.h"
#include "core/Format.h"

namespace app
{
namespace
{

engine::Result<void> printJson(const core::ComparedSet& set, std::size_t after)
{
    return Output().json({{"event", "fine_tuning"},
                          {"dataset", set.dataset.toStdString()},
                          {"total", set.total},
                          {"before", set.rightBefore},
                          {"after", after}});
}

engine::Result<void> print(const core::ComparedSet& set, std::size_t after, std::size_t titleWidth)
{
    return Output().line("  " + padRight(printableLine(set.title.toStdString()), titleWidth + 2) +
                         accuracyText(set.rightBefore, set.total) + " → " + accuracyText(after, set.total) +
                         "   " + core::changeText(set.rightBefore, after).toStdString());
}

} // namespace

engine::Result<void> reportFineTuning(const core::FineTuningResult& result, const core::TrainedModel& model,
                                      bool isJson)
{
    if (!result.unknownLoss.isEmpty()) {
        const engine::StartingModel start = core::startingModelOf(model);
        const std::string first =
            start.datasetTitle.empty() ? "The first data set of " + start.name : start.datasetTitle;
        printError(first + " is not on this machine, so accuracy on it is not measured.");
    }
    engine::Result<void> printed;
    if (!isJson)
        printed = Output().line("\nBefore and after, on test images (not trained on):");
    std::size_t titleWidth = 0;
    for (const core::ComparedSet& set : result.sets)
        titleWidth = std::max(titleWidth, characterCount(printableLine(set.title.toStdString())));
    for (const core::ComparedSet& set : result.sets) {
        if (!printed)
            break;
        const std::size_t after = set.rightAfter.value_or(set.rightBefore);
        printed = isJson ? printJson(set, after) : print(set, after, titleWidth);
    }
    return printed;
}

} // namespace app
