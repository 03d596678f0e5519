#include "ui/pages/draw/TrainOffer.h"

#include "core/Format.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{
constexpr int kBarSteps = 1000;
} // namespace

TrainOffer::TrainOffer(core::TrainingController& training, QWidget* parent)
    : QWidget(parent),
      m_training(training),
      m_progress(training.reports()),
      m_title(new QLabel(this)),
      m_text(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_detail(new QLabel(this)),
      m_stop(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("trainOffer"));
    m_title->setObjectName(QStringLiteral("trainOfferTitle"));
    m_title->setProperty("role", QLatin1String("heading"));
    m_title->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("trainOfferText"));
    m_text->setWordWrap(true);
    setTextRole(m_text, TextRole::Secondary);
    m_bar->setObjectName(QStringLiteral("trainOfferProgress"));
    m_bar->setAccessibleName(tr("Training progress"));
    m_bar->setRange(0, kBarSteps);
    m_detail->setObjectName(QStringLiteral("trainOfferDetail"));
    m_detail->setWordWrap(true);
    setTextRole(m_detail, TextRole::Small);
    m_stop->setObjectName(QStringLiteral("trainOfferStop"));
    m_stop->setAccessibleName(tr("Cancel training"));
    connect(m_stop, &QPushButton::clicked, &m_training, &core::TrainingController::stop);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addStretch();
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(4);
    m_presets << addPreset(engine::Preset::Fast, tr("Train Fast"),
                           tr("Two short epochs; takes seconds on most machines"))
              << addPreset(engine::Preset::Robust, tr("Train Robust"),
                           tr("Best for drawn digits: a larger network, eight epochs with slanted digits; "
                              "takes a minute or two"));
    for (QPushButton* button : std::as_const(m_presets))
        layout->addWidget(button, 0, Qt::AlignLeft);
    m_presets.first()->setProperty("primary", true);
    layout->addWidget(m_bar);
    layout->addWidget(m_detail);
    layout->addWidget(m_stop, 0, Qt::AlignLeft);
    layout->addStretch();

    connect(&training, &core::TrainingController::stateChanged, this, &TrainOffer::showState);
    connect(&m_progress, &TrainingProgress::changed, this, [this] {
        using State = core::TrainingController::State;
        const bool isRunning = m_training.isActive() && m_training.state() != State::Preparing;
        m_hasProgress = isRunning && m_progress.hasBegun();
        if (m_hasProgress)
            showProgress();
    });
    showState();
}

QPushButton* TrainOffer::addPreset(engine::Preset preset, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QStringLiteral("trainOffer_") + QLatin1String(engine::presetName(preset)));
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setAccessibleDescription(tip);
    connect(button, &QPushButton::clicked, this, [this, preset] { Q_EMIT trainWanted(preset); });
    return button;
}

void TrainOffer::setDataset(const QString& title, bool isLoading, const QString& whyUseless)
{
    m_dataset = title;
    m_whyUseless = whyUseless;
    m_isLoading = isLoading;
    showState();
}

void TrainOffer::showState()
{
    const bool isTraining = m_training.isActive();
    m_hasProgress = m_hasProgress && isTraining;
    const bool canTrain = !isTraining && !m_isLoading && !m_dataset.isEmpty() && m_whyUseless.isEmpty();
    for (QPushButton* button : std::as_const(m_presets)) {
        button->setVisible(!isTraining);
        button->setEnabled(canTrain);
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{m_bar, m_detail, m_stop})
        widget->setVisible(isTraining);
    m_stop->setEnabled(m_training.state() != core::TrainingController::State::Stopping);
    if (isTraining) {
        m_title->setText(tr("A network is being trained"));
        m_text->setText(m_whyUseless.isEmpty()
                            ? tr("Your drawings are classified as soon as the first epoch is done.")
                            : m_whyUseless);
        return showProgress();
    }
    m_title->setText(tr("No trained network yet"));
    m_text->setText(m_isLoading           ? tr("Loading the data set …")
                    : m_dataset.isEmpty() ? tr("No data set to train on: choose one at the top.")
                    : !m_whyUseless.isEmpty()
                        ? m_whyUseless
                        : tr("Train one on %1 to classify your drawings.").arg(m_dataset));
}

void TrainOffer::showProgress()
{
    m_bar->setRange(0, m_hasProgress ? kBarSteps : 0); // indeterminate until progress is known
    if (!m_hasProgress) {
        m_detail->setText(tr("Preparing …"));
        return;
    }
    m_bar->setValue(static_cast<int>(kBarSteps * m_progress.share()));
    const int epoch = std::max(1, m_progress.latest().epoch);
    QString text = tr("Epoch %1 of %2").arg(epoch).arg(m_progress.plan().config.epochs);
    if (m_training.isPaused())
        text += tr(" · paused");
    else if (const auto left = m_progress.secondsLeft())
        text += tr(" · %1 left").arg(core::durationText(*left));
    m_detail->setText(text);
}

} // namespace ui
