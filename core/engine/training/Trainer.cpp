#include "engine/training/Trainer.h"

#include "engine/data/MixedSeed.h"
#include "engine/data/ValidationSplit.h"
#include "engine/device/TorchDevice.h"
#include "engine/model/TinyVgg.h"
#include "engine/training/TrainingBackend.h"

#include <ATen/CPUGeneratorImpl.h>
#include <chrono>
#include <numeric>
#include <thread>

namespace engine
{
namespace
{

class Stopwatch
{
public:
    double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }
    void restart() { m_start = std::chrono::steady_clock::now(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Streams of numbers that must not be the same, though they come from the same seed.
enum Stream : std::uint64_t { kValidationStream = 1'000'000'001, kAugmentationStream };

ValidationSplit splitOf(const TrainingConfig& config, const Dataset& train)
{
    return splitForValidation(train, config.validationShare, mixedSeed(config.seed, kValidationStream));
}

/// From the state that it is given to the end.
class TrainingRun
{
public:
    TrainingRun(TrainingState state, const DatasetSplits& data, const Dataset& train, ValidationSplit split,
                TrainingControl& control, TrainingObserver& observer)
        : m_state(std::move(state)),
          m_config(m_state.config),
          m_train(train),
          m_test(data.test),
          m_split(std::move(split)),
          m_control(control),
          m_observer(observer),
          m_batchesPerEpoch(batchCount(m_config, m_split.train.size())),
          m_backend(makeTrainingBackend(m_config, m_state.model, train))
    {
        m_backend->setParameters(m_state.parameters);
        m_backend->setOptimizerState(m_state.optimizer);
        m_state.trainSize = m_split.train.size();
        m_trainSeconds = m_state.batches.empty() ? 0 : m_state.batches.back().trainSeconds;
    }

    static int batchCount(const TrainingConfig& config, std::size_t images)
    {
        const auto batchSize = static_cast<std::size_t>(config.batchSize);
        return static_cast<int>((images + batchSize - 1) / batchSize);
    }

    Result<TrainingOutcome> run()
    {
        TrainingOutcome outcome;
        outcome.isEndedEarly = m_state.batchesDone == 0 && isPatienceExhausted();
        while (m_state.epoch <= m_config.epochs && !outcome.isStopped && !outcome.isEndedEarly) {
            if (auto trained = trainEpoch(); !trained)
                return tl::unexpected(trained.error());
            outcome.evaluation.reset(); // of the epoch before: the weights have moved since
            EpochReport report;
            if (m_state.batchesDone == m_batchesPerEpoch && !m_control.isStopRequested())
                report = testEpoch(outcome.evaluation);
            // A test pass that was not begun or not ended says nothing; one that was ended in time still
            // counts.
            if (!outcome.evaluation) {
                outcome.isStopped = true;
                break;
            }
            if (auto accepted = endEpoch(report); !accepted)
                return tl::unexpected(accepted.error());
            outcome.isEndedEarly = isPatienceExhausted();
            // Asked for between two epochs, a stop leaves weights that have been tested.
            outcome.isStopped =
                !outcome.isEndedEarly && m_state.epoch <= m_config.epochs && m_control.isStopRequested();
        }
        if (outcome.isStopped) {
            if (auto kept = keepState(); !kept)
                return tl::unexpected(kept.error());
        } else if (m_config.patience > 0 && m_state.bestEpoch < m_state.epoch - 1) {
            outcome.restoredEpoch = m_state.bestEpoch;
            m_backend->setParameters(m_state.bestParameters);
            outcome.evaluation = m_backend->evaluate(m_test, {}, TrainingControl());
        } else if (!outcome.evaluation) { // resumed with nothing left to do
            outcome.evaluation = m_backend->evaluate(m_test, {}, TrainingControl());
        }
        outcome.model = snapshot();
        outcome.epochs = m_state.epochs;
        return outcome;
    }

private:
    ModelSnapshot snapshot() const { return snapshotOf(m_state.model, m_backend->parameters()); }

    double learningRate() const
    {
        const std::int64_t skipped = std::int64_t{m_state.scheduleEpoch - 1} * m_batchesPerEpoch;
        const std::int64_t step =
            std::int64_t{m_state.epoch - 1} * m_batchesPerEpoch + m_state.batchesDone - skipped;
        const std::int64_t stepCount = std::int64_t{m_config.epochs} * m_batchesPerEpoch - skipped;
        return m_state.learningRateFactor * learningRateAt(m_config, step, stepCount, m_batchesPerEpoch);
    }

    std::vector<std::uint32_t> orderOfEpoch() const
    {
        const auto seed = mixedSeed(m_config.seed, static_cast<std::uint64_t>(m_state.epoch));
        const torch::Tensor permutation =
            torch::randperm(static_cast<std::int64_t>(m_split.train.size()),
                            at::make_generator<at::CPUGeneratorImpl>(seed), torch::kLong);
        std::vector<std::uint32_t> order(m_split.train.size());
        std::transform(permutation.data_ptr<std::int64_t>(),
                       permutation.data_ptr<std::int64_t>() + order.size(), order.begin(),
                       [&](std::int64_t i) { return m_split.train[static_cast<std::size_t>(i)]; });
        return order;
    }

    Result<void> trainEpoch()
    {
        constexpr double kSecondsBetweenStates = 30;
        const std::vector<std::uint32_t> order = orderOfEpoch();
        const auto epochSeed = mixedSeed(mixedSeed(m_config.seed, kAugmentationStream),
                                         static_cast<std::uint64_t>(m_state.epoch));
        m_watch.restart();
        while (m_state.batchesDone < m_batchesPerEpoch) {
            if (auto waited = waitWhilePaused(); !waited)
                return waited;
            if (const auto wish = m_control.takeLearningRate())
                m_state.learningRateFactor = *wish / m_config.learningRate;
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
            if (m_sinceState.seconds() > kSecondsBetweenStates) {
                reportBatches(true); // the state has their figures too
                if (auto kept = keepState(); !kept)
                    return kept;
            }
        }
        reportBatches(true);
        m_trainSeconds += m_watch.seconds();
        return {};
    }

    /// Those whose results are there; a device that computes ahead is asked a few times a second only.
    void reportBatches(bool isEveryOneDue)
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

    Result<void> waitWhilePaused()
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
        m_observer.resumed();
        m_watch.restart();
        return {};
    }

    EpochReport testEpoch(std::optional<Evaluation>& evaluation)
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
            const Evaluation validation = m_backend->evaluate(m_train, m_split.validation, m_control);
            report.validationLoss = validation.meanLoss;
            report.validationCorrect = validation.correctCount();
            report.validationTotal = validation.size();
        }
        Evaluation test = m_backend->evaluate(m_test, {}, m_control);
        if (test.size() == m_test.size() && report.validationTotal == m_split.validation.size()) {
            report.testLoss = test.meanLoss;
            report.testCorrect = test.correctCount();
            report.testTotal = test.size();
            evaluation = std::move(test);
        }
        report.testSeconds = watch.seconds();
        return report;
    }

    Result<void> endEpoch(const EpochReport& report)
    {
        m_state.epochs.push_back(report);
        if (isBetter(report)) {
            m_state.bestEpoch = report.epoch;
            m_state.bestParameters = m_backend->parameters();
        }
        ++m_state.epoch;
        m_state.batchesDone = 0;
        return keepState().and_then([&] { return m_observer.epochFinished(report, snapshot()); });
    }

    bool isBetter(const EpochReport& report) const
    {
        if (m_state.bestEpoch == 0)
            return true;
        const EpochReport& best = m_state.epochs[static_cast<std::size_t>(m_state.bestEpoch - 1)];
        return report.validationTotal > 0 ? report.validationLoss < best.validationLoss
                                          : report.testCorrect > best.testCorrect;
    }

    bool isPatienceExhausted() const
    {
        return m_config.patience > 0 &&
               m_state.epoch - 1 - std::max(m_state.bestEpoch, m_state.patienceEpoch) >= m_config.patience;
    }

    Result<void> keepState()
    {
        m_sinceState.restart();
        m_state.parameters = m_backend->parameters();
        m_state.optimizer = m_backend->optimizerState();
        return m_observer.stateReached(m_state);
    }

    TrainingState m_state;
    const TrainingConfig m_config;
    const Dataset m_train;
    const Dataset m_test;
    const ValidationSplit m_split;
    TrainingControl& m_control;
    TrainingObserver& m_observer;
    const int m_batchesPerEpoch;
    std::unique_ptr<TrainingBackend> m_backend;
    std::vector<StepResult> m_results;
    std::vector<float> m_rates; ///< of the steps that were not reported yet
    double m_trainSeconds = 0;  ///< before m_watch was started
    Stopwatch m_watch;
    Stopwatch m_sinceState;
    Stopwatch m_sinceResults;
};

Result<void> checkSplits(const DatasetSplits& data)
{
    if (data.train.isEmpty() || data.test.isEmpty()) {
        return failure(ErrorCode::BadValue, data.title + ": expected images to train and to test on; found " +
                                                std::to_string(data.train.size()) + " and " +
                                                std::to_string(data.test.size()) + ".");
    }
    if (data.train.height() != data.test.height() || data.train.width() != data.test.width() ||
        data.train.classCount() != data.test.classCount()) {
        const auto described = [](const Dataset& split) {
            return std::to_string(split.height()) + " × " + std::to_string(split.width()) + " pixels in " +
                   std::to_string(split.classCount()) + " classes";
        };
        return failure(ErrorCode::BadValue, data.title + ": expected images to test on of " +
                                                described(data.train) + ", as those to train on; found " +
                                                described(data.test) + ".");
    }
    return {};
}

TinyVggOptions modelFor(const TrainingConfig& config, const Dataset& train)
{
    return {train.height(), train.width(), config.hiddenUnits, config.kernelSize, train.classCount()};
}

Result<void> checkSplit(const TrainingConfig& config, const ValidationSplit& split,
                        const TrainingState& state)
{
    if (split.train.empty() || (config.validationShare > 0 && split.validation.empty())) {
        return failure(ErrorCode::BadValue,
                       "Validation share: expected images to train on and images to validate by; found " +
                           std::to_string(split.train.size()) + " and " +
                           std::to_string(split.validation.size()) + ".");
    }
    if (state.trainSize != 0 && state.trainSize != split.train.size()) {
        return failure(ErrorCode::BadValue, "Expected the " + std::to_string(state.trainSize) +
                                                " images that the training began with; found " +
                                                std::to_string(split.train.size()) + ".");
    }
    return {};
}

TrainingPlan planFor(const TrainingState& state, const DatasetSplits& data, const ValidationSplit& split)
{
    TrainingPlan plan;
    plan.config = state.config;
    plan.learningRateFactor = state.learningRateFactor;
    plan.model = state.model;
    plan.trainSize = split.train.size();
    plan.validationSize = split.validation.size();
    plan.testSize = data.test.size();
    plan.batchesPerEpoch = TrainingRun::batchCount(state.config, split.train.size());
    return plan;
}

Dataset usedImages(const TrainingConfig& config, const DatasetSplits& data)
{
    return config.sampleLimit == 0 ? data.train : data.train.first(config.sampleLimit);
}

Result<TrainingOutcome> run(TrainingState state, const DatasetSplits& data, TrainingControl& control,
                            TrainingObserver& observer)
{
    const TrainingConfig config = state.config;
    if (auto usable = checkUsable(config.device); !usable)
        return tl::unexpected(usable.error());
    return guarded("Training", [&]() -> Result<TrainingOutcome> {
        useThreads(
            config.device.kind == DeviceKind::Cpu ? 1 : config.threads); // CpuBackend has threads of its own
        const Dataset train = usedImages(config, data);
        ValidationSplit split = splitOf(config, train);
        if (auto enough = checkSplit(config, split, state); !enough)
            return tl::unexpected(enough.error());
        const TrainingPlan plan = planFor(state, data, split);
        if (state.parameters.empty())
            state.parameters = flatParameters(takeSnapshot(TinyVgg(state.model, config.seed)));
        TrainingRun training(std::move(state), data, train, std::move(split), control, observer);
        observer.trainingStarted(plan);
        return training.run();
    });
}

} // namespace

Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer)
{
    TrainingState state;
    state.config = config;
    state.model = modelFor(config, data.train);
    return validate(config)
        .and_then([&] { return checkSplits(data); })
        .and_then([&] { return validate(state.model); })
        .and_then([&] { return run(std::move(state), data, control, observer); });
}

