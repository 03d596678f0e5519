// A search in place of what it searches for: how far it is and how long it takes yet, with a button to cancel
// it; or why there is nothing to show, with a button to begin.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui
{

class SearchState : public QWidget
{
    Q_OBJECT
public:
    /// Its parts are called `name` and "Message", "Search", "Progress", "Cancel". Below each other, or
    /// beside.
    SearchState(const QString& name, Qt::Orientation orientation, QWidget* parent = nullptr);

    /// `actionText` names the button, which is there when it has a text.
    void showMessage(const QString& text, const QString& actionText = {});
    /// `text` says what is searched for.
    void showProgress(const QString& text, std::size_t done, std::size_t total);

Q_SIGNALS:
    void searchWanted();
    void cancelWanted();

private:
    QString timeLeft(std::size_t done, std::size_t total) const;

    QLabel* m_message;
    QPushButton* m_search;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QElapsedTimer m_sinceStart;
    std::size_t m_doneAtStart = 0; ///< of the clock
    std::size_t m_done = 0;
};

} // namespace ui
