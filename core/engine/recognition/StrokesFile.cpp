#include "engine/recognition/StrokesFile.h"

#include "engine/Guarded.h"
#include "engine/JsonText.h"

#include <cmath>
#include <fstream>

namespace engine
{
namespace
{

using nlohmann::json;

constexpr std::uintmax_t kLargestFile = 256'000'000;
constexpr std::size_t kMaxLineLength = 4'000'000;
constexpr std::size_t kMaxDigits = 1'000'000;
constexpr double kLargestCoordinate = 1e6;

/// The error of a line; used only in this file.
class LineError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

LineError wrong(const std::string& expected, const json& found)
{
    constexpr std::size_t kLongestQuote = 60;
    std::string text = found.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > kLongestQuote)
        text = found.type_name();
    return LineError("expected " + expected + "; found " + text);
}

float coordinate(const json& value, double low)
{
    if (value.is_number()) {
        const auto number = value.get<double>();
        if (number >= low && number <= kLargestCoordinate)
            return static_cast<float>(number);
    }
    throw wrong(low < 0 ? "a coordinate from -1000000 to 1000000" : "a pen's width from 0 to 1000000", value);
}

StrokePoint pointFrom(const json& value)
{
    if (!value.is_array() || value.size() < 2 || value.size() > 3)
        throw wrong("a point [x,y] or [x,y,width]", value);
    return {coordinate(value[0], -kLargestCoordinate), coordinate(value[1], -kLargestCoordinate),
            value.size() == 3 ? coordinate(value[2], 0) : 0};
}

DrawnDigit digitFrom(const json& value)
{
    if (!value.is_object() || !value.contains("strokes"))
        throw wrong("an object with \"strokes\"", value);
    DrawnDigit digit;
    if (value.contains("label")) {
        const json& label = value["label"];
        if (!label.is_number_integer() || label.get<std::int64_t>() < 0 || label.get<std::int64_t>() > 255)
            throw wrong("a label from 0 to 255", label);
        digit.label = label.get<int>();
    }
    const json& strokes = value["strokes"];
    if (!strokes.is_array())
        throw wrong("a list of strokes", strokes);
    for (const json& points : strokes) {
        if (!points.is_array())
            throw wrong("a list of points", points);
        if (points.empty())
            continue;
        Stroke& stroke = digit.strokes.emplace_back();
        for (const json& point : points)
            stroke.push_back(pointFrom(point));
    }
    if (digit.strokes.empty())
        throw LineError("expected at least one point; found none");
    return digit;
}

} // namespace

Result<std::vector<DrawnDigit>> readStrokesFile(const std::filesystem::path& path)
{
    return guarded("Reading strokes", [&]() -> Result<std::vector<DrawnDigit>> {
        std::error_code status;
        const auto type = std::filesystem::status(path, status).type();
        if (type == std::filesystem::file_type::not_found)
            return failure(ErrorCode::NotFound, path.string() + ": no such file.");
        if (type != std::filesystem::file_type::regular)
            return failure(ErrorCode::CannotRead,
                           path.string() + ": expected a file; found a folder or special file.");
        const std::uintmax_t size = std::filesystem::file_size(path, status);
        std::ifstream file(path, std::ios::binary);
        if (status || !file)
            return failure(ErrorCode::CannotRead, path.string() + ": cannot be opened.");
        if (size > kLargestFile) {
            return failure(ErrorCode::BadFormat, path.string() + ": expected at most " +
                                                     std::to_string(kLargestFile) + " bytes; found " +
                                                     std::to_string(size) + ".");
        }

        std::vector<DrawnDigit> digits;
        std::string line;
        for (std::size_t number = 1; std::getline(file, line); ++number) {
            const auto refused = [&](const std::string& what) {
                return failure(ErrorCode::BadFormat,
                               path.string() + ", line " + std::to_string(number) + ": " + what + ".");
            };
            if (line.find_first_not_of(" \t\r") == std::string::npos)
                continue;
            if (line.size() > kMaxLineLength) {
                return refused("expected at most " + std::to_string(kMaxLineLength) + " bytes; found " +
                               std::to_string(line.size()));
            }
            if (digits.size() == kMaxDigits)
                return refused("expected at most " + std::to_string(kMaxDigits) + " digits; found more");
            const auto value = parseJson(line);
            if (!value) {
                return refused("expected {\"label\":7,\"strokes\":[[[x,y],…],…]}; found " +
                               value.error().message);
            }
            try {
                digits.push_back(digitFrom(*value));
            } catch (const LineError& error) {
                return refused(error.what());
            }
            digits.back().line = number;
        }
        if (file.bad())
            return failure(ErrorCode::CannotRead, path.string() + ": cannot be read.");
        if (digits.empty())
            return failure(ErrorCode::BadFormat,
                           path.string() + ": expected drawn digits, one per line; found none.");
        return digits;
    });
}

std::string strokesLine(const Strokes& strokes, std::optional<int> label)
{
    json lines = json::array();
    for (const Stroke& stroke : strokes) {
        json points = json::array();
        for (const StrokePoint& point : stroke) {
            json numbers = {point.x, point.y};
            if (point.width > 0)
                numbers.push_back(point.width);
            points.push_back(std::move(numbers));
        }
        lines.push_back(std::move(points));
    }
    nlohmann::ordered_json object;
    if (label)
        object["label"] = *label;
    object["strokes"] = lines;
    return object.dump();
}

} // namespace engine
