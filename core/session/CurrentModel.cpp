#include "core/session/CurrentModel.h"

#include <algorithm>

namespace core
{
namespace
{

QStringList classNamesOf(const engine::SavedModel& checkpoint)
{
    QStringList names;
    for (int i = 0; i < checkpoint.model.spec.classCount; ++i) {
        const auto index = static_cast<std::size_t>(i);
        names << (checkpoint.record && index < checkpoint.record->classNames.size()
                      ? QString::fromStdString(checkpoint.record->classNames[index])
                      : QString::number(i));
    }
    return names;
}

} // namespace

engine::Preset TrainedModel::preset() const
{
    return record && !record->changedLearningRate ? engine::presetOf(record->config) : engine::Preset::Custom;
}

QString TrainedModel::datasetId() const
{
    return record ? QString::fromStdString(record->datasetId) : QString();
}

QString TrainedModel::datasetTitle() const
{
    return record ? QString::fromStdString(record->datasetTitle) : QString();
}

std::optional<engine::EpochReport> TrainedModel::testedEpoch() const
{
    if (!record || record->epochs.empty() || record->isStopped)
        return std::nullopt;
    const engine::EpochReport& last = record->epochs.back();
    // Early stopping may have restored an earlier epoch's weights.
    const bool isLastBest =
        std::none_of(record->epochs.begin(), record->epochs.end() - 1, [&](const engine::EpochReport& epoch) {
            return last.validationTotal > 0 ? epoch.validationLoss <= last.validationLoss
                                            : epoch.testCorrect >= last.testCorrect;
        });
    return record->config.patience == 0 || isLastBest ? std::optional(last) : std::nullopt;
}

engine::Result<std::shared_ptr<const TrainedModel>> readTrainedModel(const QString& runFolder)
{
    return engine::readSavedModel(runFolder.toStdString()).map([&](engine::SavedModel checkpoint) {
        auto model = std::make_shared<TrainedModel>();
        model->runFolder = runFolder;
        model->classNames = classNamesOf(checkpoint);
        model->snapshot = std::make_shared<const engine::ModelSnapshot>(std::move(checkpoint.model));
        model->record = std::move(checkpoint.record);
        return std::shared_ptr<const TrainedModel>(std::move(model));
    });
}

CurrentModel::CurrentModel(QObject* parent) : QObject(parent) {}

void CurrentModel::setRun(const QString& runFolder)
{
    if (runFolder.isEmpty())
        return clear();
    const bool wasLoading = isLoading();
    m_task.start([runFolder] { return readTrainedModel(runFolder); },
                 [this](const engine::Result<std::shared_ptr<const TrainedModel>>& model) {
                     m_model = model ? *model : nullptr;
                     Q_EMIT changed();
                     if (!model)
                         Q_EMIT failed(model.error());
                 });
    if (!wasLoading)
        Q_EMIT changed();
}

void CurrentModel::clear()
{
    const bool wasEmpty = !m_model && !isLoading();
    m_task.forget();
    m_model.reset();
    if (!wasEmpty)
        Q_EMIT changed();
}

} // namespace core
