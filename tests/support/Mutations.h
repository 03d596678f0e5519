// Damaged copies of a file, for tests that a reader survives whatever it is given.
#pragma once

#include <random>
#include <string>

namespace test
{

/// Cuts `bytes` short, or flips, overwrites or repeats some of them. The same generator state gives the same
/// damage.
inline std::string damaged(std::string bytes, std::mt19937_64& random)
{
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    if (bytes.empty())
        return bytes;
    switch (below(4)) {
    case 0:
        bytes.resize(below(bytes.size()));
        break;
    case 1: {
        const std::size_t position = below(bytes.size());
        bytes.insert(position, bytes.substr(position, 1 + below(8)));
        break;
    }
    default:
        for (std::size_t count = 1 + below(4); count > 0; --count) {
            char& byte = bytes[below(bytes.size())];
            byte = below(2) == 0 ? static_cast<char>(byte ^ (1 << below(8))) : static_cast<char>(below(256));
        }
    }
    return bytes;
}

} // namespace test
