// Reads the weights that PyTorch saves: `torch.save(model.state_dict(), path)` or a plain dict of tensors.
//
// Such a file is a zip archive of stored members, data.pkl with the structure and data/N with the numbers. A
// pickle is a program and may run anything; this reader knows only the instructions that a state_dict needs,
// builds only dicts, tuples, numbers, strings and tensors, and refuses the rest, so a file from a stranger is
// safe to open. Source of the instructions: Python's standard library, pickletools.
#pragma once

#include "engine/network/ModelSnapshot.h"

#include <filesystem>

namespace engine
{

/// Every float32 tensor of the file, in its order. Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<std::vector<WeightArray>> readStateDict(const std::filesystem::path& path);

} // namespace engine
