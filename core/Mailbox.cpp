#include "core/Mailbox.h"

#include "core/ThreadSanitizer.h"

#include <QCoreApplication>
#include <QEvent>

namespace core
{
namespace
{

class CallEvent final : public QEvent
{
public:
    explicit CallEvent(std::function<void()> action) : QEvent(User), m_action(std::move(action)) {}
    ~CallEvent() override { acquireFromQt(this); }

    void call() const { m_action(); }

private:
    std::function<void()> m_action;
};

} // namespace

void Mailbox::post(std::function<void()> action)
{
    auto* event = new CallEvent(std::move(action));
    releaseToQt(event);
    QCoreApplication::postEvent(this, event); // takes ownership
}

bool Mailbox::event(QEvent* event)
{
    acquireFromQt(event);
    if (event->type() != QEvent::User)
        return QObject::event(event);
    static_cast<const CallEvent*>(event)->call();
    return true;
}

} // namespace core
