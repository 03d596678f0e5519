#include "ui/window/TrainingCommands.h"

#include "core/catalog/KeptDigitsFile.h"
#include "core/session/TrainingController.h"
#include "ui/window/DeviceChooser.h"
#include "ui/window/TopBar.h"

namespace ui
{

using core::TrainingController;

TrainingCommands::TrainingCommands(const Services& services, const TopBar& topBar, QObject* parent)
    : QObject(parent),
      m_services(services)
{
    TrainingController& training = services.training;
    connect(&topBar, &TopBar::resumeClicked, this, &TrainingCommands::resume);
    connect(&topBar, &TopBar::extendClicked, this, &TrainingCommands::extend);
    connect(&topBar, &TopBar::pauseClicked, &training, &TrainingController::pause);
    connect(&topBar, &TopBar::unpauseClicked, &training, &TrainingController::unpause);
    connect(&topBar, &TopBar::stepClicked, &training, &TrainingController::step);
    connect(&topBar, &TopBar::stopClicked, &training, &TrainingController::stop);
}

void TrainingCommands::train(const engine::TrainingConfig& config)
{
    m_services.training.start({.config = config, .compute = compute()});
}

void TrainingCommands::fineTune()
{
    if (const auto model = m_services.training.model()) {
        m_services.training.start({.config = engine::fineTuningRecipe({}),
                                   .compute = compute(),
                                   .dataset = QLatin1String(core::kOwnDigitsId),
                                   .model = model});
    }
}

void TrainingCommands::resume()
{
    m_services.training.resume({.compute = compute()});
}

void TrainingCommands::extend()
{
    m_services.training.extend(TopBar::kMoreEpochs, compute());
}

core::ComputeRequest TrainingCommands::compute() const
{
    return DeviceChooser::request(m_services.settings);
}

} // namespace ui
