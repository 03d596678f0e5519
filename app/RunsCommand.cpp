#include "app/RunsCommand.h"

#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Output.h"
#include "app/RunTables.h"
#include "core/runs/RunStore.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Checkpoint.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/TrainingStateFile.h"

#include <QDir>

namespace app
{
namespace
{

using core::RunInfo;
using core::RunStore;

constexpr const char* kDescriptionFile = "weights.json";

engine::Result<RunInfo> findRun(int number, const core::StudioFolders& folders)
{
    const auto store = RunStore::open(folders.runs);
    if (!store)
        return tl::unexpected(store.error());
    return (*store)->find(number).and_then([&](const std::optional<RunInfo>& run) -> engine::Result<RunInfo> {
        if (run)
            return *run;
        return engine::failure(engine::ErrorCode::NotFound,
                               "There is no run " + std::to_string(number) +
                                   ". To see which there are: tinyvgg-studio runs list");
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

engine::Result<void> exportRun(const RunInfo& run, const std::filesystem::path& folder)
{
    std::error_code status;
    std::filesystem::create_directories(folder, status);
    if (status) {
        return engine::failure(engine::ErrorCode::CannotWrite,
                               folder.string() + ": the folder cannot be made: " + status.message() + ".");
    }
    constexpr std::size_t kLargest = std::size_t{1} << 30;
    const std::filesystem::path source = run.folder.toStdString();
    const auto training = engine::readTrainingState(source);
    if (!training)
        return tl::unexpected(training.error());
    for (const char* name : {engine::kWeightsFileName, kDescriptionFile}) {
        const auto bytes = engine::readWholeFile(source / name, kLargest);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (auto written = engine::writeFileAtomically(folder / name, *bytes); !written)
            return written;
    }
    return engine::writeFileAtomically(folder / "epochs.csv", epochsCsv(training->state.epochs))
        .and_then([&] {
            return engine::writeFileAtomically(folder / "batches.csv", batchesCsv(training->state.batches));
        });
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
    if (run->state == RunInfo::State::Running) {
        return fail({engine::ErrorCode::BadValue,
                     "Run " + std::to_string(number) + " is being trained: stop it first."});
    }
    QDir folder(run->folder);
    for (const char* name :
         {engine::kWeightsFileName, kDescriptionFile, engine::kStateFileName, engine::kPredictionsFileName}) {
        if (folder.exists(QLatin1String(name)) && !folder.remove(QLatin1String(name))) {
            return fail({engine::ErrorCode::CannotWrite,
                         folder.filePath(QLatin1String(name)).toStdString() + ": cannot be deleted."});
        }
    }
    QDir().rmdir(run->folder); // does nothing where somebody put something of their own
    const auto store = RunStore::open(folders.runs);
    const auto removed = store ? (*store)->remove(number) : tl::unexpected(store.error());
    if (!removed)
        return fail(removed.error());
    return ended(Output().line("Run " + std::to_string(number) + " is deleted."));
}

int runRunsExport(int number, const std::string& folder, const core::StudioFolders& folders)
{
    const auto run = findRun(number, folders);
    if (!run)
        return fail(run.error());
    if (auto exported = exportRun(*run, folder); !exported)
        return fail(exported.error());
    return ended(Output().line("Run " + std::to_string(number) + " is in " + folder +
                               ": weights.pt, weights.json, epochs.csv, batches.csv"));
}

} // namespace app
