// Work of one kind off the GUI thread, of which only the newest counts: of two pieces the older is given up,
// and nothing more comes of it.
//
//     m_work.start([this, request](const engine::TrainingControl& control, const WorkProgress& progress) {
//         auto result = search(request, control, progress);       // on a thread of its own
//         return [this, result] { Q_EMIT found(result); };        // on the owner's
//     });
#pragma once

#include "engine/training/TrainingControl.h"

#include <QThreadPool>
#include <functional>
#include <memory>

class QObject;

namespace core
{

/// Called now and then, on the thread that works, with how much is done and how much there is.
using WorkProgress = std::function<void(std::size_t done, std::size_t total)>;

class LatestTask
{
public:
    using Answer = std::function<void()>;
    /// Ends early where `control` asks for a stop. Returns what is to be done with its result.
    using Work = std::function<Answer(const engine::TrainingControl& control, const WorkProgress& progress)>;

    /// Of which this is a member, and on whose thread it is used and answers.
    explicit LatestTask(QObject& owner);
    /// Gives up what is under way, and waits for it.
    ~LatestTask();

    /// `onProgress` is called on the owner's thread, twenty times a second at most.
    void start(Work work, WorkProgress onProgress = {});
    /// Asks what is under way to end early. Its answer comes all the same.
    void stop();
    /// Of what is under way nothing more comes.
    void forget();
    bool isBusy() const { return m_control != nullptr; }

private:
    using Control = std::shared_ptr<engine::TrainingControl>;

    /// On the owner's thread, unless newer work has come.
    void post(const Control& control, Answer answer);

    QObject& m_owner;
    Control m_control; ///< of what is under way
    QThreadPool m_pool;
};

} // namespace core
