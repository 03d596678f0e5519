#include "ui/widgets/TopBar.h"

#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Chip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace ui
{

TopBar::TopBar(QWidget* parent)
    : QWidget(parent),
      m_dataset(new Chip(tr("Data set"), this)),
      m_model(new Chip(tr("Model"), this)),
      m_device(new Chip(tr("Device"), this)),
      m_train(new QPushButton(tr("Train"), this)),
      m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_dataset->setObjectName(QStringLiteral("datasetChip"));
    m_model->setObjectName(QStringLiteral("modelChip"));
    m_model->setFocusPolicy(Qt::NoFocus);
    m_device->setObjectName(QStringLiteral("deviceChip"));
    m_train->setObjectName(QStringLiteral("trainButton"));
    m_train->setAccessibleName(tr("Train"));
    m_train->setProperty("primary", true);
    m_stop->setObjectName(QStringLiteral("stopButton"));
    m_stop->setAccessibleName(tr("Stop training"));
    m_stop->setToolTip(tr("Stop and keep the weights as they are (Esc)"));
    m_dataset->setFocusPolicy(Qt::TabFocus);
    m_device->setFocusPolicy(Qt::TabFocus);
    setTrainEnabled(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 10, 16, 10);
    layout->setSpacing(10);
    for (Chip* chip : {m_dataset, m_model, m_device})
        layout->addWidget(chip);
    layout->addStretch();
    layout->addWidget(m_train);
    layout->addWidget(m_stop);
    connect(m_train, &QPushButton::clicked, this, &TopBar::trainClicked);
    connect(m_stop, &QPushButton::clicked, this, &TopBar::stopClicked);
    setAction(Action::Train);
    updateIcons();
}

void TopBar::setAction(Action action)
{
    const bool hadFocus = m_train->hasFocus() || m_stop->hasFocus();
    m_train->setVisible(action == Action::Train);
    m_stop->setVisible(action != Action::Train);
    m_stop->setEnabled(action == Action::Stop);
    m_stop->setText(action == Action::Stopping ? tr("Stopping…") : tr("Stop"));
    if (hadFocus)
        (action == Action::Train ? m_train : m_stop)->setFocus();
}

void TopBar::setTrainEnabled(bool enabled, const QString& reason)
{
    m_train->setEnabled(enabled);
    if (enabled && window()->focusWidget() == nullptr)
        m_train->setFocus(); // the first thing that a newcomer wants
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
    m_stop->setIcon(icon(QStringLiteral("stop"), colors.text, 14));
}

} // namespace ui
