#include "ui/window/ModelChip.h"

#include "engine/network/ParameterLayout.h"
#include "ui/widgets/Chip.h"

namespace ui
{

ModelChip::ModelChip(const core::TrainingController& training, Chip& chip, QObject* parent)
    : QObject(parent),
      m_training(training),
      m_chip(chip)
{
    connect(&training.reports(), &core::TrainingReports::reset, this, &ModelChip::update);
    update();
}

void ModelChip::update()
{
    const auto& plan = m_training.reports().plan();
    if (!plan) {
        m_chip.setValue(tr("none"));
        m_chip.setToolTip(tr("No run is shown. Train a network, or choose a run."));
        return;
    }
    const QString name = QString::fromStdString(engine::describe(plan->config.network));
    m_chip.setValue(name, tr("%L1 params").arg(engine::parameterCount(plan->model)));
    m_chip.setToolTip(tr("The network of the run that is shown: %1").arg(name));
}

} // namespace ui
