#include "app/FineTuningReport.h"

#include "app/Format.h"
#include "app/Output.h"

namespace app
{
namespace
{

std::string difference(std::size_t before, std::size_t after)
{
    if (after == before)
        return "no change";
    return format("%s%s", after > before ? "+" : "−",
                  grouped(std::max(before, after) - std::min(before, after)).c_str());
}

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
    return Output().line("  " + padRight(set.title.toStdString(), titleWidth + 2) +
                         accuracyText(set.rightBefore, set.total) + " → " + accuracyText(after, set.total) +
                         "   " + difference(set.rightBefore, after));
}

} // namespace

engine::Result<void> reportFineTuning(const core::FineTuningResult& result, const core::TrainedModel& model,
                                      bool isJson)
{
    if (!result.unknownLoss.isEmpty()) {
        const engine::StartingModel start = core::startingModelOf(model);
        const std::string first =
            start.datasetTitle.empty() ? "What " + start.name + " had learnt first" : start.datasetTitle;
        std::fprintf(stderr, "%s is not on this machine, so what was lost there is not known.\n",
                     first.c_str());
    }
    engine::Result<void> printed;
    if (!isJson)
        printed = Output().line("\nBefore and after, on test images, which were not trained on:");
    std::size_t titleWidth = 0;
    for (const core::ComparedSet& set : result.sets)
        titleWidth = std::max(titleWidth, characterCount(set.title.toStdString()));
    for (const core::ComparedSet& set : result.sets) {
        if (!printed)
            break;
        const std::size_t after = set.rightAfter.value_or(set.rightBefore);
        printed = isJson ? printJson(set, after) : print(set, after, titleWidth);
    }
    return printed;
}

} // namespace app
