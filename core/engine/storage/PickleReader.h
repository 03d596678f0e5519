// Reads the subset of pickle that a saved state_dict uses. Nothing is called or imported: a global is stored
// as its name, and a call as that name with its arguments, for the caller to interpret. Source: Python's
// pickletools, protocols 2 and 4.
#pragma once

#include "engine/Result.h"

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace engine
{

struct PickleValue;
using PickleIndex = std::size_t; ///< index into Pickle::values; values may be shared

struct PickleNone {
};
struct PickleGlobal {
    std::string name; ///< "module.name"
};
struct PickleTuple {
    std::vector<PickleIndex> items;
};
struct PickleDict {
    std::vector<std::pair<PickleIndex, PickleIndex>> items;
};
/// The unevaluated call `callable(*arguments)`.
struct PickleCall {
    std::string callable;
    PickleIndex arguments = 0;
};
/// A reference to an object outside the pickle, such as a tensor's storage.
struct PicklePersistent {
    PickleIndex id = 0;
};

struct PickleValue {
    std::variant<PickleNone, bool, std::int64_t, std::string, PickleGlobal, PickleTuple, PickleDict,
                 PickleCall, PicklePersistent>
        content;
};

struct Pickle {
    std::vector<PickleValue> values;
    PickleIndex root = 0;

    template<typename T>
    const T* as(PickleIndex index) const
    {
        return std::get_if<T>(&values[index].content);
    }
};

/// Error: BadFormat at the first instruction that is unknown or invalid at its position.
Result<Pickle> readPickle(std::string_view bytes);

} // namespace engine
