#include "app/ClassifyCommand.h"

#include "app/Advice.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/Printable.h"
#include "app/ProgressBar.h"
#include "app/RebuiltList.h"
#include "core/Format.h"
#include "core/runs/RunRecorder.h"
#include "engine/Guarded.h"
#include "engine/recognition/DigitRecognizer.h"
#include "engine/recognition/InkExtraction.h"
#include "engine/recognition/StrokesFile.h"
#include "engine/storage/SavedModel.h"
#include "ui/render/PictureFile.h"

#include <functional>

namespace app
{
namespace
{

using engine::Classification;
using engine::Result;

/// Prints one line per image and counts the correct predictions.
class Report
{
public:
    Report(const engine::SavedModel& checkpoint, bool isJson) : m_isJson(isJson)
    {
        for (int c = 0; c < checkpoint.model.spec.classCount; ++c) {
            const bool isNamed =
                checkpoint.record && static_cast<std::size_t>(c) < checkpoint.record->classNames.size();
            m_classNames.push_back(
                isNamed ? printableLine(checkpoint.record->classNames[static_cast<std::size_t>(c)])
                        : std::to_string(c));
        }
    }

    /// `place` identifies the image for people where the source has several images.
    Result<void> add(const std::string& source, const std::string& place, std::size_t index,
                     std::optional<int> label, const Classification& found)
    {
        if (label) {
            ++m_labeled;
            m_correct += found.prediction == *label ? 1 : 0;
        }
        if (m_isJson) {
            nlohmann::ordered_json object = {{"source", source}, {"index", index}};
            if (label)
                object["label"] = *label;
            object["prediction"] = found.prediction;
            object["probabilities"] = found.probabilities;
            return m_output.json(object);
        }
        const float probability = found.probabilities[static_cast<std::size_t>(found.prediction)];
        std::string line = printableLine(source) + place + ": " + nameOf(found.prediction) + " (" +
                           core::probabilityText(probability).toStdString() + ")";
        if (label && *label != found.prediction)
            line += ", but it is labeled " + nameOf(*label);
        return m_output.line(line);
    }

    Result<void> end()
    {
        if (m_labeled == 0)
            return {};
        if (m_isJson)
            return m_output.json({{"event", "done"}, {"correct", m_correct}, {"total", m_labeled}});
        return m_output.line("Correct: " + accuracyText(m_correct, m_labeled));
    }

private:
    std::string nameOf(int label) const
    {
        const auto position = static_cast<std::size_t>(label);
        return position < m_classNames.size() ? m_classNames[position] : std::to_string(label);
    }

    bool m_isJson;
    Output m_output;
    std::vector<std::string> m_classNames;
    std::size_t m_labeled = 0;
    std::size_t m_correct = 0;
};

Result<Classification> classifyRaw(engine::Classifier& classifier, const engine::ImageShape& input,
                                   const std::string& path)
{
    return ui::readPicture(QString::fromStdString(path), input.channels)
        .and_then([&](const QImage& picture) {
            return classifier.classify(ui::pixelsOf(
                picture.scaled(input.width, input.height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation),
                input.channels));
        })
        .map([](std::vector<Classification> found) { return std::move(found.front()); });
}

Result<Classification> recognizeInk(engine::DigitRecognizer& classifier, const std::string& path)
{
    return ui::readGrayPicture(QString::fromStdString(path)).and_then([&](const QImage& picture) {
        return classifier.read(engine::extractInk(picture.width(), picture.height(), ui::pixelsOf(picture)))
            .map([](engine::Recognition reading) { return std::move(reading.classification); })
            .map_error([&](engine::Error error) {
                error.message = path + ": " + error.message;
                return error;
            });
    });
}

using ClassifyPicture = std::function<Result<Classification>(const std::string&)>;

int classifyPictures(const std::vector<std::string>& paths, const ClassifyPicture& classify, Report& report,
                     const Interruption& interruption)
{
    int exitCode = kDone;
    ProgressBar progress;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (interruption.isRequested())
            return kInterrupted;
        // Neither an unreadable picture nor one for which memory runs out may stop the others.
        const auto found =
            engine::guarded(("Reading " + paths[i]).c_str(), [&] { return classify(paths[i]); });
        progress.clear();
        if (!found) {
            exitCode = fail(found.error());
        } else if (auto printed = report.add(paths[i], "", i, std::nullopt, *found); !printed) {
            return fail(printed.error());
        }
        if (progress.isDue() && paths.size() > 1)
            progress.draw(static_cast<double>(i + 1) / static_cast<double>(paths.size()), "Classification",
                          countText(i + 1) + " of " + countText(paths.size()) + " images");
    }
    return exitCode;
}

int classifyStrokes(const std::string& path, engine::DigitRecognizer& classifier, Report& report,
                    const Interruption& interruption)
{
    const auto digits = engine::readStrokesFile(path);
    if (!digits)
        return fail(digits.error());
    ProgressBar progress;
    for (std::size_t i = 0; i < digits->size(); ++i) {
        if (interruption.isRequested())
            return kInterrupted;
        const engine::DrawnDigit& digit = (*digits)[i];
        const std::string place = ", line " + std::to_string(digit.line);
        const auto reading = classifier.read(digit.strokes);
        if (!reading)
            return fail({reading.error().code, path + place + ": " + reading.error().message});
        const bool isDrawing = progress.isDue();
        if (isDrawing)
            progress.clear();
        if (auto printed = report.add(path, place, i, digit.label, reading->classification); !printed)
            return fail(printed.error());
        if (isDrawing)
            progress.draw(static_cast<double>(i + 1) / static_cast<double>(digits->size()), "Classification",
                          countText(i + 1) + " of " + countText(digits->size()) + " digits");
    }
    return kDone;
}

int classifyAll(const ClassifyRequest& request, const engine::ModelSnapshot& model, Report& report)
{
    const Interruption interruption;
    if (request.isRaw) {
        auto classifier = engine::Classifier::create(model);
        if (!classifier)
            return fail(classifier.error());
        const auto classify = [&](const std::string& path) {
            return classifyRaw(*classifier, model.spec.input, path);
        };
        return classifyPictures(request.images, classify, report, interruption);
    }
    auto classifier = engine::DigitRecognizer::create(model);
    if (!classifier)
        return fail(classifier.error());
    if (request.strokes)
        return classifyStrokes(*request.strokes, *classifier, report, interruption);
    const auto classify = [&](const std::string& path) { return recognizeInk(*classifier, path); };
    return classifyPictures(request.images, classify, report, interruption);
}

} // namespace

int runClassify(const ClassifyRequest& request, const core::StudioFolders& folders)
{
    reportRebuiltList(folders);
    const auto checkpoint = locateRun(folders, request.run).and_then([](const QString& path) {
        return engine::readSavedModel(path.toStdString());
    });
    if (!checkpoint)
        return fail(checkpoint.error());
    Report report(*checkpoint, request.isJson);
    const int exitCode = classifyAll(request, checkpoint->model, report);
    if (exitCode == kInterrupted)
        return exitCode;
    const auto printed = report.end();
    return printed ? exitCode : fail(printed.error());
}

} // namespace app
