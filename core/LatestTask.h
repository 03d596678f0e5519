// Runs background work of one kind off the GUI thread; only the latest request counts.
//
//     m_task.start(
//         [request](const std::stop_token& stop, const TaskProgress& progress) { // on a thread of its own
//             return search(request, stop, progress);                            // a Result<T>
//         },
//         [this](engine::Result<Found> result) { … },                            // on the owner's thread
//         [this](std::size_t done, std::size_t total) { … });                    // likewise, periodically
//
// The work may take both arguments, only the stop token, or none. Exceptions become an Error.
#pragma once

#include "core/TaskQueue.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <type_traits>

namespace core
{

/// Called periodically, on the worker thread, with the amounts done and in total.
using TaskProgress = std::function<void(std::size_t done, std::size_t total)>;

class LatestTask
{
public:
    /// Make it a member of `owner`, on whose thread it is used and delivers results.
    explicit LatestTask(QObject& owner);
    /// Cancels the current request and waits for it.
    ~LatestTask();
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    /// Cancels earlier requests. `onProgress` is called on the owner's thread, at most twenty times a second.
    template<typename Work, typename Deliver>
    void start(Work work, Deliver deliver, TaskProgress onProgress = {})
    {
        forget();
        startNext(std::move(work), std::move(deliver), std::move(onProgress));
    }
    /// The same, but a request in progress finishes and delivers; only waiting requests are dropped. So
    /// results keep coming, in order, however fast requests arrive.
    template<typename Work, typename Deliver>
    void startNext(Work work, Deliver deliver, TaskProgress onProgress = {})
    {
        run(
            [work = std::move(work), deliver = std::move(deliver)](const std::stop_token& stop,
                                                                   const TaskProgress& progress) -> Delivery {
                auto result =
                    engine::guarded("A background task", [&] { return call(work, stop, progress); });
                const auto shared = std::make_shared<decltype(result)>(std::move(result));
                return [deliver, shared] { deliver(std::move(*shared)); };
            },
            std::move(onProgress));
    }
    /// Requests the current work to stop. It still delivers.
    void stop();
    /// Requests the current work to stop; it does not deliver.
    void forget();
    /// True until the latest request has delivered.
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
    /// Runs `delivery` on the owner's thread, unless the request of `stop` has been forgotten by then.
    void post(const std::stop_token& stop, Delivery delivery);

    std::stop_source m_stop{std::nostopstate}; ///< for all requests since forget(); without state if none
    quint64 m_latest = 0;                      ///< number of the latest request
    TaskQueue m_queue;
};

} // namespace core
