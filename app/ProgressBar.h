// A progress line that is redrawn in place. Written to stderr, so that standard output stays clean; nothing
// is drawn if stderr is not a terminal.
#pragma once

#include <chrono>
#include <string>

namespace app
{

class ProgressBar
{
public:
    ProgressBar();
    /// Clears the line.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// True at most ten times a second. Check it before formatting the text.
    bool isDue() const;
    /// Draws "before [=====>    ] after", truncated to the terminal's width. `fraction` is 0 … 1.
    void draw(double fraction, const std::string& before, const std::string& after);
    /// Call before printing anything else.
    void clear();

private:
    bool m_isTerminal;
    bool m_isDrawn = false;
    std::chrono::steady_clock::time_point m_lastDrawn;
};

} // namespace app
