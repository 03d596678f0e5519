// Runs functions on the thread of a QObject, in the order in which they were posted.
//
//     m_mailbox.post([this, result] { Q_EMIT finished(result); });    // from any thread
#pragma once

#include <QObject>
#include <functional>

namespace core
{

class Mailbox : private QObject
{
public:
    /// Make it a member of `owner`. It moves to another thread with its owner.
    explicit Mailbox(QObject& owner) : QObject(&owner) {}

    /// `action` runs later, from the event loop of the owner's thread; never if the owner is destroyed first.
    void post(std::function<void()> action);

private:
    bool event(QEvent* event) override;
};

} // namespace core
