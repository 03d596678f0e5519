// A network as JSON, as `train --network FILE.json` reads it and as runs keep it:
//
//     {"input":[1,28,28],"classes":10,"layers":[{"type":"Conv2d","out_channels":8,"kernel_size":5,
//      "padding":"same"},{"type":"ReLU"},{"type":"Flatten"},{"type":"Linear","out_features":10}]}
//
// Types and fields are PyTorch's, and so are their defaults. A layer may have a "name", its name in the
// state_dict: all have one, or none has.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkFamilies.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace engine
{

/// One line without its end; `isIndented`: pretty, for people.
std::string networkText(const NetworkSpec& spec, bool isIndented = false);
/// Errors: BadFormat, saying which layer and field, what was expected and what was found. Whether the layers
/// fit together is for validate().
Result<NetworkSpec> networkFromText(std::string_view json);

/// Errors: NotFound, CannotRead, BadFormat, with the path.
Result<NetworkSpec> readNetworkFile(const std::filesystem::path& path);
/// Written whole or not at all. Errors: CannotWrite.
Result<void> writeNetworkFile(const std::filesystem::path& path, const NetworkSpec& spec);

/// A choice of network as settings keep it: {"family":"tinyvgg","blocks":2,…}, or
/// {"family":"custom","layers":[…]}.
std::string choiceText(const NetworkChoice& choice);
/// Errors: BadFormat.
Result<NetworkChoice> choiceFromText(std::string_view json);

} // namespace engine
