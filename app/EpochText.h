// The metrics of an epoch, for people and for programs.
#pragma once

#include "engine/training/TrainingState.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

/// "train loss 0.3025  91.20 % (54720/60000)   test loss …"; validation only where there was one.
std::string epochText(const engine::EpochReport& epoch);

/// What engine::toJson() says of it, with the seconds of training and testing as one number.
nlohmann::ordered_json epochJson(const engine::EpochReport& epoch);

} // namespace app
