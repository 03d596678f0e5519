// What stands in the place of a page that has nothing to show yet: why, or how far it has come.
#pragma once

#include "ui/widgets/Card.h"

#include <QElapsedTimer>

class QProgressBar;
class QPushButton;

namespace ui
{

class WaitingCard : public Card
{
    Q_OBJECT
public:
    explicit WaitingCard(QWidget* parent = nullptr);

    /// Nothing is under way. `actionText` names the button, which is there when it has a text.
    void showMessage(const QString& text, const QString& actionText = {});
    /// Something is; showProgress() may tell how far it has come.
    void showBusy(const QString& text);
    void showProgress(std::size_t done, std::size_t total);

Q_SIGNALS:
    void cancelClicked();
    void actionWanted();

private:
    void showText(const QString& text, bool isBusy);

    QLabel* m_message;
    QProgressBar* m_progress;
    QLabel* m_left;
    QElapsedTimer m_sinceBegin;
    QPushButton* m_cancel;
    QPushButton* m_action;
};

} // namespace ui
