// Work of one kind off the GUI thread, of which only the latest request counts.
//
//     m_task.start(
//         [request](const std::stop_token& stop, const TaskProgress& progress) { // on a thread of its own
//             return search(request, stop, progress);                            // a Result<T>
//         },
//         [this](engine::Result<Found> result) { … },                            // on the owner's thread
//         [this](std::size_t done, std::size_t total) { … });                    // likewise, now and then
//
// The work may take both arguments, the stop token alone, or none. What it throws becomes an Error.
#pragma once

#include "core/Guarded.h"

#include <QThreadPool>
#include <functional>
#include <memory>
#include <stop_token>
#include <type_traits>

class QObject;

namespace core
{

/// Called now and then, on the thread that works, with how much is done and how much there is.
using TaskProgress = std::function<void(std::size_t done, std::size_t total)>;

class LatestTask
{
public:
    /// A member of `owner`, on whose thread it is used and delivers.
    explicit LatestTask(QObject& owner);
    /// Forgets what is under way, and waits for it.
    ~LatestTask();
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    /// Forgets what was asked for before. `onProgress` is called on the owner's thread, twenty times a second
    /// at most.
    template<typename Work, typename Deliver>
    void start(Work work, Deliver deliver, TaskProgress onProgress = {})
    {
        forget();
        startNext(std::move(work), std::move(deliver), std::move(onProgress));
    }
    /// The same, but lets what has begun end and deliver; only what waits is dropped. So results keep coming
    /// however fast requests do, in their order.
    template<typename Work, typename Deliver>
    void startNext(Work work, Deliver deliver, TaskProgress onProgress = {})
    {
        run(
            [work = std::move(work), deliver = std::move(deliver)](const std::stop_token& stop,
                                                                   const TaskProgress& progress) -> Delivery {
                auto result = guarded("A background task", [&] { return call(work, stop, progress); });
                const auto shared = std::make_shared<decltype(result)>(std::move(result));
                return [deliver, shared] { deliver(std::move(*shared)); };
            },
            std::move(onProgress));
    }
    /// Requests what is under way to stop. It delivers all the same.
    void stop();
    /// Requests it to stop, and delivers nothing more of it.
    void forget();
    /// The latest request has not delivered yet.
    bool isBusy() const { return m_stop.stop_possible(); }

private:
    using Delivery = std::function<void()>;
    using Run = std::function<Delivery(const std::stop_token&, const TaskProgress&)>;

    template<typename Work>
    static auto call(const Work& work, const std::stop_token& stop, const TaskProgress& progress)
    {
        if constexpr (std::is_invocable_v<const Work&, const std::stop_token&, const TaskProgress&>)
            return work(stop, progress);
        else if constexpr (std::is_invocable_v<const Work&, const std::stop_token&>)
            return work(stop);
        else
            return work();
    }
    void run(Run run, TaskProgress onProgress);
    /// On the owner's thread, unless the request that `stop` belongs to is forgotten by then.
    void post(const std::stop_token& stop, Delivery delivery);

    QObject& m_owner;
    std::stop_source m_stop{std::nostopstate}; ///< of all requests since forget(); without a state if none
    quint64 m_latest = 0;                      ///< number of the latest request
    QThreadPool m_pool;
};

} // namespace core
