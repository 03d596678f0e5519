// How soon the Evaluate page answers, in the real window: from a click on a cell of the matrix to the painted
// gallery, and from choosing a stored run to the painted page.
#pragma once

#include "Measurements.h"

#include "ui/widgets/Chip.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QMainWindow>
#include <QMenu>
#include <QMouseEvent>
#include <functional>
#include <optional>
#include <random>

namespace bench
{

class EvaluateProbe : public QObject
{
public:
    /// The runs 1 and 2 are there, and the window is on one of them. `whenDone` is called when all is
    /// reported.
    EvaluateProbe(QMainWindow& window, int clicks, std::function<void()> whenDone)
        : QObject(&window),
          m_window(window),
          m_matrix(view("confusionMatrix")),
          m_gallery(view("gallery")),
          m_clicks(clicks),
          m_runs(clicks),
          m_whenDone(std::move(whenDone))
    {
        m_gallery->viewport()->installEventFilter(this);
        connect(m_gallery->model(), &QAbstractItemModel::modelReset, this, [this] { m_isNew = true; });
        next();
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_isNew && m_watch) {
            m_isNew = false;
            QMetaObject::invokeMethod( // by then all of it is painted and on the display
                this, [this] { onPainted(); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    QAbstractItemView* view(const char* name)
    {
        return m_window.findChild<QAbstractItemView*>(QLatin1String(name));
    }

    void onPainted()
    {
        report(m_what, m_watch->seconds());
        m_watch.reset();
        QMetaObject::invokeMethod(
            this, [this] { next(); }, Qt::QueuedConnection);
    }

    void next()
    {
        m_isNew = false;
        if (m_clicks > 0) {
            --m_clicks;
            clickSomeCell();
        } else if (m_runs > 0) {
            --m_runs;
            chooseRun(1 + m_runs % 2);
        } else {
            m_whenDone();
        }
    }

    /// Any of all: most hold a few images, those of the diagonal a thousand.
    void clickSomeCell()
    {
        const int classes = m_matrix->model()->rowCount() - 1; // one more holds the precisions
        const int before = m_cell;
        while (m_cell == before) // a second click on a cell would change nothing
            m_cell = static_cast<int>(m_random() % static_cast<unsigned>(classes * classes));
        const QRect cell = m_matrix->visualRect(m_matrix->model()->index(m_cell / classes, m_cell % classes));
        const QPointF place = cell.center();
        const QPointF onScreen = m_matrix->viewport()->mapToGlobal(place);
        m_what = "click to gallery";
        m_watch.emplace();
        QMouseEvent press(QEvent::MouseButtonPress, place, onScreen, Qt::LeftButton, Qt::LeftButton, {});
        QMouseEvent release(QEvent::MouseButtonRelease, place, onScreen, Qt::LeftButton, Qt::NoButton, {});
        QApplication::sendEvent(m_matrix->viewport(), &press);
        QApplication::sendEvent(m_matrix->viewport(), &release);
    }

    void chooseRun(int number)
    {
        QMenu* menu = m_window.findChild<ui::Chip*>(QStringLiteral("runChip"))->menu();
        Q_EMIT menu->aboutToShow(); // which fills it
        auto* entry = menu->findChild<QAction*>(QStringLiteral("run_%1").arg(number));
        m_what = "open run";
        m_watch.emplace();
        entry->trigger();
    }

    QMainWindow& m_window;
    QAbstractItemView* m_matrix;
    QAbstractItemView* m_gallery;
    int m_cell = -1; ///< that was clicked last
    int m_clicks;
    int m_runs;
    std::function<void()> m_whenDone;
    const char* m_what = nullptr;
    std::optional<Stopwatch> m_watch; ///< of what is under way
    bool m_isNew = false;             ///< the gallery has other images than were painted
    std::minstd_rand m_random{7};
};

} // namespace bench
