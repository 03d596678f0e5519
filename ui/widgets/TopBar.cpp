#include "ui/widgets/TopBar.h"

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
      m_goOn(addButton("goOnButton", tr("Continue"), {})),
      m_train(addButton("trainButton", tr("Train"), {})),
      m_pause(
          addButton("pauseButton", tr("Pause"), tr("Pause after this batch and save a checkpoint (Space)"))),
      m_resume(addButton("resumeButton", tr("Resume"), tr("Resume (Space)"))),
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
    m_resume->setProperty("primary", true);
    m_stop->setAccessibleName(tr("Stop training"));
    m_dataset->setFocusPolicy(Qt::TabFocus);
    m_device->setFocusPolicy(Qt::TabFocus);
    m_run->setObjectName(QStringLiteral("runChip"));
    m_run->setFocusPolicy(Qt::TabFocus);
    setTrainEnabled(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 10, 16, 10);
    layout->setSpacing(10);
    for (Chip* chip : {m_dataset, m_model, m_device, m_run})
        layout->addWidget(chip);
    layout->addStretch();
    for (QPushButton* button : {m_goOn, m_train, m_step, m_pause, m_resume, m_stop})
        layout->addWidget(button);
    connect(m_goOn, &QPushButton::clicked, this, &TopBar::goOnClicked);
    connect(m_train, &QPushButton::clicked, this, &TopBar::trainClicked);
    connect(m_pause, &QPushButton::clicked, this, &TopBar::pauseClicked);
    connect(m_resume, &QPushButton::clicked, this, &TopBar::resumeClicked);
    connect(m_step, &QPushButton::clicked, this, &TopBar::stepClicked);
    connect(m_stop, &QPushButton::clicked, this, &TopBar::stopClicked);
    setMode(Mode::Idle);
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

void TopBar::setMode(Mode mode)
{
    const auto* focused = qobject_cast<QPushButton*>(window()->focusWidget());
    const bool hadFocus =
        std::exchange(m_isFocusDue, false) || (focused != nullptr && focused->parentWidget() == this);
    m_mode = mode;
    const bool isActive = mode != Mode::Idle;
    const bool isPaused = mode == Mode::Pausing || mode == Mode::Paused;
    m_train->setVisible(!isActive);
    m_goOn->setVisible(!isActive && m_goOnKind != GoOn::No);
    m_pause->setVisible(isActive && !isPaused);
    m_pause->setEnabled(mode == Mode::Training);
    m_resume->setVisible(isPaused);
    m_step->setVisible(isPaused);
    m_step->setEnabled(mode == Mode::Paused);
    m_stop->setVisible(isActive);
    m_stop->setEnabled(mode != Mode::Stopping);
    m_stop->setText(mode == Mode::Stopping ? tr("Stopping…") : tr("Stop"));
    // Focus stays where it was or moves to the button that Space triggers now. After a step it stays on Step.
    m_isFocusDue = hadFocus && mode == Mode::Stopping;
    if (hadFocus && mode != Mode::Stopping && !(isPaused && focused == m_step))
        (!isActive ? m_train : isPaused ? m_resume : m_pause)->setFocus();
}

void TopBar::setGoOn(GoOn goOn)
{
    m_goOnKind = goOn;
    m_goOn->setText(goOn == GoOn::Continue ? tr("Continue") : tr("%1 more epochs").arg(kMoreEpochs));
    m_goOn->setAccessibleName(m_goOn->text());
    m_goOn->setToolTip(
        goOn == GoOn::Continue
            ? tr("Continue the stopped run; the result is bit-identical to an uninterrupted run")
            : tr("Continue the finished run for more epochs"));
    updateIcons();
    setMode(m_mode);
}

void TopBar::setTrainEnabled(bool enabled, const QString& reason)
{
    m_train->setEnabled(enabled);
    if (enabled && window()->focusWidget() == nullptr)
        m_train->setFocus(); // the most likely first action
    m_goOn->setEnabled(enabled);
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
    m_resume->setIcon(icon(QStringLiteral("play"), colors.onAccent, 14));
    m_stop->setIcon(icon(QStringLiteral("stop"), colors.text, 14));
    m_pause->setIcon(icon(QStringLiteral("pause"), colors.text, 14));
    m_step->setIcon(icon(QStringLiteral("step"), colors.text, 14));
    m_goOn->setIcon(icon(m_goOnKind == GoOn::Continue ? QStringLiteral("play") : QStringLiteral("more"),
                         colors.text, 14));
}

} // namespace ui
