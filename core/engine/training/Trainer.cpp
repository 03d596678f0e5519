#include "engine/training/Trainer.h"

#include "engine/data/Batches.h"
#include "engine/device/TorchDevice.h"
#include "engine/evaluation/ModelEvaluation.h"
#include "engine/training/TrainingStep.h"

#include <ATen/CPUGeneratorImpl.h>
#include <chrono>

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

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// One run, from the first weights to the last.
class TrainingRun
{
public:
    TrainingRun(const TrainingPlan& plan, const Dataset& train, const Dataset& test, TrainingControl& control,
                TrainingObserver& observer)
        : m_plan(plan),
          m_control(control),
          m_observer(observer),
          m_device(torchDevice(plan.config.device)),
          m_train(train, m_device),
          m_test(test, m_device),
          m_step(TinyVgg(plan.model, plan.config.seed), m_device, plan.config.learningRate),
          m_order(at::make_generator<at::CPUGeneratorImpl>(plan.config.seed))
    {
    }

    Result<TrainingOutcome> run()
    {
        TrainingOutcome outcome;
        for (int epoch = 1; epoch <= m_plan.config.epochs && !outcome.isStopped; ++epoch) {
            EpochReport report = trainEpoch(epoch);
            outcome.evaluation.reset(); // of the epoch before: the weights have moved since
            if (!m_control.isStopRequested()) {
                m_observer.testPassStarted(epoch);
                const Stopwatch watch;
                outcome.evaluation = evaluateModel(m_step.model(), m_test, &m_control);
                report.testSeconds = watch.seconds();
            }
            // A test pass that was not begun or not ended says nothing; one that was ended in time still
            // counts.
            outcome.isStopped = report.trainTotal < static_cast<std::size_t>(m_train.size()) ||
                                !outcome.evaluation ||
                                outcome.evaluation->size() < static_cast<std::size_t>(m_test.size());
            if (outcome.isStopped) {
                outcome.evaluation.reset();
                break;
            }
            report.testLoss = outcome.evaluation->meanLoss;
            report.testCorrect = outcome.evaluation->correctCount();
            report.testTotal = outcome.evaluation->size();
            outcome.epochs.push_back(report);
            if (auto accepted = m_observer.epochFinished(report, takeSnapshot(m_step.model())); !accepted)
                return tl::unexpected(accepted.error());
            // Asked for between two epochs, a stop leaves weights that have been tested.
            outcome.isStopped = epoch < m_plan.config.epochs && m_control.isStopRequested();
        }
        outcome.model = takeSnapshot(m_step.model());
        return outcome;
    }

private:
    EpochReport trainEpoch(int epoch)
    {
        EpochReport report;
        report.epoch = epoch;
        double lossSum = 0;
        const Stopwatch watch;
        const torch::Tensor order = torch::randperm(m_train.size(), m_order, torch::kLong).to(m_device);
        const std::int64_t batchSize = m_plan.config.batchSize;
        for (int batch = 1; batch <= m_plan.batchesPerEpoch && !m_control.isStopRequested(); ++batch) {
            const std::int64_t begin = (batch - 1) * batchSize;
            const std::int64_t count = std::min(batchSize, m_train.size() - begin);
            const StepResult result = m_step.run(m_train.gather(order.narrow(0, begin, count)));
            lossSum += static_cast<double>(result.loss) * static_cast<double>(count);
            report.trainCorrect += static_cast<std::size_t>(result.correctCount);
            report.trainTotal += static_cast<std::size_t>(count);
            m_observer.batchFinished({epoch, batch, static_cast<int>(count), result.correctCount, result.loss,
                                      m_trainSeconds + watch.seconds()});
            if (m_control.takeSnapshotRequest())
                m_observer.snapshotTaken(takeSnapshot(m_step.model()));
        }
        report.trainSeconds = watch.seconds();
        m_trainSeconds += report.trainSeconds;
        report.trainLoss = lossSum / static_cast<double>(std::max<std::size_t>(1, report.trainTotal));
        return report;
    }

    const TrainingPlan& m_plan;
    TrainingControl& m_control;
    TrainingObserver& m_observer;
    torch::Device m_device;
    Batches m_train;
    Batches m_test;
    TrainingStep m_step;
    at::Generator m_order;
    double m_trainSeconds = 0;
};

} // namespace

Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer)
{
    if (auto valid = validate(config); !valid)
        return tl::unexpected(valid.error());
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
    if (auto usable = checkUsable(config.device); !usable)
        return tl::unexpected(usable.error());
    const Dataset train = config.sampleLimit == 0 ? data.train : data.train.first(config.sampleLimit);

    TrainingPlan plan;
    plan.config = config;
    plan.model = {train.height(), train.width(), config.hiddenUnits, config.kernelSize, train.classCount()};
    plan.trainSize = train.size();
    plan.testSize = data.test.size();
    const auto batchSize = static_cast<std::size_t>(config.batchSize);
    plan.batchesPerEpoch = static_cast<int>((train.size() + batchSize - 1) / batchSize);
    if (auto valid = validate(plan.model); !valid)
        return tl::unexpected(valid.error());

    return guarded("Training", [&]() -> Result<TrainingOutcome> {
        useThreads(config.threads);
        TrainingRun run(plan, train, data.test, control, observer);
        observer.trainingStarted(plan);
        return run.run();
    });
}

} // namespace engine
