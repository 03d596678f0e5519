#include "app/RunsCommand.h"

#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Output.h"
#include "app/RunTables.h"
#include "core/runs/RunFiles.h"
#include "core/runs/RunRecorder.h"
#include "engine/storage/TrainingStateFile.h"

namespace app
{
namespace
{

using core::RunInfo;
using core::RunStore;

engine::Result<RunInfo> findRun(int number, const core::StudioFolders& folders)
{
    const auto store = RunStore::open(folders.runs);
    if (!store)
        return tl::unexpected(store.error());
    return (*store)->find(number).and_then([&](const std::optional<RunInfo>& run) -> engine::Result<RunInfo> {
        if (run)
            return *run;
        return tl::unexpected(core::noSuchRun(number));
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
                                     {"files", run.isFolderThere}};
    if (run.testTotal > 0) {
        object["test_correct"] = run.testCorrect;
        object["test_total"] = run.testTotal;
    }
    return object;
}

std::string stateText(const RunInfo& run)
{
    return run.isFolderThere ? nameOf(run.state).toStdString() : "files missing";
}

std::string accuracyOf(const RunInfo& run)
{
    return run.testTotal > 0 ? accuracyText(run.testCorrect, run.testTotal) : "not tested";
}

std::string rowText(const RunInfo& run)
{
    const QString when = run.created.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return format("%4d  ", run.number) + when.toStdString() + "  " + padRight(stateText(run), 13) + "  " +
           padRight(run.datasetTitle.toStdString(), 14) + "  " +
           padRight(format("%d/%d epochs", run.epochsDone, run.epochsPlanned), 14) + "  " +
           padRight(accuracyOf(run), 22) + "  " + run.recipe.toStdString();
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
    for (const RunInfo& run : *runs) {
        const auto printed = isJson ? output.json(toJson(run)) : output.line(rowText(run));
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
    Output output;
    if (isJson)
        return ended(output.json(toJson(*run)));
    std::string text = format("Run     %d, %s\n", run->number, stateText(*run).c_str());
    text += "Data    " + run->datasetTitle.toStdString() + "\n";
    text += "Recipe  " + run->recipe.toStdString() + "\n";
    text += format("Epochs  %d of %d, in %s\n", run->epochsDone, run->epochsPlanned,
                   clockText(run->seconds).c_str());
    text += "Test    " + accuracyOf(*run) + "\n";
    text += "Folder  " + run->folder.toStdString();
    const auto training = engine::readTrainingState(run->folder.toStdString());
    if (training)
        text += epochLines(training->state.epochs);
    if (auto printed = output.line(text); !printed)
        return fail(printed.error());
    return training ? kDone : fail(training.error());
}

int runRunsDelete(int number, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    if (auto deleted = core::deleteRun(*run, folders.runs); !deleted)
        return fail(deleted.error());
    return ended(Output().line("Run " + std::to_string(number) + " is deleted."));
}

int runRunsExport(int number, const std::string& folder, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    if (auto exported = core::exportRun(*run, QString::fromStdString(folder)); !exported)
        return fail(exported.error());
    return ended(
        Output().line("Run " + std::to_string(number) + " is in " + folder + ": " + core::kExportedFiles));
}

} // namespace app
