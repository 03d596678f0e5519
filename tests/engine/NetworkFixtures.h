// Networks and what PyTorch in Python makes of them: see fixtures/networks/make_networks.py.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/network/NetworkSpec.h"
#include "engine/storage/NetworkFile.h"

#include "support/Files.h"

#include <nlohmann/json.hpp>

namespace test
{

inline const nlohmann::json& networkFixtures()
{
    static const nlohmann::json kFixtures = nlohmann::json::parse(
        readFile(std::filesystem::path(FIXTURES_FOLDER) / "networks" / "networks.json"));
    return kFixtures;
}

/// Images of a spec as the Python script computes them from whole numbers.
inline engine::Dataset fixtureImages(const engine::NetworkSpec& spec, int count)
{
    const auto [channels, height, width] = spec.input;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    for (int n = 0; n < count; ++n) {
        for (std::int64_t i = 0; i < spec.input.size(); ++i) {
            const std::int64_t y = i / width % height;
            const std::int64_t x = i % width;
            const bool isBlack = n % 2 == 0 ? 3 * x < width : 3 * y < height;
            const std::int64_t value = (i * 73 + n * 151 + i * i % 97 * (n + 3) * 29 + 7) % 256;
            pixels.push_back(static_cast<std::uint8_t>(isBlack ? 0 : value));
        }
        labels.push_back(static_cast<std::uint8_t>((n * 7 + 3) % spec.classCount));
    }
    return engine::Dataset::create(spec.input, std::move(pixels), std::move(labels), spec.classCount).value();
}

} // namespace test
