#include "core/LatestTask.h"

#include <QElapsedTimer>
#include <QObject>

namespace core
{

LatestTask::LatestTask(QObject& owner) : m_owner(owner)
{
    m_pool.setMaxThreadCount(1);
}

LatestTask::~LatestTask()
{
    forget();
    m_pool.clear();
    m_pool.waitForDone();
}

void LatestTask::stop()
{
    if (m_control)
        m_control->requestStop();
}

void LatestTask::forget()
{
    stop();
    m_control.reset();
}

void LatestTask::start(Work work, WorkProgress onProgress)
{
    forget();
    m_control = std::make_shared<engine::TrainingControl>();
    m_pool.clear(); // what has not begun is not wanted any more
    m_pool.start([this, control = m_control, work = std::move(work), onProgress = std::move(onProgress)] {
        constexpr qint64 kMillisecondsBetweenReports = 50;
        QElapsedTimer sinceReport;
        sinceReport.start();
        Answer answer = work(*control, [&](std::size_t done, std::size_t total) {
            if (!onProgress || sinceReport.elapsed() < kMillisecondsBetweenReports)
                return;
            sinceReport.restart();
            post(control, [onProgress, done, total] { onProgress(done, total); });
        });
        post(control, [this, answer = std::move(answer)] {
            m_control.reset();
            answer();
        });
    });
}

void LatestTask::post(const Control& control, Answer answer)
{
    QMetaObject::invokeMethod(
        &m_owner,
        [this, control, answer = std::move(answer)] {
            if (control == m_control)
                answer();
        },
        Qt::QueuedConnection);
}

} // namespace core
