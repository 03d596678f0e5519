#include "core/runs/RunFiles.h"

#include "core/runs/FolderLock.h"
#include "core/runs/RunCheck.h"
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
/// The checkpoint first, without which nobody resumes what is being deleted.
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
                               folder.toStdString() + ": the folder cannot be made.");
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
        // Held to the end, so that nobody resumes what is being taken away.
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
        QDir().rmdir(run.folder); // does nothing where somebody put something of their own
    }
    // Opened when the files are gone: on a full disk there is room again.
    const auto store = RunStore::open(runsFolder);
    return store ? (*store)->remove(run.number) : tl::unexpected(store.error());
}

std::string epochsCsv(const std::vector<engine::EpochReport>& epochs)
{
    // asprintf() writes "0.1" whatever the user's language is.
    QString text = QStringLiteral("epoch,train_loss,train_correct,train_total,validation_loss,"
                                  "validation_correct,validation_total,test_loss,test_correct,test_total,"
                                  "train_seconds,test_seconds\n");
    for (const engine::EpochReport& e : epochs) {
        text += QString::asprintf("%d,%.9g,%zu,%zu,", e.epoch, e.trainLoss, e.trainCorrect, e.trainTotal);
        text += e.validationTotal > 0 ? QString::asprintf("%.9g,%zu,%zu", e.validationLoss,
                                                          e.validationCorrect, e.validationTotal)
                                      : QStringLiteral(",,");
        text += QString::asprintf(",%.9g,%zu,%zu,%.3f,%.3f\n", e.testLoss, e.testCorrect, e.testTotal,
                                  e.trainSeconds, e.testSeconds);
    }
    return text.toStdString();
}

std::string batchesCsv(const std::vector<engine::BatchReport>& batches)
{
    QString text = QStringLiteral("epoch,batch,images,correct,loss,learning_rate,seconds\n");
    for (const engine::BatchReport& b : batches) {
        text += QString::asprintf("%d,%d,%d,%d,%.9g,%.9g,%.3f\n", b.epoch, b.batch, b.sampleCount,
                                  b.correctCount, static_cast<double>(b.loss),
                                  static_cast<double>(b.learningRate), b.trainSeconds);
    }
    return text.toStdString();
}

} // namespace core
