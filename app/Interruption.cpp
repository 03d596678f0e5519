#include "app/Interruption.h"

#include "app/ExitCode.h"

#include <atomic>
#include <unistd.h>

namespace app
{
namespace
{

// A signal handler is handed nothing but the signal's number, so what it acts on must be global.
std::atomic<engine::TrainingControl*> g_control = nullptr;
static_assert(std::atomic<engine::TrainingControl*>::is_always_lock_free, "used in a signal handler");

extern "C" void onSignal(int /*signal*/)
{
    if (engine::TrainingControl* control = g_control.exchange(nullptr))
        control->requestStop();
    else
        ::_exit(kInterrupted);
}

} // namespace

Interruption::Interruption()
{
    g_control = &m_control;
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        struct sigaction action = {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        ::sigaction(kSignals[i], nullptr, &m_before[i]);
        // nohup ignores SIGHUP so that the process outlives its terminal.
        if (kSignals[i] != SIGHUP || m_before[i].sa_handler != SIG_IGN)
            ::sigaction(kSignals[i], &action, nullptr);
    }
}

Interruption::~Interruption()
{
    for (std::size_t i = 0; i < kSignals.size(); ++i)
        ::sigaction(kSignals[i], &m_before[i], nullptr);
    g_control = nullptr;
}

} // namespace app
