#include "app/TrainReporter.h"

#include "app/EpochText.h"
#include "app/Format.h"

namespace app
{

void TrainReporter::trainingStarted(const engine::TrainingPlan& plan)
{
    m_plan = plan;
}

std::string TrainReporter::epochTitle(int epoch) const
{
    return format("Epoch %*d/%d", static_cast<int>(std::to_string(m_plan.config.epochs).size()), epoch,
                  m_plan.config.epochs);
}

void TrainReporter::batchFinished(const engine::BatchReport& report)
{
    if (report.batch == 1) {
        m_lossSum = 0;
        m_seen = 0;
    }
    if (m_trained == 0) { // count what was trained before the run was resumed
        m_trainedBefore =
            static_cast<std::size_t>(report.epoch - 1) * m_plan.trainSize +
            static_cast<std::size_t>(report.batch - 1) * static_cast<std::size_t>(m_plan.config.batchSize);
        m_secondsBefore = m_trainedBefore > 0 ? report.trainSeconds : 0;
    }
    m_lossSum += static_cast<double>(report.loss) * report.sampleCount;
    m_seen += static_cast<std::size_t>(report.sampleCount);
    m_trained += static_cast<std::size_t>(report.sampleCount);
    if (!m_progress.isDue())
        return;
    const double rate =
        static_cast<double>(m_trained) / std::max(report.trainSeconds - m_secondsBefore, 1e-3);
    const std::size_t all = m_plan.trainSize * static_cast<std::size_t>(m_plan.config.epochs);
    m_progress.draw(
        static_cast<double>(report.batch) / m_plan.batchesPerEpoch, epochTitle(report.epoch),
        format("%d/%d  loss %.4f  %s images/s  %s left", report.batch, m_plan.batchesPerEpoch,
               m_lossSum / static_cast<double>(m_seen), countText(static_cast<std::uint64_t>(rate)).c_str(),
               durationText(static_cast<double>(all - m_trainedBefore - m_trained) / rate).c_str()));
}

void TrainReporter::testPassStarted(int epoch)
{
    m_progress.draw(1, epochTitle(epoch), format("testing on %s images", countText(m_plan.testSize).c_str()));
}

engine::Result<void> TrainReporter::epochFinished(const engine::EpochReport& report,
                                                  const engine::ModelSnapshot& model,
                                                  const engine::Evaluation& test)
{
    if (auto recorded = m_recorder.recordEpoch(report, model, test); !recorded)
        return recorded;
    m_progress.clear();
    if (m_isJson) {
        nlohmann::ordered_json epoch = {{"event", "epoch"}};
        epoch.update(epochJson(report));
        return m_output.json(epoch);
    }
    return m_output.line(epochTitle(report.epoch) + "   " + epochText(report) +
                         format("   %.1f s", report.trainSeconds + report.testSeconds));
}

engine::Result<void> TrainReporter::report(const engine::TrainingOutcome& outcome,
                                           std::optional<int> runNumber)
{
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    const std::string weights = m_recorder.weightsPath().toStdString();
    if (m_isJson) {
        nlohmann::ordered_json done = {
            {"event", "done"},    {"run", nullptr},          {"path", m_recorder.folder().toStdString()},
            {"weights", weights}, {"test_correct", nullptr}, {"test_total", nullptr},
            {"seconds", seconds}};
        if (runNumber)
            done["run"] = *runNumber;
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
        ending = format("Stopped after epoch %zu of %d.", outcome.epochs.size(), m_plan.config.epochs);
    } else if (outcome.isStopped) {
        ending = format("Stopped in epoch %zu of %d: the weights are not tested yet.",
                        outcome.epochs.size() + 1, m_plan.config.epochs);
    }
    return m_output.line("\n" + ending).and_then([&] { return m_output.line("Weights: " + weights); });
}

} // namespace app
