#include "ui/window/TrainingMessages.h"

#include "core/settings/Settings.h"
#include "engine/evaluation/Percent.h"
#include "ui/models/TrainingProgress.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/DatasetChooser.h"
#include "ui/window/DeviceChooser.h"

#include <QDesktopServices>
#include <QLocale>
#include <QUrl>

namespace ui
{
namespace
{

using core::TrainingController;

QString accuracyText(std::size_t correct, std::size_t total)
{
    const QLocale locale;
    return TrainingMessages::tr("%1 % (%2 of %3)")
        .arg(QString::number(engine::shownPercent(correct, total), 'f', 2),
             locale.toString(static_cast<qulonglong>(correct)),
             locale.toString(static_cast<qulonglong>(total)));
}

QString accuracyText(const engine::Evaluation& evaluation)
{
    return accuracyText(evaluation.correctCount(), evaluation.size());
}

QString stoppedText(const engine::TrainingOutcome& outcome)
{
    if (outcome.epochs.empty())
        return TrainingMessages::tr("Training stopped during epoch 1, before its first test.");
    const engine::EpochReport& last = outcome.epochs.back();
    if (outcome.evaluation) {
        return TrainingMessages::tr("Training stopped after epoch %1: test accuracy %2.")
            .arg(last.epoch)
            .arg(accuracyText(*outcome.evaluation));
    }
    return TrainingMessages::tr("Training stopped in epoch %1. Test accuracy after epoch %2: %3.")
        .arg(last.epoch + 1)
        .arg(last.epoch)
        .arg(accuracyText(last.testCorrect, last.testTotal));
}

/// Text for a completed training; `outcome` must have an evaluation.
QString finishedText(const engine::TrainingOutcome& outcome)
{
    const QString accuracy = accuracyText(*outcome.evaluation); // of the final weights
    if (outcome.isEndedEarly) {
        return TrainingMessages::tr("Training stopped early after epoch %1, because the validation loss "
                                    "stopped improving: test accuracy %2%3.")
            .arg(outcome.epochs.back().epoch)
            .arg(accuracy, outcome.restoredEpoch
                               ? TrainingMessages::tr(" with the restored weights of epoch %1")
                                     .arg(*outcome.restoredEpoch)
                               : QString());
    }
    double seconds = 0;
    for (const engine::EpochReport& epoch : outcome.epochs)
        seconds += epoch.trainSeconds + epoch.testSeconds;
    const std::size_t epochs = outcome.epochs.size();
    return TrainingMessages::tr("Training finished: test accuracy %1 after %2 in %3.")
        .arg(accuracy,
             epochs == 1 ? TrainingMessages::tr("1 epoch") : TrainingMessages::tr("%1 epochs").arg(epochs),
             durationText(seconds));
}

} // namespace

TrainingMessages::TrainingMessages(const Services& services, DatasetChooser& datasets, DeviceChooser& devices,
                                   MessageBar& messages, QObject* parent)
    : QObject(parent),
      m_services(services),
      m_datasets(datasets),
      m_devices(devices),
      m_messages(messages)
{
    const TrainingController& training = services.training;
    connect(&training, &TrainingController::stateChanged, this, [this](TrainingController::State state) {
        if (state == TrainingController::State::Preparing)
            m_messages.clear();
    });
    connect(&services.session, &core::TrainingSession::unlisted, this, &TrainingMessages::onUnlisted);
    connect(&training, &TrainingController::finished, this, &TrainingMessages::onFinished);
    connect(&training, &TrainingController::failed, this, &TrainingMessages::onFailed);
    connect(&training, &TrainingController::runOpened, this,
            [this](const std::shared_ptr<const core::StoredRun>& run) { onRunOpened(*run); });
    connect(&training, &TrainingController::runFailed, this,
            [this](const engine::Error& error, const QString& dataset) {
                if (dataset.isEmpty())
                    m_messages.showMessage(MessageBar::Kind::Error, QString::fromStdString(error.message));
                else
                    m_datasets.showMissing(dataset, error);
            });
}

void TrainingMessages::onUnlisted(const QString& folder, const engine::Error& error)
{
    m_messages.showMessage(MessageBar::Kind::Info,
                           tr("This run is not in the list of runs, but all of it is saved in its folder. %1")
                               .arg(QString::fromStdString(error.message)),
                           tr("Open folder"),
                           [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void TrainingMessages::onFinished(const core::TrainingResult& result)
{
    const engine::TrainingOutcome& outcome = result.outcome;
    const QString text = outcome.isStopped ? stoppedText(outcome) : finishedText(outcome);
    m_messages.showMessage(
        outcome.isStopped ? MessageBar::Kind::Info : MessageBar::Kind::Success,
        text + QLatin1Char(' ') + tr("Weights saved."), tr("Open folder"),
        [folder = result.runFolder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void TrainingMessages::onFailed(const core::TrainingFailure& failure)
{
    const QString text = QString::fromStdString(failure.error.message);
    if (failure.isComplete)
        return m_messages.showMessage(MessageBar::Kind::Error, text);
    if (!failure.dataset.isEmpty())
        return m_datasets.showMissing(failure.dataset, failure.error);
    const auto retry = [this] { m_services.training.retry(DeviceChooser::request(m_services.settings)); };
    const bool isResumable = !failure.resumableRun.isEmpty();
    if (!failure.isDeviceSuspect) {
        return m_messages.showMessage(MessageBar::Kind::Error, text,
                                      isResumable ? tr("Resume") : tr("Try again"), retry);
    }
    m_messages.showMessage(MessageBar::Kind::Error, text,
                           isResumable || failure.isResume ? tr("Resume on the CPU") : tr("Train on the CPU"),
                           [this, retry] {
                               m_devices.choose(QStringLiteral("cpu"));
                               retry();
                           });
}

void TrainingMessages::onRunOpened(const core::StoredRun& run)
{
    if (run.continuation != core::Continuation::None)
        return;
    m_messages.showMessage(
        MessageBar::Kind::Error,
        tr("The checkpoint of %1 is damaged. Its weights are intact: the run can be evaluated, used for "
           "drawing, inspected, fine-tuned and exported, but its curves are lost and it cannot be resumed.")
            .arg(m_services.runs.nameOf(run.folder)));
}

} // namespace ui
