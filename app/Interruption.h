// Ctrl+C, SIGTERM and a closed terminal as a request to stop. While an object of this class lives, the first
// of these signals requests it, and a second one ends the process at once.
#pragma once

#include <array>
#include <csignal>
#include <stop_token>
#include <thread>

namespace app
{

/// One at a time.
class Interruption
{
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    /// Callbacks of it are called on a thread of this object.
    std::stop_token stopToken() const { return m_stop.get_token(); }
    bool isRequested() const { return m_stop.stop_requested(); }

private:
    static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

    void waitForSignal();

    std::stop_source m_stop;
    std::array<int, 2> m_pipe = {-1, -1}; ///< from the signal handler, which may do no more than write to it
    std::array<struct sigaction, kSignals.size()> m_before = {};
    std::thread m_watcher;
};

} // namespace app
