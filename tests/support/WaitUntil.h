// Runs the event loop until something has come about.
#pragma once

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>
#include <chrono>

namespace test
{

/// False when the condition still did not hold after a time that no healthy machine needs.
template<typename Condition>
[[nodiscard]] bool waitUntil(const Condition& condition)
{
    using namespace std::chrono_literals;
    const QDeadlineTimer deadline(5min); // sanitizers and a busy machine included
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition() || deadline.hasExpired())
            loop.quit();
    });
    poll.start(2ms);
    loop.exec();
    return condition();
}

} // namespace test
