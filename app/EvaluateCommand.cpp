#include "app/EvaluateCommand.h"

#include "app/ComparisonText.h"
#include "app/EvaluationText.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/ProgressBar.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/VerdictFile.h"
#include "core/runs/RunRecorder.h"
#include "engine/device/Device.h"
#include "engine/evaluation/EvaluationCsv.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Checkpoint.h"
#include "ui/charts/ConfusionPicture.h"

#include <algorithm>

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

engine::Result<void> writeVerdicts(const EvaluateRequest& request, const core::StudioFolders& folders,
                                   engine::Evaluation evaluation, const engine::DatasetSplits& data)
{
    core::EvaluatedSplit split;
    split.kind = request.isTrainSplit ? core::SplitKind::Train : core::SplitKind::Test;
    split.datasetId = QString::fromStdString(data.id);
    for (const std::string& name : data.classNames)
        split.classNames << QString::fromStdString(name);
    const auto labels = (request.isTrainSplit ? data.train : data.test).labels();
    split.labels.assign(labels.begin(), labels.end());
    split.scores = engine::scoreSamples(evaluation, split.labels);
    split.evaluation = std::move(evaluation);
    const auto verdicts =
        core::readVerdicts(core::verdictsPath(folders.verdicts, split.datasetId), split.datasetId);
    if (!verdicts)
        return tl::unexpected(verdicts.error());
    return engine::writeFileAtomically(*request.verdictsCsv, core::verdictsCsv(split, *verdicts));
}

/// Written by runEvaluate() where it was asked for.
engine::Result<void> writeGalleryOf(const EvaluateRequest& request, const ui::GalleryQuery& query,
                                    const engine::Evaluation& evaluation, const engine::Dataset& images,
                                    const engine::DatasetSplits& data)
{
    auto split = std::make_shared<core::EvaluatedSplit>();
    split->datasetTitle = QString::fromStdString(data.title);
    for (const std::string& name : data.classNames)
        split->classNames << QString::fromStdString(name);
    split->kind = request.isTrainSplit ? core::SplitKind::Train : core::SplitKind::Test;
    split->images = images;
    split->labels.assign(images.labels().begin(), images.labels().end());
    split->evaluation = evaluation;
    split->scores = engine::scoreSamples(split->evaluation, split->labels);
    return writeGallery(*request.gallery.png, request.pictureScale, query, std::move(split));
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

/// "run 3" for a number, else as it was named.
std::string nameOf(const std::string& run)
{
    const bool isNumber = std::ranges::all_of(run, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? "run " + run : run;
}

/// What the other run says of the same images, beside what this one says of them.
engine::Result<void> compare(const EvaluateRequest& request, const engine::Checkpoint& other,
                             const engine::Evaluation& evaluation, const engine::Dataset& split,
                             const engine::Device& device, const engine::TrainingControl& control)
{
    const auto second = engine::evaluate(other.model, split, device, request.threads, &control);
    if (!second)
        return tl::unexpected(second.error());
    const ComparedRuns runs = {
        nameOf(request.run), nameOf(*request.otherRun), evaluation.correctCount(), second->correctCount(),
        engine::compareRuns(evaluation.predictions, second->predictions, split.labels())};
    Output output;
    if (request.isJson)
        return output.json(comparisonJson(runs));
    return output.line("\n" + comparisonText(runs));
}

engine::Result<engine::Checkpoint> readRun(const core::StudioFolders& folders, const std::string& run)
{
    return core::locateRun(folders, QString::fromStdString(run)).and_then([](const QString& path) {
        return engine::readCheckpoint(path.toStdString());
    });
}

} // namespace

int runEvaluate(const EvaluateRequest& request, const core::StudioFolders& folders)
{
    const auto device = engine::chooseDevice(request.device, engine::listDevices());
    if (!device)
        return fail(device.error());
    const auto checkpoint = readRun(folders, request.run);
    if (!checkpoint)
        return fail(checkpoint.error());
    std::optional<engine::Checkpoint> other;
    if (request.otherRun) {
        if (request.isTrainSplit)
            return failUsage("Two runs are compared on the test images: leave --split train away.",
                             "evaluate");
        auto read = readRun(folders, *request.otherRun);
        if (!read)
            return fail(read.error());
        other = std::move(*read);
    }
    if (!request.dataset && !checkpoint->record) {
        return failUsage(
            "These weights do not say what they were trained on: name a data set with --dataset.",
            "evaluate");
    }

    Interruption interruption;
    const std::string dataset = request.dataset ? *request.dataset : checkpoint->record->datasetId;
    if (other && other->record && !request.dataset && other->record->datasetId != dataset) {
        return failUsage("The runs were trained on " + dataset + " and on " + other->record->datasetId +
                             ": name the data set to compare them on with --dataset.",
                         "evaluate");
    }
    const auto data = core::DatasetCatalog(folders).load(QString::fromStdString(dataset));
    if (!data)
        return fail(data.error());
    const auto query = galleryQuery(request.gallery, data->splits.classNames);
    if (!query)
        return failUsage(query.error().message, "evaluate");
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
    if (told && request.verdictsCsv)
        told = writeVerdicts(request, folders, *evaluation, data->splits);
    if (told && request.isDrawing())
        told = writePictures(request, *evaluation, data->splits);
    if (told && request.gallery.png)
        told = writeGalleryOf(request, *query, *evaluation, split, data->splits);
    if (told)
        told = print(request, *evaluation, data->splits);
    if (told && other)
        told = compare(request, *other, *evaluation, split, *device, interruption.control());
    return told ? kDone : fail(told.error());
}

} // namespace app
