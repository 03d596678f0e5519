#include "core/session/FineTuning.h"

#include "engine/data/SketchDigits.h"

#include <QFileInfo>

namespace core
{
namespace
{

bool isThere(const QString& dataset, const DatasetCatalog& catalog)
{
    if (engine::isBuiltInDataset(dataset.toStdString()))
        return true;
    if (const KnownDataset* known = catalog.find(dataset))
        return catalog.locate(*known).has_value();
    return QFileInfo(dataset).isDir();
}

} // namespace

engine::StartingModel startingModelOf(const TrainedModel& model)
{
    const QString name = QFileInfo(model.runFolder).fileName();
    bool isNumber = false;
    name.toInt(&isNumber);
    engine::StartingModel start;
    start.name = (isNumber ? FineTuning::tr("run %1").arg(name) : name).toStdString();
    if (!model.record)
        return start;
    if (const engine::StartingModel& first = model.record->config.startedFrom; !first.isNone()) {
        start.recipe = first.recipe;
        start.datasetId = first.datasetId;
        start.datasetTitle = first.datasetTitle;
    } else {
        start.recipe = engine::presetName(model.preset());
        start.datasetId = model.record->datasetId;
        start.datasetTitle = model.record->datasetTitle;
    }
    return start;
}

engine::TrainingConfig startingFrom(const TrainedModel& model, engine::TrainingConfig recipe)
{
    recipe.network = engine::choiceOf(model.snapshot->spec);
    recipe.startedFrom = startingModelOf(model);
    return recipe;
}

QStringList datasetsToCompareOn(const TrainedModel& model, const QString& trainedOn,
                                const DatasetCatalog& catalog)
{
    const QString first = QString::fromStdString(startingModelOf(model).datasetId);
    QStringList datasets = {trainedOn};
    if (!first.isEmpty() && first != trainedOn && isThere(first, catalog))
        datasets << first;
    return datasets;
}

FineTuning::FineTuning(TrainingSession& session, std::shared_ptr<const DatasetCatalog> catalog,
                       QObject* parent)
    : QObject(parent),
      m_session(session),
      m_catalog(std::move(catalog)),
      m_comparison(m_catalog)
{
    connect(&session, &TrainingSession::finished, this, &FineTuning::onTrained);
    connect(&session, &TrainingSession::failed, this, [this] {
        if (m_state == State::Training)
            setState(State::Idle);
    });
    connect(&m_comparison, &ModelComparison::compared, this, [this](const std::vector<ComparedSet>& sets) {
        m_result.sets = sets;
        setState(State::Idle);
        Q_EMIT compared(m_result);
    });
    connect(&m_comparison, &ModelComparison::failed, this, [this](const engine::Error& error) {
        setState(State::Idle);
        Q_EMIT failed(error);
    });
}

void FineTuning::start(std::shared_ptr<const TrainedModel> model, const engine::TrainingConfig& config,
                       const engine::DatasetSplits& data, const QString& folder)
{
    if (m_session.isActive())
        return;
    m_comparison.cancel();
    m_before = std::move(model);
    m_trainedOn = QString::fromStdString(data.id);
    setState(State::Training);
    m_session.fineTune(m_before->snapshot, config, data, folder);
}

void FineTuning::stop()
{
    if (m_state == State::Training)
        m_session.stop();
    if (m_state == State::Comparing) {
        m_comparison.cancel();
        setState(State::Idle);
    }
}

void FineTuning::onTrained(const TrainingResult& result)
{
    if (m_state != State::Training)
        return; // another training run
    const engine::StartingModel start = startingModelOf(*m_before);
    const QStringList datasets = datasetsToCompareOn(*m_before, m_trainedOn, *m_catalog);
    const bool isLossUnknown = datasets.size() < 2 && start.datasetId != m_trainedOn.toStdString();
    m_result = {};
    m_result.runFolder = result.runFolder;
    m_result.epochs = static_cast<int>(result.outcome.epochs.size());
    m_result.isStopped = result.outcome.isStopped;
    if (isLossUnknown)
        m_result.unknownLoss = start.datasetTitle.empty() ? tr("what it was trained on")
                                                          : QString::fromStdString(start.datasetTitle);
    setState(State::Comparing);
    m_comparison.compare(
        {m_before->snapshot, std::make_shared<const engine::ModelSnapshot>(result.outcome.model), datasets});
}

void FineTuning::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

} // namespace core
