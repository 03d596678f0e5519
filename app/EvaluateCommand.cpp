#include "app/EvaluateCommand.h"

#include "app/EvaluationText.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/ProgressBar.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/runs/RunRecorder.h"
#include "engine/device/Device.h"
#include "engine/evaluation/EvaluationCsv.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Checkpoint.h"
#include "ui/charts/ConfusionPicture.h"

namespace app
{
namespace
{

engine::Result<void> writePictures(const EvaluateRequest& request, const engine::Evaluation& evaluation,
                                   const engine::DatasetSplits& data)
{
    QStringList names;
    for (const std::string& name : data.classNames)
        names << QString::fromStdString(name);
    const ui::ConfusionPicture picture = ui::titledPicture(
        {evaluation.confusion, names, ui::ConfusionUnit::Counts, true}, QString::fromStdString(data.title),
        request.isTrainSplit ? QStringLiteral("training images") : QStringLiteral("test images"));
    if (request.confusionSvg) {
        auto written =
            engine::writeFileAtomically(*request.confusionSvg, confusionSvg(picture).toStdString());
        if (!written)
            return written;
    }
    if (request.confusionPng) {
        return engine::writeFileAtomically(*request.confusionPng,
                                           ui::confusionPng(picture, request.pictureScale).toStdString());
    }
    return {};
}

engine::Result<void> writeFiles(const EvaluateRequest& request, const engine::Evaluation& evaluation,
                                const engine::Dataset& split, const std::vector<std::string>& classNames)
{
    if (request.confusionCsv) {
        auto written = engine::writeFileAtomically(*request.confusionCsv,
                                                   engine::confusionCsv(evaluation.confusion, classNames));
        if (!written)
            return written;
    }
    if (request.predictionsCsv)
        return engine::writeFileAtomically(
            *request.predictionsCsv, engine::predictionsCsv(evaluation, split.labels(), {}, classNames));
    return {};
}

engine::Result<void> print(const EvaluateRequest& request, const engine::Evaluation& evaluation,
                           const engine::DatasetSplits& data)
{
    Output output;
    if (request.isJson) {
        return output.json({{"event", "evaluation"},
                            {"correct", evaluation.correctCount()},
                            {"total", evaluation.size()},
                            {"loss", evaluation.meanLoss}});
    }
    std::string report = data.title + (request.isTrainSplit ? ", training images\n" : ", test images\n");
    report += "Accuracy   " + accuracyText(evaluation.correctCount(), evaluation.size()) + "\n";
    report += format("Mean loss  %.4f\n\n", evaluation.meanLoss);
    report += classTable(evaluation.confusion, data.classNames) + "\n\n";
    report += "Confusion matrix: rows true, columns predicted\n";
    report += confusionTable(evaluation.confusion, data.classNames);
    return output.line(report);
}

} // namespace

int runEvaluate(const EvaluateRequest& request, const core::StudioFolders& folders)
{
    const auto device = engine::chooseDevice(request.device, engine::listDevices());
    if (!device)
        return fail(device.error());
    const auto checkpoint =
        core::locateRun(folders, QString::fromStdString(request.run)).and_then([](const QString& path) {
            return engine::readCheckpoint(path.toStdString());
        });
    if (!checkpoint)
        return fail(checkpoint.error());
    if (!request.dataset && !checkpoint->record) {
        return failUsage(
            "These weights do not say what they were trained on: name a data set with --dataset.",
            "evaluate");
    }

    Interruption interruption;
    const std::string dataset = request.dataset ? *request.dataset : checkpoint->record->datasetId;
    const auto data = core::DatasetCatalog(folders).load(QString::fromStdString(dataset));
    if (!data)
        return fail(data.error());
    const engine::Dataset& split = request.isTrainSplit ? data->splits.train : data->splits.test;
    ProgressBar progress;
    const auto showProgress = [&](std::size_t done) {
        if (progress.isDue()) {
            progress.draw(static_cast<double>(done) / static_cast<double>(split.size()), "Evaluation",
                          grouped(done) + " of " + grouped(split.size()) + " images");
        }
    };
    const auto evaluation = engine::evaluate(checkpoint->model, split, *device, request.threads,
                                             &interruption.control(), showProgress);
    progress.clear();
    if (!evaluation)
        return fail(evaluation.error());

    auto told = writeFiles(request, *evaluation, split, data->splits.classNames);
    if (told && request.isDrawing())
        told = writePictures(request, *evaluation, data->splits);
    if (told)
        told = print(request, *evaluation, data->splits);
    return told ? kDone : fail(told.error());
}

} // namespace app
