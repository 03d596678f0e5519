#include "app/Interruption.h"

#include "app/ExitCode.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace app
{
namespace
{

constexpr int kNone = -1;

// A signal handler receives only the signal's number, so its state must be global.
std::atomic<int> g_pipe = kNone;
static_assert(std::atomic<int>::is_always_lock_free, "used in a signal handler");

extern "C" void onSignal(int /*signal*/)
{
    const int pipe = g_pipe.exchange(kNone);
    const char byte = 1;
    if (pipe == kNone || ::write(pipe, &byte, 1) != 1)
        ::_exit(kInterrupted);
}

} // namespace

Interruption::Interruption()
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC) != 0)
        return; // no handlers: signals keep their default action
    m_watcher = std::thread([this] { waitForSignal(); });
    g_pipe = m_pipe[1];
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        struct sigaction action = {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        ::sigaction(kSignals[i], nullptr, &m_before[i]);
        // nohup ignores SIGHUP so that the process outlives its terminal. Keep that.
        if (kSignals[i] != SIGHUP || m_before[i].sa_handler != SIG_IGN)
            ::sigaction(kSignals[i], &action, nullptr);
    }
}

Interruption::~Interruption()
{
    if (!m_watcher.joinable())
        return;
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        ::sigaction(kSignals[i], &m_before[i], nullptr);
    g_pipe = kNone;
    ::close(m_pipe[1]); // ends the watching thread
    m_watcher.join();
    ::close(m_pipe[0]);
}

void Interruption::waitForSignal()
{
    char byte = 0;
    ssize_t count = 0;
    do {
        count = ::read(m_pipe[0], &byte, 1);
    } while (count < 0 && errno == EINTR);
    if (count == 1)
        m_stop.request_stop();
}

} // namespace app
