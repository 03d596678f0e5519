#include "core/LatestTask.h"

#include <QElapsedTimer>

namespace core
{

LatestTask::LatestTask(QObject& owner) : m_queue(owner) {}

LatestTask::~LatestTask()
{
    forget();
    m_queue.clear();
}

void LatestTask::stop()
{
    m_stop.request_stop();
}

void LatestTask::forget()
{
    stop();
    m_stop = std::stop_source(std::nostopstate);
}

void LatestTask::run(Run run, TaskProgress onProgress)
{
    if (!m_stop.stop_possible() || m_stop.stop_requested())
        m_stop = std::stop_source();
    m_queue.clear(); // drops a request that has not started
    m_queue.run([this, number = ++m_latest, stop = m_stop.get_token(), run = std::move(run),
                 onProgress = std::move(onProgress)] {
        constexpr qint64 kMillisecondsBetweenReports = 50;
        QElapsedTimer sinceReport;
        sinceReport.start();
        Delivery delivery = run(stop, [&](std::size_t done, std::size_t total) {
            if (!onProgress || sinceReport.elapsed() < kMillisecondsBetweenReports)
                return;
            sinceReport.restart();
            post(stop, [onProgress, done, total] { onProgress(done, total); });
        });
        post(stop, [this, number, delivery = std::move(delivery)] {
            if (number == m_latest)
                m_stop = std::stop_source(std::nostopstate);
            delivery();
        });
    });
}

void LatestTask::post(const std::stop_token& stop, Delivery delivery)
{
    m_queue.post([this, stop, delivery = std::move(delivery)] {
        if (m_stop.stop_possible() && stop == m_stop.get_token())
            delivery();
    });
}

} // namespace core
