#include "ui/window/ModelChip.h"

#include "engine/network/ParameterLayout.h"
#include "ui/widgets/Chip.h"

#include <QCoreApplication>

namespace ui
{

void showModel(Chip& chip, const engine::TrainingConfig& config, const engine::DatasetSplits* data)
{
    const engine::Dataset images = data != nullptr ? data->train : engine::Dataset();
    const auto network = engine::checkedNetwork(config.network, images.shape(), images.classCount());
    const QString name = QString::fromStdString(engine::describe(config.network));
    chip.setValue(name, network ? Chip::tr("%L1 params").arg(engine::parameterCount(*network))
                                : Chip::tr("does not fit"));
    chip.setToolTip(network ? Chip::tr("The network of the next training: %1").arg(name)
                            : QString::fromStdString(network.error().message));
}

} // namespace ui
