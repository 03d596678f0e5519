// Measurements as JSON lines, the same in all programs that are compared.
#pragma once

#include <chrono>
#include <cstdio>
#include <sys/resource.h>

namespace bench
{

class Stopwatch
{
public:
    double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

inline void report(const char* event, double seconds)
{
    std::printf("{\"event\":\"%s\",\"seconds\":%.6f}\n", event, seconds);
    std::fflush(stdout);
}

/// To be called when the test pass is done: both watches are read now.
inline void reportEpoch(int epoch, const Stopwatch& epochWatch, const Stopwatch& sinceStart, int correct)
{
    std::printf("{\"event\":\"epoch\",\"epoch\":%d,\"seconds\":%.6f,\"since_start\":%.6f,\"correct\":%d}\n",
                epoch, epochWatch.seconds(), sinceStart.seconds(), correct);
    std::fflush(stdout);
}

inline void reportMemory()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"event\":\"memory\",\"megabytes\":%.1f}\n", static_cast<double>(usage.ru_maxrss) / 1000);
}

} // namespace bench
