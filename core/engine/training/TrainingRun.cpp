#include "engine/training/TrainingRun.h"

#include "engine/MixedSeed.h"

#include <ATen/CPUGeneratorImpl.h>
#include <numeric>
#include <thread>
#include <torch/torch.h>

namespace engine
{
TrainingRun::TrainingRun(TrainingState state, const DatasetSplits& data, const Dataset& train,
                         ValidationSplit split, std::unique_ptr<TrainingBackend> backend,
                         TrainingControl& control, TrainingObserver& observer)
    : m_state(std::move(state)),
      m_config(m_state.config),
      m_train(train),
      m_test(data.test),
      m_split(std::move(split)),
      m_control(control),
      m_observer(observer),
      m_batchesPerEpoch(batchCount(m_config, m_split.train.size())),
      m_backend(std::move(backend))
{
    m_backend->setParameters(m_state.parameters);
    m_backend->setOptimizerState(m_state.optimizer);
    m_state.trainSize = m_split.train.size();
    m_trainSeconds = m_state.batches.empty() ? 0 : m_state.batches.back().trainSeconds;
}

int TrainingRun::batchCount(const TrainingConfig& config, std::size_t images)
{
    const auto batchSize = static_cast<std::size_t>(config.batchSize);
    return static_cast<int>((images + batchSize - 1) / batchSize);
}

Result<TrainingOutcome> TrainingRun::run()
{
    TrainingOutcome outcome;
    outcome.isEndedEarly = m_state.batchesDone == 0 && isPatienceExhausted(m_state);
    while (m_state.epoch <= m_config.epochs && !outcome.isStopped && !outcome.isEndedEarly) {
        if (auto trained = trainEpoch(); !trained)
            return tl::unexpected(trained.error());
        outcome.evaluation.reset(); // from the previous epoch; the weights have changed since
        EpochReport report;
        if (m_state.batchesDone == m_batchesPerEpoch && !m_control.isStopRequested())
            report = testEpoch(outcome.evaluation);
        // Without a complete test pass the epoch does not count as finished; a completed one still counts.
        if (!outcome.evaluation) {
            outcome.isStopped = true;
            break;
        }
        if (auto accepted = endEpoch(report, *outcome.evaluation); !accepted)
            return tl::unexpected(accepted.error());
        outcome.isEndedEarly = isPatienceExhausted(m_state);
        // A stop request between two epochs leaves weights that have been tested.
        outcome.isStopped =
            !outcome.isEndedEarly && m_state.epoch <= m_config.epochs && m_control.isStopRequested();
    }
    if (outcome.isStopped) {
        if (auto kept = keepState(); !kept)
            return tl::unexpected(kept.error());
    } else if (m_config.patience > 0 && m_state.bestEpoch < m_state.epoch - 1) {
        outcome.restoredEpoch = m_state.bestEpoch;
        m_backend->setParameters(m_state.bestParameters);
        outcome.evaluation = m_backend->evaluate(m_test, {}, {});
    } else if (!outcome.evaluation) { // resumed after the last epoch
        outcome.evaluation = m_backend->evaluate(m_test, {}, {});
    }
    outcome.model = snapshot();
    outcome.epochs = m_state.epochs;
    return outcome;
}

double TrainingRun::learningRate() const
{
    const std::int64_t skipped = std::int64_t{m_state.scheduleEpoch - 1} * m_batchesPerEpoch;
    const std::int64_t step =
        std::int64_t{m_state.epoch - 1} * m_batchesPerEpoch + m_state.batchesDone - skipped;
    const std::int64_t stepCount = std::int64_t{m_config.epochs} * m_batchesPerEpoch - skipped;
    return m_state.learningRateFactor * learningRateAt(m_config, step, stepCount, m_batchesPerEpoch);
}

void TrainingRun::setLearningRate(double rate)
{
    const double factor = rate / m_config.learningRate;
    m_state.isLearningRateChanged = m_state.isLearningRateChanged || factor != m_state.learningRateFactor;
    m_state.learningRateFactor = factor;
}

std::vector<std::uint32_t> TrainingRun::orderOfEpoch() const
{
    const auto seed = mixedSeed(m_config.seed, static_cast<std::uint64_t>(m_state.epoch));
    const torch::Tensor permutation =
        torch::randperm(static_cast<std::int64_t>(m_split.train.size()),
                        at::make_generator<at::CPUGeneratorImpl>(seed), torch::kLong);
    std::vector<std::uint32_t> order(m_split.train.size());
    std::transform(permutation.data_ptr<std::int64_t>(), permutation.data_ptr<std::int64_t>() + order.size(),
                   order.begin(), [&](std::int64_t i) { return m_split.train[static_cast<std::size_t>(i)]; });
    return order;
}

Result<void> TrainingRun::trainEpoch()
{
    const std::vector<std::uint32_t> order = orderOfEpoch();
    const auto epochSeed = mixedSeed(mixedSeed(m_config.seed, SeedStream::Augmentation),
                                     static_cast<std::uint64_t>(m_state.epoch));
    m_watch.restart();
    while (m_state.batchesDone < m_batchesPerEpoch) {
        if (auto waited = waitWhilePaused(); !waited)
            return waited;
        if (const auto rate = m_control.takeLearningRate())
            setLearningRate(*rate);
        if (m_control.isStopRequested())
            break;
        const std::size_t begin =
            static_cast<std::size_t>(m_state.batchesDone) * static_cast<std::size_t>(m_config.batchSize);
        const std::size_t count =
            std::min(static_cast<std::size_t>(m_config.batchSize), order.size() - begin);
        const double rate = learningRate();
        m_backend->step(std::span(order).subspan(begin, count), rate,
                        mixedSeed(epochSeed, static_cast<std::uint64_t>(m_state.batchesDone)));
        m_rates.push_back(static_cast<float>(rate));
        ++m_state.batchesDone;
        reportBatches(false);
        if (m_control.takeSnapshotRequest())
            m_observer.snapshotTaken(snapshot());
        if (m_sinceState.seconds() > m_secondsBetweenStates) {
            reportBatches(true); // the state includes their metrics
            if (auto kept = keepState(); !kept)
                return kept;
        }
    }
    reportBatches(true);
    m_trainSeconds += m_watch.seconds();
    return {};
}

void TrainingRun::reportBatches(bool isEveryOneDue)
{
    constexpr double kSecondsBetweenQuestions = 0.05;
    if (!isEveryOneDue && m_backend->isAhead() && m_sinceResults.seconds() < kSecondsBetweenQuestions)
        return;
    m_sinceResults.restart();
    m_results.clear();
    m_backend->takeResults(m_results);
    const int firstBatch = m_state.batchesDone - static_cast<int>(m_results.size()) + 1;
    for (std::size_t i = 0; i < m_results.size(); ++i) {
        const StepResult& result = m_results[i];
        m_state.batches.push_back({m_state.epoch, firstBatch + static_cast<int>(i), result.sampleCount,
                                   result.correctCount, result.loss, m_trainSeconds + m_watch.seconds(),
                                   m_rates[i]});
        m_observer.batchFinished(m_state.batches.back());
    }
    m_rates.clear();
}

Result<void> TrainingRun::waitWhilePaused()
{
    constexpr auto kLook = std::chrono::milliseconds(10);
    if (!m_control.isPaused() || m_control.isStopRequested())
        return {};
    reportBatches(true);
    m_trainSeconds += m_watch.seconds();
    if (auto kept = keepState(); !kept)
        return kept;
    m_observer.paused();
    while (m_control.isPaused() && !m_control.isStopRequested() && !m_control.takeStepRequest()) {
        if (m_control.takeSnapshotRequest())
            m_observer.snapshotTaken(snapshot());
        std::this_thread::sleep_for(kLook);
    }
    m_observer.unpaused();
    m_watch.restart();
    return {};
}

EpochReport TrainingRun::testEpoch(std::optional<Evaluation>& evaluation)
{
    EpochReport report;
    report.epoch = m_state.epoch;
    double lossSum = 0;
    double secondsBefore = 0;
    for (const BatchReport& batch : m_state.batches) {
        if (batch.epoch != m_state.epoch) {
            secondsBefore = batch.trainSeconds;
            continue;
        }
        lossSum += static_cast<double>(batch.loss) * batch.sampleCount;
        report.trainCorrect += static_cast<std::size_t>(batch.correctCount);
        report.trainTotal += static_cast<std::size_t>(batch.sampleCount);
    }
    report.trainLoss = lossSum / static_cast<double>(std::max<std::size_t>(1, report.trainTotal));
    report.trainSeconds = m_state.batches.back().trainSeconds - secondsBefore;

    m_observer.testPassStarted(m_state.epoch);
    const Stopwatch watch;
    if (!m_split.validation.empty()) {
        const Evaluation validation = m_backend->evaluate(m_train, m_split.validation, m_control.stopToken());
        report.validationLoss = validation.meanLoss;
        report.validationCorrect = validation.correctCount();
        report.validationTotal = validation.size();
    }
    Evaluation test = m_backend->evaluate(m_test, {}, m_control.stopToken());
    if (test.size() == m_test.size() && report.validationTotal == m_split.validation.size()) {
        report.testLoss = test.meanLoss;
        report.testCorrect = test.correctCount();
        report.testTotal = test.size();
        evaluation = std::move(test);
    }
    report.testSeconds = watch.seconds();
    return report;
}

Result<void> TrainingRun::endEpoch(const EpochReport& report, const Evaluation& test)
{
    m_state.epochs.push_back(report);
    if (isBetter(report)) {
        m_state.bestEpoch = report.epoch;
        m_state.bestParameters = m_backend->parameters();
    }
    ++m_state.epoch;
    m_state.batchesDone = 0;
    return keepState().and_then([&] { return m_observer.epochFinished(report, snapshot(), test); });
}

bool TrainingRun::isBetter(const EpochReport& report) const
{
    if (m_state.bestEpoch == 0)
        return true;
    const EpochReport& best = m_state.epochs[static_cast<std::size_t>(m_state.bestEpoch - 1)];
    return report.validationTotal > 0 ? report.validationLoss < best.validationLoss
                                      : report.testCorrect > best.testCorrect;
}

Result<void> TrainingRun::keepState()
{
    m_sinceState.restart();
    m_state.parameters = m_backend->parameters();
    m_state.optimizer = m_backend->optimizerState();
    return m_observer.stateReached(m_state);
}

} // namespace engine
