// Recipes and metrics as JSON: in the engine's own files, and on the command line.
#pragma once

#include "engine/training/TrainingState.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace engine
{

nlohmann::json toJson(const TrainingConfig& config);
/// Validation only where there was one.
nlohmann::ordered_json toJson(const EpochReport& epoch);
/// What weights.json says of a model: the network, with what a reader in Python asks first.
nlohmann::json modelToJson(const NetworkSpec& spec);

/// Also as it was written when there was only the TinyVGG of two blocks: `network` then says its units and
/// kernels.
NetworkSpec modelFromJson(const nlohmann::json& value, const NetworkChoice& network);

// These throw nlohmann::json::exception or std::logic_error where something is missing, of another kind or
// out of range.
TrainingConfig configFromJson(const nlohmann::json& value);
EpochReport epochFromJson(const nlohmann::json& value);

/// nlohmann-json converts any number to any other; what is read from a file must be whole and in its range.
template<typename T>
T wholeNumber(const nlohmann::json& value, T low, T high)
{
    if (value.is_number_unsigned() && value.get<std::uint64_t>() >= static_cast<std::uint64_t>(low) &&
        value.get<std::uint64_t>() <= static_cast<std::uint64_t>(high))
        return value.get<T>();
    throw std::out_of_range("expected a number from " + std::to_string(low) + " to " + std::to_string(high) +
                            "; found " + value.dump());
}

inline constexpr int kLargestCount = std::numeric_limits<int>::max();
inline constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::uint64_t>::max();

} // namespace engine