Result<TrainingOutcome> resumeTraining(TrainingState state, const DatasetSplits& data,
                                       TrainingControl& control, TrainingObserver& observer)
{
    const auto checkModel = [&]() -> Result<void> {
        if (state.model == modelFor(state.config, data.train))
            return {};
        return failure(
            ErrorCode::BadValue,
            data.title + ": expected images of the size and classes that the training began with, " +
                std::to_string(state.model.inputHeight) + " × " + std::to_string(state.model.inputWidth) +
                " in " + std::to_string(state.model.classCount) + "; found " +
                std::to_string(data.train.height()) + " × " + std::to_string(data.train.width()) + " in " +
                std::to_string(data.train.classCount()) + ".");
    };
    return validate(state.config)
        .and_then([&] { return checkSplits(data); })
        .and_then(checkModel)
        .and_then([&] { return run(std::move(state), data, control, observer); });
}

TrainingPlan planOf(const TrainingState& state, const DatasetSplits& data)
{
    return planFor(state, data, splitOf(state.config, usedImages(state.config, data)));
}

TrainingState withMoreEpochs(TrainingState state, int count)
{
    if (count > 0 && state.epoch > state.config.epochs)
        state.scheduleEpoch = state.epoch;
    if (count > 0)
        state.patienceEpoch = state.epoch - 1;
    state.config.epochs += count;
    return state;
}

} // namespace engine
