// Networks as JSON, as read by `train --network FILE.json` and stored with runs:
//
//     {"input":[1,28,28],"classes":10,"layers":[{"type":"Conv2d","out_channels":8,"kernel_size":5,
//      "padding":"same"},{"type":"ReLU"},{"type":"Flatten"},{"type":"Linear","out_features":10}]}
//
// Types, fields and defaults are PyTorch's. A layer may have a "name", its name in the state_dict; either all
// layers have one or none.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkFamilies.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace engine
{

/// One line without a line break, or indented for people if `isIndented`.
std::string networkText(const NetworkSpec& spec, bool isIndented = false);
/// Errors: BadFormat, naming layer and field, what was expected and what was found. Use validate() to check
/// whether the layers fit together.
Result<NetworkSpec> networkFromText(std::string_view json);

/// Errors: NotFound, CannotRead, BadFormat, with the path.
Result<NetworkSpec> readNetworkFile(const std::filesystem::path& path);
/// Atomic write. Errors: CannotWrite.
Result<void> writeNetworkFile(const std::filesystem::path& path, const NetworkSpec& spec);

/// A NetworkChoice as stored in settings: {"family":"tinyvgg","blocks":2,…}, or
/// {"family":"custom","layers":[…]}.
std::string choiceText(const NetworkChoice& choice);
/// Errors: BadFormat.
Result<NetworkChoice> choiceFromText(std::string_view json);

} // namespace engine
