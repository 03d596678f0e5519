#include "app/RunsCommand.h"

#include "app/Advice.h"
#include "app/EpochText.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Output.h"
#include "app/Printable.h"
#include "app/RebuiltList.h"
#include "core/runs/RunCheck.h"
#include "core/runs/RunDeletion.h"
#include "core/runs/RunFiles.h"
#include "core/runs/RunRecorder.h"

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
    reportRebuiltList(folders);
    const auto store = RunStore::open(folders.runs);
    if (!store)
        return tl::unexpected(store.error());
    return (*store)->find(number).and_then([&](const std::optional<RunInfo>& run) -> engine::Result<RunInfo> {
        if (run)
            return checkedRun(*run);
        return tl::unexpected(noSuchRun(number));
    });
}

/// What is to be known of a run that is not damaged, but not complete either; empty if nothing.
std::string noteOn(const RunInfo& run)
{
    if (!run.hasBegun)
        return "It had not begun: it ended before its first checkpoint, and there is nothing to resume.";
    if (run.damage.isRepairedByResume)
        return "It ended before the weights of its first epoch were written. Resume repairs it.";
    return {};
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
                                     {"problem", nullptr},
                                     {"note", nullptr}};
    if (const std::string note = noteOn(run); !note.empty())
        object["note"] = note;
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
    if (!run.hasBegun)
        return "had not begun";
    if (!run.isFolderThere)
        return "files missing";
    if (!run.damage.problem.isEmpty())
        return "damaged";
    return run.damage.isRepairedByResume ? "resume repairs it" : nameOf(run.state).toStdString();
}

/// What `show` calls it, which has a note on what repairs it.
std::string shownState(const RunInfo& run)
{
    return run.damage.isRepairedByResume ? nameOf(run.state).toStdString() : stateText(run);
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
    return format("%4d  ", run.number) + when.toStdString() + "  " + padRight(stateText(run), 17) + "  " +
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
    reportRebuiltList(folders);
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
        std::string text = format("Run     %d, %s\n", run->number, shownState(*run).c_str());
        text += "Data    " + titleOf(*run) + "\n";
        text += "Recipe  " + printableLine(run->recipe.toStdString()) + "\n";
        text += format("Epochs  %d of %d, in %s\n", run->epochsDone, run->epochsPlanned,
                       durationText(run->seconds).c_str());
        text += "Test    " + accuracyOf(*run) + "\n";
        text += "Folder  " + printableLine(run->folder.toStdString());
        if (const std::string note = noteOn(*run); !note.empty())
            text += "\nNote    " + note;
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
    const auto deleted = core::deleteRun(*run, folders.runs);
    if (!deleted) {
        engine::Error error = deleted.error();
        if (error.code == engine::ErrorCode::BadValue) // it is being trained
            error.message += " Stop it first.";
        return fail(error);
    }
    const std::string path = run->folder.toStdString();
    const std::string leftBecause = deleted->leftBecause.toStdString();
    if (isJson) {
        nlohmann::ordered_json done = {{"event", "done"},
                                       {"run", number},
                                       {"path", path},
                                       {"folder_left", deleted->isFolderLeft},
                                       {"problem", nullptr}};
        if (!leftBecause.empty())
            done["problem"] = leftBecause;
        return ended(Output().json(done));
    }
    const std::string name = "Run " + std::to_string(number);
    if (!leftBecause.empty())
        return ended(Output().line(name + " removed from the list. Not deleted: " + leftBecause));
    std::string text = name + " deleted.";
    if (deleted->isFolderLeft)
        text += " Its folder was kept because it contains other files: " + path;
    return ended(Output().line(text));
}

int runRunsRebuild(bool isJson, const core::StudioFolders& folders)
{
    const auto rebuilt = reportRebuiltList(folders);
    const auto store = RunStore::open(folders.runs);
    const auto changes = store ? (*store)->rebuild() : tl::unexpected(store.error());
    if (!changes)
        return fail(changes.error());
    if (isJson) {
        nlohmann::ordered_json done = {{"event", "done"},
                                       {"runs", changes->runCount},
                                       {"added", changes->added},
                                       {"removed", changes->removed},
                                       {"damaged_file", nullptr}};
        if (rebuilt && !rebuilt->damagedFile.isEmpty())
            done["damaged_file"] = rebuilt->damagedFile.toStdString();
        return ended(Output().json(done));
    }
    return ended(Output().line(format("The list has %d run%s: %d added, %d removed.", changes->runCount,
                                      changes->runCount == 1 ? "" : "s", changes->added, changes->removed)));
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
