#include "app/RunsCommand.h"

#include "app/Advice.h"
#include "app/EpochText.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Output.h"
#include "app/Printable.h"
#include "core/runs/RunCheck.h"
#include "core/runs/RunFiles.h"
#include "core/runs/RunRecorder.h"

#include <QDir>
#include <algorithm>

namespace app
{
namespace
{

using core::RunInfo;
using core::RunStore;

RunInfo checkedRun(RunInfo run)
{
    run.damage = core::checkRun(run);
    return run;
}

engine::Result<RunInfo> findRun(int number, const core::StudioFolders& folders)
{
    const auto store = RunStore::open(folders.runs);
    if (!store)
        return tl::unexpected(store.error());
    return (*store)->find(number).and_then([&](const std::optional<RunInfo>& run) -> engine::Result<RunInfo> {
        if (run)
            return checkedRun(*run);
        return tl::unexpected(noSuchRun(number));
    });
}

nlohmann::ordered_json toJson(const RunInfo& run)
{
    nlohmann::ordered_json object = {{"run", run.number},
                                     {"state", nameOf(run.state).toStdString()},
                                     {"created", run.created.toString(Qt::ISODate).toStdString()},
                                     {"dataset", run.datasetId.toStdString()},
                                     {"recipe", run.recipe.toStdString()},
                                     {"epochs", run.epochsDone},
                                     {"epochs_planned", run.epochsPlanned},
                                     {"test_correct", nullptr},
                                     {"test_total", nullptr},
                                     {"seconds", run.seconds},
                                     {"path", run.folder.toStdString()},
                                     {"files", run.isFolderThere},
                                     {"problem", nullptr}};
    if (!run.damage.problem.isEmpty())
        object["problem"] = run.damage.problem.toStdString();
    if (run.testTotal > 0) {
        object["test_correct"] = run.testCorrect;
        object["test_total"] = run.testTotal;
    }
    return object;
}

std::string stateText(const RunInfo& run)
{
    if (!run.isFolderThere)
        return "files missing";
    return run.damage.problem.isEmpty() ? nameOf(run.state).toStdString() : "damaged";
}

std::string accuracyOf(const RunInfo& run)
{
    return run.testTotal > 0 ? accuracyText(run.testCorrect, run.testTotal) : "not tested";
}

std::string titleOf(const RunInfo& run)
{
    return printableLine(run.datasetTitle.toStdString());
}

std::string rowText(const RunInfo& run, std::size_t titleWidth)
{
    const QString when = run.created.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return format("%4d  ", run.number) + when.toStdString() + "  " + padRight(stateText(run), 13) + "  " +
           padRight(titleOf(run), titleWidth) + "  " +
           padRight(format("%d/%d epochs", run.epochsDone, run.epochsPlanned), 14) + "  " +
           padRight(accuracyOf(run), 22) + "  " + printableLine(run.recipe.toStdString());
}

int ended(const engine::Result<void>& printed)
{
    return printed ? kDone : fail(printed.error());
}

} // namespace

int runRunsList(bool isJson, const core::StudioFolders& folders)
{
    const auto store = RunStore::open(folders.runs);
    if (!store)
        return fail(store.error());
    const auto runs = (*store)->list();
    if (!runs)
        return fail(runs.error());
    Output output;
    if (runs->empty() && !isJson)
        return ended(output.line("There are no runs yet. To make one: tinyvgg-studio train"));
    std::size_t titleWidth = 0;
    for (const RunInfo& run : *runs)
        titleWidth = std::max(titleWidth, characterCount(titleOf(run)));
    for (const RunInfo& listed : *runs) {
        const RunInfo run = checkedRun(listed);
        const auto printed = isJson ? output.json(toJson(run)) : output.line(rowText(run, titleWidth));
        if (!printed)
            return fail(printed.error());
    }
    return kDone;
}

int runRunsShow(int number, bool isJson, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    const auto training = core::readRun(run->folder);
    Output output;
    engine::Result<void> printed;
    if (isJson) {
        auto object = toJson(*run);
        object["finished_epochs"] = nlohmann::ordered_json::array();
        if (training) {
            for (const engine::EpochReport& epoch : training->state.epochs)
                object["finished_epochs"].push_back(epochJson(epoch));
        }
        printed = output.json(object);
    } else {
        std::string text = format("Run     %d, %s\n", run->number, stateText(*run).c_str());
        text += "Data    " + titleOf(*run) + "\n";
        text += "Recipe  " + printableLine(run->recipe.toStdString()) + "\n";
        text += format("Epochs  %d of %d, in %s\n", run->epochsDone, run->epochsPlanned,
                       durationText(run->seconds).c_str());
        text += "Test    " + accuracyOf(*run) + "\n";
        text += "Folder  " + printableLine(run->folder.toStdString());
        if (training) {
            for (const engine::EpochReport& epoch : training->state.epochs)
                text += format("\nEpoch %-3d ", epoch.epoch) + epochText(epoch);
        }
        printed = output.line(text);
    }
    if (!printed)
        return fail(printed.error());
    return run->damage.problem.isEmpty()
               ? kDone
               : fail({engine::ErrorCode::BadFormat, run->damage.problem.toStdString()});
}

int runRunsDelete(int number, bool isJson, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    if (auto deleted = core::deleteRun(*run, folders.runs); !deleted) {
        engine::Error error = deleted.error();
        if (error.code == engine::ErrorCode::BadValue) // it is being trained
            error.message += " Stop it first.";
        return fail(error);
    }
    const std::string path = run->folder.toStdString();
    const bool isFolderLeft = QDir(run->folder).exists();
    if (isJson) {
        return ended(Output().json(
            {{"event", "done"}, {"run", number}, {"path", path}, {"folder_left", isFolderLeft}}));
    }
    std::string text = "Run " + std::to_string(number) + " deleted.";
    if (isFolderLeft)
        text += " Its folder was kept because it contains other files: " + path;
    return ended(Output().line(text));
}

int runRunsExport(int number, bool isJson, const std::string& folder, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    const auto files = core::exportRun(*run, QString::fromStdString(folder));
    if (!files)
        return fail(withAdvice(files.error(), *run));
    if (isJson) {
        nlohmann::ordered_json names = nlohmann::ordered_json::array();
        for (const QString& name : files->split(QStringLiteral(", ")))
            names.push_back(name.toStdString());
        return ended(
            Output().json({{"event", "done"}, {"run", number}, {"folder", folder}, {"files", names}}));
    }
    return ended(Output().line("Run " + std::to_string(number) + " exported to " + folder + ": " +
                               files->toStdString()));
}

} // namespace app
