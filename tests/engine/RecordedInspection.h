// Small models and what PyTorch in Python finds inside them: see fixtures/inspection.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/network/SpecFromShapes.h"

#include "support/Files.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace test
{

/// The parameter is the kernel size.
class RecordedInspection : public testing::TestWithParam<int>
{
protected:
    RecordedInspection()
        : record(nlohmann::json::parse(readFile(std::filesystem::path(FIXTURES_FOLDER) / "inspection" /
                                                ("inspection-k" + std::to_string(GetParam()) + ".json"))))
    {
        std::vector<engine::WeightArray> arrays;
        for (const auto& [name, array] : record.at("weights").items())
            arrays.push_back({name, array.at("shape"), array.at("values")});
        model = engine::recognizeModel(std::move(arrays),
                                       engine::ImageShape{1, record.at("height"), record.at("width")})
                    .value();
        std::vector<std::uint8_t> pixels;
        for (const std::vector<std::uint8_t> image : record.at("images"))
            pixels.insert(pixels.end(), image.begin(), image.end());
        const std::size_t count = record.at("images").size();
        images = engine::Dataset::create(record.at("height"), record.at("width"), std::move(pixels),
                                         std::vector<std::uint8_t>(count), record.at("classes"))
                     .value();
    }

    nlohmann::json record;
    engine::ModelSnapshot model;
    engine::Dataset images; ///< all labeled 0
};

/// Numbers of an array of arrays, row by row.
inline std::vector<double> flatNumbers(const nlohmann::json& nested)
{
    std::vector<double> numbers;
    for (const nlohmann::json& row : nested) {
        for (const nlohmann::json& number : row)
            numbers.push_back(number.get<double>());
    }
    return numbers;
}

/// Within `tolerance` of the largest of what is expected.
template<typename Found>
testing::AssertionResult areNear(const Found& found, const std::vector<double>& expected,
                                 double tolerance = 2e-5)
{
    if (found.size() != expected.size())
        return testing::AssertionFailure() << found.size() << " numbers instead of " << expected.size();
    double largest = 0;
    for (const double number : expected)
        largest = std::max(largest, std::abs(number));
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!(std::abs(static_cast<double>(found[i]) - expected[i]) <= tolerance * largest))
            return testing::AssertionFailure()
                   << "number " << i << ": " << found[i] << " instead of " << expected[i];
    }
    return testing::AssertionSuccess();
}

} // namespace test
