// Content of the model chip: the network of the current run, to which all that pages show of a model belongs.
// The network of the next training stands in the form alone.
#pragma once

#include "core/session/TrainingController.h"

#include <QObject>

namespace ui
{

class Chip;

class ModelChip : public QObject
{
    Q_OBJECT
public:
    ModelChip(const core::TrainingController& training, Chip& chip, QObject* parent = nullptr);

private:
    void update();

    const core::TrainingController& m_training;
    Chip& m_chip;
};

} // namespace ui
