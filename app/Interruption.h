// Turns Ctrl+C, SIGTERM and a closed terminal into a stop request. While an object of this class exists, the
// first of these signals requests a stop and the second ends the process at once.
#pragma once

#include <array>
#include <csignal>
#include <stop_token>
#include <thread>

namespace app
{

/// At most one instance at a time.
class Interruption
{
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    /// Its callbacks run on a thread of this object.
    std::stop_token stopToken() const { return m_stop.get_token(); }
    bool isRequested() const { return m_stop.stop_requested(); }

private:
    static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

    void waitForSignal();

    std::stop_source m_stop;
    std::array<int, 2> m_pipe = {-1, -1}; ///< the signal handler may only write to it
    std::array<struct sigaction, kSignals.size()> m_before = {};
    std::thread m_watcher;
};

} // namespace app
