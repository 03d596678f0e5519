// Reads weights saved by PyTorch: `torch.save(model.state_dict(), path)` or a plain dict of tensors.
//
// Such a file is a zip archive of stored members: data.pkl with the structure, data/N with the numbers. A
// pickle is a program that can run arbitrary code. This reader supports only the instructions that a
// state_dict needs and creates only dicts, tuples, numbers, strings and tensors, so untrusted files are safe
// to open. Source of the instructions: Python's standard library, pickletools.
#pragma once

#include "engine/network/ModelSnapshot.h"

#include <filesystem>

namespace engine
{

/// Every float32 tensor of the file, in file order. Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<std::vector<WeightArray>> readStateDict(const std::filesystem::path& path);

} // namespace engine
