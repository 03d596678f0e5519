// Networks as JSON values. For the engine's own files; others use NetworkFile.h.
#pragma once

#include "engine/network/NetworkFamilies.h"

#include <nlohmann/json_fwd.hpp>

namespace engine
{

nlohmann::json toJson(const NetworkSpec& spec);
nlohmann::json toJson(const NetworkChoice& choice);

// These functions throw nlohmann::json::exception or std::logic_error, with a message, if a value is missing,
// unknown, out of range or of the wrong type.
NetworkSpec specFromJson(const nlohmann::json& value);
NetworkChoice choiceFromJson(const nlohmann::json& value);

} // namespace engine
