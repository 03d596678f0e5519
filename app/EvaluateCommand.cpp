#include "app/EvaluateCommand.h"

#include "app/Advice.h"
#include "app/ComparisonText.h"
#include "app/EvaluationText.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/Printable.h"
#include "app/ProgressBar.h"
#include "app/RebuiltList.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/VerdictFile.h"
#include "core/runs/RunRecorder.h"
#include "engine/device/Device.h"
#include "engine/evaluation/EvaluationCsv.h"
#include "engine/storage/SavedModel.h"
#include "ui/render/ConfusionPicture.h"
#include "ui/render/FileExporter.h"

#include <algorithm>
#include <iterator>

namespace app
{
namespace
{

using SplitPointer = std::shared_ptr<const core::EvaluatedSplit>;

/// Does nothing if `path` is not set.
engine::Result<void> writeIfRequested(const std::optional<std::string>& path, const ui::FileContent& content)
{
    return path ? ui::exportFile(QString::fromStdString(*path), content) : engine::Result<void>();
}

engine::Result<void> writeVerdicts(const std::string& path, const core::StudioFolders& folders,
                                   const core::EvaluatedSplit& split)
{
    const auto verdicts =
        core::readVerdicts(core::verdictsPath(folders.verdicts, split.datasetId), split.datasetId);
    if (!verdicts)
        return tl::unexpected(verdicts.error());
    return ui::exportFile(QString::fromStdString(path),
                          [&] { return QByteArray::fromStdString(core::verdictsCsv(split, *verdicts)); });
}

engine::Result<void> writeFiles(const EvaluateRequest& request, const core::StudioFolders& folders,
                                const SplitPointer& split, const ui::GalleryQuery& query,
                                const std::vector<std::string>& classNames)
{
    const engine::Evaluation& evaluation = split->evaluation;
    auto written = writeIfRequested(request.confusionCsv, [&] {
        return QByteArray::fromStdString(engine::confusionCsv(evaluation.confusion, classNames));
    });
    if (written) {
        written = writeIfRequested(request.predictionsCsv, [&] {
            return QByteArray::fromStdString(
                engine::predictionsCsv(evaluation, split->labels, split->indices, classNames));
        });
    }
    if (written && request.verdictsCsv)
        written = writeVerdicts(*request.verdictsCsv, folders, *split);
    if (!written || !request.isDrawing())
        return written;

    const ui::ConfusionPicture picture =
        ui::titledPicture({evaluation.confusion, split->classNames, ui::ConfusionUnit::Counts, true},
                          split->datasetTitle, core::imagesName(split->kind));
    written = writeIfRequested(request.confusionSvg, [&] { return ui::confusionSvg(picture); });
    if (written) {
        written = writeIfRequested(request.confusionPng,
                                   [&] { return ui::confusionPng(picture, request.pictureScale); });
    }
    if (written && request.gallery.png)
        written = writeGallery(*request.gallery.png, request.pictureScale, query, split);
    return written;
}

engine::Result<void> print(const EvaluateRequest& request, const core::EvaluatedSplit& split,
                           const std::vector<std::string>& classNames)
{
    const engine::Evaluation& evaluation = split.evaluation;
    Output output;
    if (request.isJson) {
        return output.json({{"event", "evaluation"},
                            {"correct", evaluation.correctCount()},
                            {"total", evaluation.size()},
                            {"loss", evaluation.meanLoss}});
    }
    std::vector<std::string> names;
    std::ranges::transform(classNames, std::back_inserter(names), printableLine);
    std::string report = printableLine(split.datasetTitle.toStdString()) + ", " +
                         core::imagesName(split.kind).toStdString() + "\n";
    report += metricsText(split.metrics, evaluation.meanLoss) + "\n\n";
    report += classTable(evaluation.confusion, names) + "\n";
    report += averageRows(split.metrics, names) + "\n\n";
    report += "Confusion matrix: rows true, columns predicted\n";
    report += confusionTable(evaluation.confusion, names);
    return output.line(report);
}

/// Warns if the metrics are from images that the model may have been trained on.
void warnOfTrainingImages(const engine::SavedModel& run, const core::EvaluatedSplit& split)
{
    if (split.isOutOfSample())
        return;
    const bool isKnown = run.record && run.record->datasetId == split.datasetId.toStdString();
    printError(
        format("tinyvgg-studio: the model %s these images; metrics on them do not predict its accuracy "
               "on new images.",
               isKnown ? "was trained on" : "may have been trained on"));
}

/// "run 3" for a number; otherwise the text as given.
std::string nameOf(const std::string& run)
{
    const bool isNumber = std::ranges::all_of(run, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? "run " + run : run;
}

/// Evaluates the other run on the same images and prints the comparison.
engine::Result<void> compare(const EvaluateRequest& request, const engine::SavedModel& other,
                             const core::EvaluatedSplit& split, const engine::Device& device,
                             const std::stop_token& stop)
{
    const engine::Evaluation& first = split.evaluation;
    const auto second = engine::evaluate(other.model, split.images, device, request.threads, stop);
    if (!second)
        return tl::unexpected(second.error());
    const ComparedRuns runs = {nameOf(request.run), nameOf(*request.otherRun), first.correctCount(),
                               second->correctCount(),
                               engine::compareRuns(first.predictions, second->predictions, split.labels)};
    Output output;
    if (request.isJson)
        return output.json(comparisonJson(runs));
    return output.line("\n" + comparisonText(runs));
}

engine::Result<engine::SavedModel> readRun(const core::StudioFolders& folders, const std::string& run)
{
    return locateRun(folders, run).and_then([](const QString& path) {
        return engine::readSavedModel(path.toStdString());
    });
}

} // namespace

int runEvaluate(const EvaluateRequest& request, const core::StudioFolders& folders)
{
    reportRebuiltList(folders);
    const auto device = engine::chooseDevice(request.device, engine::listDevices());
    if (!device)
        return fail(device.error());
    const auto checkpoint = readRun(folders, request.run);
    if (!checkpoint)
        return fail(checkpoint.error());
    std::optional<engine::SavedModel> other;
    if (request.otherRun) {
        if (request.split != core::SplitKind::Test)
            return failUsage("--compare evaluates both runs on the test images; omit --split.", "evaluate");
        auto read = readRun(folders, *request.otherRun);
        if (!read)
            return fail(read.error());
        other = std::move(*read);
    }
    if (!request.dataset && !checkpoint->record) {
        return failUsage("The weights file does not record its data set; specify one with --dataset.",
                         "evaluate");
    }

    Interruption interruption;
    const std::string dataset = request.dataset ? *request.dataset : checkpoint->record->datasetId;
    if (other && other->record && !request.dataset && other->record->datasetId != dataset) {
        return failUsage("The runs were trained on different data sets, " + dataset + " and " +
                             other->record->datasetId + "; specify one with --dataset.",
                         "evaluate");
    }
    const core::DatasetCatalog catalog(folders);
    const auto data = catalog.load(QString::fromStdString(dataset));
    if (!data)
        return fail(withAdvice(data.error(), QString::fromStdString(dataset), catalog));
    const auto query = galleryQuery(request.gallery, data->splits.classNames);
    if (!query)
        return failUsage(query.error().message, "evaluate");
    auto chosen = core::chooseSplit(request.split, *checkpoint, data->splits);
    if (!chosen)
        return fail(chosen.error());
    auto split = std::make_shared<core::EvaluatedSplit>(std::move(*chosen));
    ProgressBar progress;
    const auto showProgress = [&](std::size_t done) {
        if (progress.isDue()) {
            progress.draw(static_cast<double>(done) / static_cast<double>(split->size()), "Evaluation",
                          countText(done) + " of " + countText(split->size()) + " images");
        }
    };
    auto evaluation = engine::evaluate(split->model, split->images, *device, request.threads,
                                       interruption.stopToken(), showProgress, split->indices);
    progress.clear();
    if (!evaluation)
        return fail(evaluation.error());
    core::setEvaluation(*split, std::move(*evaluation));

    warnOfTrainingImages(*checkpoint, *split);
    auto result = writeFiles(request, folders, split, *query, data->splits.classNames);
    if (result)
        result = print(request, *split, data->splits.classNames);
    if (result && other)
        result = compare(request, *other, *split, *device, interruption.stopToken());
    return result ? kDone : fail(result.error());
}

} // namespace app
