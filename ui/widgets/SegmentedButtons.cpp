#include "ui/widgets/SegmentedButtons.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace ui
{

SegmentedButtons::SegmentedButtons(Mode mode, QWidget* parent)
    : QWidget(parent),
      m_mode(mode),
      m_layout(new QHBoxLayout(this))
{
    m_group.setExclusive(mode == Mode::One);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    connect(&m_group, &QButtonGroup::idClicked, this,
            [this](int index) { Q_EMIT toggled(index, m_group.button(index)->isChecked()); });
}

void SegmentedButtons::setSegments(const QStringList& names, const QStringList& descriptions)
{
    for (QAbstractButton* button : m_group.buttons()) {
        m_group.removeButton(button);
        m_layout->removeWidget(button);
        button->hide();
        button->setObjectName({}); // the new buttons take these names
        button->deleteLater();     // deleteLater(): it may be the sender
    }
    for (int i = 0; i < names.size(); ++i) {
        auto* button = new QToolButton(this);
        const QString description = descriptions.value(i, names[i]);
        const bool isFirst = i == 0;
        const bool isLast = i == names.size() - 1;
        button->setText(names[i]);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolTip(description);
        button->setAccessibleName(description);
        button->setObjectName(objectName() + QLatin1Char('_') + QString::number(i));
        button->setProperty("segment", QLatin1String(isFirst && isLast ? "only"
                                                     : isFirst         ? "first"
                                                     : isLast          ? "last"
                                                                       : "middle"));
        m_group.addButton(button, i);
        m_layout->addWidget(button);
    }
    if (m_mode == Mode::One && !names.isEmpty())
        m_group.button(0)->setChecked(true);
}

void SegmentedButtons::setSegmentText(int index, const QString& text)
{
    if (auto* button = m_group.button(index))
        button->setText(text);
}

void SegmentedButtons::setSegmentEnabled(int index, bool isEnabled)
{
    if (auto* button = m_group.button(index))
        button->setEnabled(isEnabled);
}

void SegmentedButtons::setChecked(int index, bool checked)
{
    if (auto* button = m_group.button(index))
        button->setChecked(checked);
}

bool SegmentedButtons::isChecked(int index) const
{
    const auto* button = m_group.button(index);
    return button != nullptr && button->isChecked();
}

} // namespace ui
