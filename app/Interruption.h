// Ctrl+C, SIGTERM and a closed terminal as a wish to stop. While an object of this class lives, the first of
// these signals sets its control, and a second one ends the process at once.
#pragma once

#include "engine/training/TrainingControl.h"

#include <array>
#include <csignal>

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

    engine::TrainingControl& control() { return m_control; }
    bool isRequested() const { return m_control.isStopRequested(); }

private:
    static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

    engine::TrainingControl m_control;
    std::array<struct sigaction, kSignals.size()> m_before = {};
};

} // namespace app
