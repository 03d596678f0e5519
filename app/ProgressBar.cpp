#include "app/ProgressBar.h"

#include "app/Printable.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace app
{
namespace
{

std::size_t terminalWidth()
{
    winsize size = {};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

ProgressBar::ProgressBar() : m_isTerminal(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar()
{
    clear();
}

bool ProgressBar::isDue() const
{
    return m_isTerminal && std::chrono::steady_clock::now() - m_lastDrawn >= std::chrono::milliseconds(100);
}

void ProgressBar::draw(double fraction, const std::string& before, const std::string& after)
{
    if (!m_isTerminal)
        return;
    constexpr std::size_t kWidth = 14;
    const auto filled = static_cast<std::size_t>(std::lround(std::clamp(fraction, 0.0, 1.0) * kWidth));
    std::string bar = std::string(filled, '=') + std::string(kWidth - filled, ' ');
    if (filled < kWidth)
        bar[filled] = '>';
    std::string line = printableLine(before + " [" + bar + "] " + after);
    line.resize(std::min(line.size(), terminalWidth() - 1)); // a wrapped line cannot be redrawn
    std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
    std::fflush(stderr);
    m_isDrawn = true;
    m_lastDrawn = std::chrono::steady_clock::now();
}

void ProgressBar::clear()
{
    if (!m_isDrawn)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    m_isDrawn = false;
}

} // namespace app
