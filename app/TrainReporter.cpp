#include "app/TrainReporter.h"

#include "app/EpochText.h"
#include "app/Format.h"
#include "app/Printable.h"
#include "engine/network/ParameterLayout.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <algorithm>

namespace app
{
namespace
{

const char* verificationText(const core::LoadedDataset& data)
{
    if (data.verification == core::Verification::Verified)
        return "checksums verified";
    if (data.verification == core::Verification::Differs)
        return "NOT the published files";
    return data.folder.isEmpty() ? "built in" : "not verified";
}

std::size_t imagesIn(std::span<const engine::BatchReport> batches)
{
    std::size_t images = 0;
    for (const engine::BatchReport& batch : batches)
        images += static_cast<std::size_t>(batch.sampleCount);
    return images;
}

/// Mean over the images of the last epoch.
double lastEpochsLoss(const std::vector<engine::BatchReport>& batches)
{
    double sum = 0;
    std::size_t images = 0;
    for (auto batch = batches.rbegin(); batch != batches.rend() && batch->epoch == batches.back().epoch;
         ++batch) {
        sum += static_cast<double>(batch->loss) * batch->sampleCount;
        images += static_cast<std::size_t>(batch->sampleCount);
    }
    return sum / static_cast<double>(std::max<std::size_t>(1, images));
}

} // namespace

TrainReporter::TrainReporter(core::TrainingController& training, const core::TrainingSession& session,
                             bool isJson)
    : m_training(training),
      m_reports(training.reports()),
      m_isJson(isJson)
{
    QObject::connect(&training, &core::TrainingController::runStarted, &m_context,
                     [this](const engine::TrainingConfig& config) { onRunStarted(config); });
    QObject::connect(&m_reports, &core::TrainingReports::batchesAdded, &m_context,
                     [this] { onBatchesAdded(); });
    QObject::connect(&m_reports, &core::TrainingReports::epochAdded, &m_context, [this] { onEpochAdded(); });
    QObject::connect(&session, &core::TrainingSession::testPassStarted, &m_context, [this](int epoch) {
        m_progress.draw(1, epochTitle(epoch),
                        format("testing on %s images", countText(m_reports.plan()->testSize).c_str()));
    });
}

void TrainReporter::keep(const engine::Result<void>& written)
{
    if (written || m_error)
        return;
    m_error = written.error();
    m_training.stop();
}

void TrainReporter::onRunStarted(const engine::TrainingConfig& config)
{
    if (!m_isJson)
        keep(printHeader(config));
}

engine::Result<void> TrainReporter::printHeader(const engine::TrainingConfig& config)
{
    const core::LoadedDataset& data = *m_training.dataset();
    const engine::Dataset& train = data.splits.train;
    const std::size_t used =
        config.sampleLimit == 0 ? train.size() : std::min(train.size(), config.sampleLimit);
    const auto model = engine::checkedNetwork(config.network, train.shape(), train.classCount());
    const std::string parameters =
        model ? " · " + countText(static_cast<std::uint64_t>(engine::parameterCount(*model))) + " parameters"
              : std::string();
    const int threads = config.threads > 0 ? config.threads : engine::defaultThreadCount();
    return m_output
        .line(format("Data    %s · %s training and %s test images of %s · %d classes · %s",
                     printableLine(data.splits.title).c_str(), countText(used).c_str(),
                     countText(data.splits.test.size()).c_str(), engine::text(train.shape()).c_str(),
                     train.classCount(), verificationText(data)))
        .and_then([&] { return m_output.line("Model   " + engine::describe(config.network) + parameters); })
        .and_then([&] { return m_output.line("Recipe  " + printableLine(engine::describe(config))); })
        .and_then([&] {
            return m_output.line("Device  " + engine::deviceLabel(config.device) +
                                 (config.device.kind == engine::DeviceKind::Cpu
                                      ? format(" · %d thread%s", threads, threads == 1 ? "" : "s")
                                      : std::string()));
        })
        .and_then([&] {
            return m_output.line("Run     " + printableLine(m_training.run().folder.toStdString()) + "\n");
        });
}

std::string TrainReporter::epochTitle(int epoch) const
{
    const int epochs = m_reports.plan()->config.epochs;
    return format("Epoch %*d/%d", static_cast<int>(std::to_string(epochs).size()), epoch, epochs);
}

void TrainReporter::onBatchesAdded()
{
    const std::span<const engine::BatchReport> all = m_reports.batches();
    const std::span<const engine::BatchReport> earlier = all.first(m_reports.earlierBatches());
    if (all.size() == earlier.size() || !m_progress.isDue())
        return;
    const engine::TrainingPlan& plan = *m_reports.plan();
    const engine::BatchReport& latest = all.back();
    const double secondsBefore = earlier.empty() ? 0 : earlier.back().trainSeconds;
    const double rate = static_cast<double>(imagesIn(all.subspan(earlier.size()))) /
                        std::max(latest.trainSeconds - secondsBefore, 1e-3);
    const std::size_t planned = plan.trainSize * static_cast<std::size_t>(plan.config.epochs);
    m_progress.draw(static_cast<double>(latest.batch) / plan.batchesPerEpoch, epochTitle(latest.epoch),
                    format("%d/%d  loss %.4f  %s images/s  %s left", latest.batch, plan.batchesPerEpoch,
                           lastEpochsLoss(m_reports.batches()),
                           countText(static_cast<std::uint64_t>(rate)).c_str(),
                           durationText(static_cast<double>(planned - imagesIn(all)) / rate).c_str()));
}

void TrainReporter::onEpochAdded()
{
    keep(printEpoch(m_reports.epochs().back()));
}

engine::Result<void> TrainReporter::printEpoch(const engine::EpochReport& report)
{
    m_progress.clear();
    if (m_isJson) {
        nlohmann::ordered_json epoch = {{"event", "epoch"}};
        epoch.update(epochJson(report));
        return m_output.json(epoch);
    }
    return m_output.line(epochTitle(report.epoch) + "   " + epochText(report) +
                         format("   %.1f s", report.trainSeconds + report.testSeconds));
}

engine::Result<void> TrainReporter::report(const core::TrainingResult& result)
{
    const engine::TrainingOutcome& outcome = result.outcome;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    const std::string weights =
        QDir(result.runFolder).filePath(QLatin1String(engine::kWeightsFileName)).toStdString();
    if (m_isJson) {
        nlohmann::ordered_json done = {
            {"event", "done"},    {"run", nullptr},          {"path", result.runFolder.toStdString()},
            {"weights", weights}, {"test_correct", nullptr}, {"test_total", nullptr},
            {"seconds", seconds}};
        if (result.runNumber)
            done["run"] = *result.runNumber;
        if (outcome.evaluation) {
            done["test_correct"] = outcome.evaluation->correctCount();
            done["test_total"] = outcome.evaluation->size();
        }
        if (outcome.isStopped)
            done["stopped"] = true;
        return m_output.json(done);
    }
    std::string ending = "Done in " + durationText(seconds) + ".";
    if (outcome.restoredEpoch && !outcome.isEndedEarly)
        ending += format(" The weights are from epoch %d, the best.", *outcome.restoredEpoch);
    if (outcome.isEndedEarly && !outcome.epochs.empty()) {
        ending = format("Stopped early after epoch %d: the validation loss stopped improving.",
                        outcome.epochs.back().epoch);
        if (outcome.restoredEpoch)
            ending += format(" The weights are from epoch %d.", *outcome.restoredEpoch);
    }
    if (outcome.isStopped && outcome.evaluation) {
        ending =
            format("Stopped after epoch %zu of %d.", outcome.epochs.size(), m_reports.plan()->config.epochs);
    } else if (outcome.isStopped) {
        ending = format("Stopped in epoch %zu of %d: the weights are not tested yet.",
                        outcome.epochs.size() + 1, m_reports.plan()->config.epochs);
    }
    return m_output.line("\n" + ending).and_then([&] { return m_output.line("Weights: " + weights); });
}

} // namespace app
