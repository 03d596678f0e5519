#include "ui/window/TopBar.h"

#include "ui/render/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Chip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <utility>

namespace ui
{

TopBar::TopBar(QWidget* parent)
    : QWidget(parent),
      m_dataset(new Chip(tr("Data set"), this)),
      m_model(new Chip(tr("Model"), this)),
      m_device(new Chip(tr("Device"), this)),
      m_run(new Chip(tr("Run"), this)),
      m_resume(addButton("resumeButton", tr("Resume"),
                         tr("Resume the stopped run; the result is bit-identical to an uninterrupted run"))),
      m_extend(addButton("extendButton", tr("%1 more epochs").arg(kMoreEpochs),
                         tr("Train the finished run for more epochs"))),
      m_train(addButton("trainButton", tr("Train"), {})),
      m_pause(
          addButton("pauseButton", tr("Pause"), tr("Pause after this batch and save a checkpoint (Space)"))),
      m_unpause(addButton("unpauseButton", tr("Continue"), tr("Continue the paused training (Space)"))),
      m_step(addButton("stepButton", tr("Step"), tr("Train one batch"))),
      m_stop(addButton("stopButton", tr("Stop"), tr("Stop and save the current weights (Esc)")))
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_dataset->setObjectName(QStringLiteral("datasetChip"));
    m_model->setObjectName(QStringLiteral("modelChip"));
    m_model->setFocusPolicy(Qt::NoFocus);
    m_device->setObjectName(QStringLiteral("deviceChip"));
    m_train->setProperty("primary", true);
    m_unpause->setProperty("primary", true);
    m_stop->setAccessibleName(tr("Stop training"));
    m_dataset->setFocusPolicy(Qt::TabFocus);
    m_device->setFocusPolicy(Qt::TabFocus);
    m_run->setObjectName(QStringLiteral("runChip"));
    m_run->setFocusPolicy(Qt::TabFocus);
    setTrainEnabled(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    for (Chip* chip : {m_dataset, m_model, m_device, m_run})
        layout->addWidget(chip);
    layout->addStretch();
    for (QPushButton* button : {m_resume, m_extend, m_train, m_step, m_pause, m_unpause, m_stop})
        layout->addWidget(button);
    connect(m_resume, &QPushButton::clicked, this, &TopBar::resumeClicked);
    connect(m_extend, &QPushButton::clicked, this, &TopBar::extendClicked);
    connect(m_train, &QPushButton::clicked, this, &TopBar::trainClicked);
    connect(m_pause, &QPushButton::clicked, this, &TopBar::pauseClicked);
    connect(m_unpause, &QPushButton::clicked, this, &TopBar::unpauseClicked);
    connect(m_step, &QPushButton::clicked, this, &TopBar::stepClicked);
    connect(m_stop, &QPushButton::clicked, this, &TopBar::stopClicked);
    setState(State::Idle);
    updateIcons();
}

QPushButton* TopBar::addButton(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(text);
    button->setToolTip(tip);
    return button;
}

void TopBar::setState(State state)
{
    const auto* focused = qobject_cast<QPushButton*>(window()->focusWidget());
    const bool hadFocus =
        std::exchange(m_isFocusDue, false) || (focused != nullptr && focused->parentWidget() == this);
    m_state = state;
    const bool isActive = state != State::Idle;
    const bool isPaused = state == State::Pausing || state == State::Paused;
    const bool isStopping = state == State::Stopping;
    m_train->setVisible(!isActive);
    m_resume->setVisible(!isActive && m_continuation == core::Continuation::Resume);
    m_extend->setVisible(!isActive && m_continuation == core::Continuation::Extend);
    m_pause->setVisible(isActive && !isPaused);
    m_pause->setEnabled(state == State::Training);
    m_unpause->setVisible(isPaused);
    m_step->setVisible(isPaused);
    m_step->setEnabled(state == State::Paused);
    m_stop->setVisible(isActive);
    m_stop->setEnabled(!isStopping);
    m_stop->setText(isStopping ? tr("Stopping…") : tr("Stop"));
    // Focus stays where it was or moves to the button that Space triggers now. After a step it stays on Step.
    m_isFocusDue = hadFocus && (isStopping || state == State::Preparing);
    if (hadFocus && !m_isFocusDue && !(isPaused && focused == m_step))
        (!isActive ? m_train : isPaused ? m_unpause : m_pause)->setFocus();
}

void TopBar::setContinuation(core::Continuation continuation)
{
    m_continuation = continuation;
    setState(m_state);
}

void TopBar::setTrainEnabled(bool enabled, const QString& reason)
{
    m_train->setEnabled(enabled);
    if (enabled && window()->focusWidget() == nullptr)
        m_train->setFocus(); // the most likely first action
    m_resume->setEnabled(enabled);
    m_extend->setEnabled(enabled);
    m_train->setToolTip(enabled ? tr("Train a new network (Ctrl+R)") : reason);
}

void TopBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateIcons();
}

void TopBar::updateIcons()
{
    const Colors colors = currentColors();
    m_train->setIcon(icon(QStringLiteral("play"), colors.onAccent, 14));
    m_unpause->setIcon(icon(QStringLiteral("play"), colors.onAccent, 14));
    m_resume->setIcon(icon(QStringLiteral("play"), colors.text, 14));
    m_extend->setIcon(icon(QStringLiteral("more"), colors.text, 14));
    m_stop->setIcon(icon(QStringLiteral("stop"), colors.text, 14));
    m_pause->setIcon(icon(QStringLiteral("pause"), colors.text, 14));
    m_step->setIcon(icon(QStringLiteral("step"), colors.text, 14));
}

} // namespace ui
