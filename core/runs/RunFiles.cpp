#include "core/runs/RunFiles.h"

#include "core/runs/RunCheck.h"
#include "core/runs/TrainingCsv.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QStringList>

namespace core
{
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
    QStringList files = {QLatin1String(engine::kWeightsFileName), QLatin1String(kDescriptionFileName)};
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
    for (const char* name : kRunFileNames)
        engine::removeLeftovers(std::filesystem::path(folder.toStdString()) / name);
}

} // namespace core
