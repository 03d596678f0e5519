// Formats the metrics of an epoch, as text and as JSON.
#pragma once

#include "engine/training/TrainingState.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

/// "train loss 0.3025  91.20 % (54720/60000)   test loss …"; validation only if there is a validation split.
std::string epochText(const engine::EpochReport& epoch);

/// engine::toJson() of the report, with training and testing time summed into one number.
nlohmann::ordered_json epochJson(const engine::EpochReport& epoch);

} // namespace app
