#include "ui/window/ModelChip.h"

#include "ui/widgets/Chip.h"

#include <QCoreApplication>

namespace ui
{

void showModel(Chip& chip, const engine::TrainingConfig& config, const engine::DatasetSplits* data)
{
    engine::TinyVggOptions model;
    model.hiddenUnits = config.hiddenUnits;
    model.kernelSize = config.kernelSize;
    if (data != nullptr) {
        model.inputHeight = data->train.height();
        model.inputWidth = data->train.width();
        model.classCount = data->train.classCount();
    }
    chip.setValue(Chip::tr("TinyVGG"), Chip::tr("%1 units · %2×%2 · %L3 params")
                                           .arg(config.hiddenUnits)
                                           .arg(config.kernelSize)
                                           .arg(engine::parameterCount(model)));
    chip.setToolTip(
        Chip::tr("The network that Train makes: two blocks of two convolutions, then a linear layer"));
}

} // namespace ui
