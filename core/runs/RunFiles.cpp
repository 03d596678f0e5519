#include "core/runs/RunFiles.h"

#include "core/runs/FolderLock.h"
#include "core/runs/RunCheck.h"
#include "core/runs/TrainingCsv.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QStringList>
#include <array>

namespace core
{
namespace
{

constexpr const char* kDescriptionFile = "weights.json";
/// The checkpoint comes first, so that a partly deleted run cannot be resumed.
constexpr std::array kRunFiles = {engine::kCheckpointFileName, engine::kPredictionsFileName, kDescriptionFile,
                                  engine::kWeightsFileName};

} // namespace

engine::Result<QString> exportRun(const RunInfo& run, const QString& folder)
{
    if (!run.isFolderThere)
        return tl::unexpected(missingFiles(run));
    const auto checkpoint = engine::readSavedModel(run.folder.toStdString());
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    const auto training = readRun(run.folder);
    if (!QDir().mkpath(folder)) {
        return engine::failure(engine::ErrorCode::CannotWrite,
                               folder.toStdString() + ": cannot create this folder.");
    }
    const std::filesystem::path target = folder.toStdString();
    QStringList files = {QLatin1String(engine::kWeightsFileName), QLatin1String(kDescriptionFile)};
    auto written = engine::writeSavedModel(target, *checkpoint);
    const auto add = [&](const char* name, const std::string& table) {
        if (!written)
            return;
        files << QLatin1String(name);
        written = engine::writeFileAtomically(target / name, table);
    };
    if (training)
        add("epochs.csv", epochsCsv(training->state.epochs));
    if (training && training->canResume)
        add("batches.csv", batchesCsv(training->state.batches));
    return written.map([&] { return files.join(QLatin1String(", ")); });
}

void removeLeftovers(const QString& folder)
{
    for (const char* name : kRunFiles)
        engine::removeLeftovers(std::filesystem::path(folder.toStdString()) / name);
}

engine::Result<void> deleteRun(const RunInfo& run, const QString& runsFolder)
{
    QDir folder(run.folder);
    if (folder.exists()) {
        // Held to the end, so that no program resumes the run while it is being deleted.
        const auto lock = FolderLock::take(run.folder);
        if (!lock && FolderLock::isHeld(run.folder)) {
            return engine::failure(engine::ErrorCode::BadValue,
                                   "Run " + std::to_string(run.number) + " is being trained.");
        }
        removeLeftovers(run.folder);
        for (const char* name : kRunFiles) {
            const QString file = QLatin1String(name);
            if (folder.exists(file) && !folder.remove(file)) {
                return engine::failure(engine::ErrorCode::CannotWrite,
                                       folder.filePath(file).toStdString() + ": cannot be deleted.");
            }
        }
        QDir().rmdir(run.folder); // does nothing if other files remain
    }
    // Opened after deleting the files, which may free space on a full disk.
    const auto store = RunStore::open(runsFolder);
    return store ? (*store)->remove(run.number) : tl::unexpected(store.error());
}

} // namespace core
