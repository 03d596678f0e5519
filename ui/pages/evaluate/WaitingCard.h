// Placeholder for a page without content: a message, or the progress of an operation.
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

    /// Nothing is in progress. The button is shown if `actionText` is not empty.
    void showMessage(const QString& text, const QString& actionText = {});
    /// Something is in progress; showProgress() may report how far it is.
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
