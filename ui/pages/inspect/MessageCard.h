// Replaces the network while there is none to inspect: the reason and a suggested action.
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

    /// The button is shown if `actionText` is not empty.
    void showMessage(const QString& text, const QString& actionText = {});

Q_SIGNALS:
    void actionWanted();

private:
    QLabel* m_message;
    QPushButton* m_action;
};

} // namespace ui
