// Networks as JSON values. For the engine's own files; others use NetworkFile.h.
#pragma once

#include "engine/network/NetworkFamilies.h"

#include <nlohmann/json_fwd.hpp>

namespace engine
{

nlohmann::json toJson(const NetworkSpec& spec);
nlohmann::json toJson(const NetworkChoice& choice);

// These throw nlohmann::json::exception or std::logic_error with a sentence, where something is missing, of
// another kind, unknown or out of range.
NetworkSpec specFromJson(const nlohmann::json& value);
NetworkChoice choiceFromJson(const nlohmann::json& value);

} // namespace engine
