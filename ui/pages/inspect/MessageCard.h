// In place of the network: why there is none to look into, and what to do about it.
#pragma once

#include "ui/widgets/Card.h"

class QLabel;
class QPushButton;

namespace ui
{

class MessageCard : public Card
{
    Q_OBJECT
public:
    explicit MessageCard(QWidget* parent = nullptr);

    /// `actionText` names the button, which is there when it has a text.
    void showMessage(const QString& text, const QString& actionText = {});

Q_SIGNALS:
    void actionWanted();

private:
    QLabel* m_message;
    QPushButton* m_action;
};

} // namespace ui
