// Placeholder for the results of a search: progress, remaining time and a cancel button; or why there are
// none, with a button to start.
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
    /// The objectNames of its parts are `name` plus "Message", "Search", "Progress", "Cancel". Arranged
    /// vertically or horizontally.
    SearchState(const QString& name, Qt::Orientation orientation, QWidget* parent = nullptr);

    /// The button is shown if `actionText` is not empty.
    void showMessage(const QString& text, const QString& actionText = {});
    /// `text` describes the search.
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
    std::size_t m_doneAtStart = 0; ///< when the clock was started
    std::size_t m_done = 0;
};

} // namespace ui
