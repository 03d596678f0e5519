#include "ui/pages/inspect/ModelSource.h"

#include "core/session/CurrentModel.h"
#include "core/session/TrainingController.h"

namespace ui
{

ModelSource::ModelSource(const Services& services, QObject* parent) : QObject(parent), m_services(services)
{
    connect(&services.model, &core::CurrentModel::changed, this, [this] {
        m_problem.clear();
        Q_EMIT changed();
    });
    connect(&services.model, &core::CurrentModel::failed, this, [this](const engine::Error& error) {
        m_problem = QString::fromStdString(error.message);
        Q_EMIT changed();
    });
    connect(&services.training, &core::TrainingController::stateChanged, this, [this] {
        if (!isTraining())
            m_live.reset();
        Q_EMIT trainingChanged(isTraining());
        Q_EMIT changed();
    });
    connect(&services.session, &core::TrainingSession::snapshotTaken, this,
            [this](const std::shared_ptr<const engine::ModelSnapshot>& snapshot) {
                if (!isFollowed())
                    return;
                m_live = snapshot;
                Q_EMIT changed();
            });
}

bool ModelSource::isTraining() const
{
    return m_services.training.isActive();
}

bool ModelSource::isFollowed() const
{
    return m_isWanted && isTraining();
}

bool ModelSource::isMoving() const
{
    return isFollowed() && !m_services.training.isPaused();
}

core::ModelPointer ModelSource::model() const
{
    if (m_live)
        return m_live;
    const auto trained = m_services.model.get();
    return trained ? trained->snapshot : nullptr;
}

void ModelSource::setDatasetClasses(const QStringList& names)
{
    m_datasetClasses = names;
}

QStringList ModelSource::classNames(int count) const
{
    const auto trained = m_services.model.get();
    QStringList names = trained && !m_live ? trained->classNames : m_datasetClasses;
    while (names.size() < count)
        names << QString::number(names.size());
    return names;
}

void ModelSource::setFollowing(bool isWanted)
{
    if (isWanted == m_isWanted)
        return;
    m_isWanted = isWanted;
    if (!isWanted)
        m_live.reset();
    follow();
    Q_EMIT changed();
}

void ModelSource::setSeen(bool isSeen)
{
    m_isSeen = isSeen;
    follow();
}

void ModelSource::follow()
{
    m_services.training.setFollowing(this, m_isWanted && m_isSeen);
}

ModelSource::Absence ModelSource::absence() const
{
    if (m_services.model.isLoading())
        return {tr("Loading the model …"), {}};
    if (isFollowed())
        return {tr("Waiting for the first weights …"), {}};
    if (isTraining())
        return {tr("A network is being trained. Watch its feature maps develop."), tr("Follow the training")};
    if (!m_problem.isEmpty())
        return {m_problem, {}};
    return {tr("No trained model yet.\nTrain one, or choose a run at the top, to see the activations of its "
               "layers."),
            tr("Train a network")};
}

} // namespace ui
