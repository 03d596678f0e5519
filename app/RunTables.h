// The figures of a training as lines for people.
#pragma once

#include "engine/training/TrainingState.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

/// A line an epoch, each behind a line break.
std::string epochLines(const std::vector<engine::EpochReport>& epochs);

/// The figures of one epoch; those of validation only where there was one.
nlohmann::ordered_json epochJson(const engine::EpochReport& epoch);

} // namespace app
