// Training configurations and metrics as JSON, for the engine's files and the command line.
#pragma once

#include "engine/training/TrainingState.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

namespace engine
{

nlohmann::json toJson(const TrainingConfig& config);
/// Validation only if there was a validation split.
nlohmann::ordered_json toJson(const EpochReport& epoch);
/// The network entry of weights.json, with the fields that a Python reader needs first.
nlohmann::json modelToJson(const NetworkSpec& spec);

/// Also reads older files, in which only a TinyVGG of two blocks was possible; `network` then has its hidden
/// units and kernel size.
NetworkSpec modelFromJson(const nlohmann::json& value, const NetworkChoice& network);

// These functions throw nlohmann::json::exception or std::logic_error if a value is missing, out of range or
// of the wrong type.
TrainingConfig configFromJson(const nlohmann::json& value);
EpochReport epochFromJson(const nlohmann::json& value);
/// Of a data set: at most kLongestName bytes, as it is shown in labels and tables.
std::string nameFromJson(const nlohmann::json& value);
/// Of its classes: at most as many as there can be.
std::vector<std::string> namesFromJson(const nlohmann::json& value);

inline constexpr std::size_t kLongestName = 4096; ///< an id may be the path of a folder

/// nlohmann-json converts between number types silently; values from a file must be whole and in range.
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
