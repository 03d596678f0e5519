// One line on the terminal that is drawn again and again. On stderr, so that standard output stays clean;
// where stderr is no terminal, nothing is drawn.
#pragma once

#include <chrono>
#include <string>

namespace app
{

class ProgressBar
{
public:
    ProgressBar();
    /// Leaves no half line behind.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// True at most ten times a second: worth putting a text together.
    bool isDue() const;
    /// "before [=====>    ] after", cut to the terminal's width. `fraction` is 0 … 1.
    void draw(double fraction, const std::string& before, const std::string& after);
    /// Before anything else is printed.
    void clear();

private:
    bool m_isTerminal;
    bool m_isDrawn = false;
    std::chrono::steady_clock::time_point m_lastDrawn;
};

} // namespace app
