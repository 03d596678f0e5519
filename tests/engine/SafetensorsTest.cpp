#include "engine/storage/Safetensors.h"

#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <cstring>
#include <gtest/gtest.h>
#include <zlib.h>

using engine::ErrorCode;
using engine::readSafetensors;
using engine::Safetensors;
using test::failsWith;

namespace
{

Safetensors example()
{
    Safetensors content;
    content.metadata = {{"a", "b"}, {"ü", "\n\""}};
    content.floats["line"] = std::vector<float>{1.5F, -2};
    content.floats["none"] = {};
    content.floats["matrix"] = {{1, 2, 3, 4, 5, 6}, {2, 3}};
    content.floats["no rows"] = {{}, {0, 10}};
    content.floats["scalar"] = {{7}, {}};
    content.bytes["classes"] = {{0, 255, 3, 4}, {2, 2, 1}};
    content.bytes["odd"] = std::vector<std::uint8_t>{1, 2, 3};
    return content;
}

/// A file whose checksum is right, whatever its header says.
std::string forged(const std::string& arrays, const std::string& data)
{
    const std::string header =
        R"({"__metadata__":{"crc32":")" +
        std::to_string(crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size())) + "\"}" +
        (arrays.empty() ? "" : ",") + arrays + "}";
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

class SafetensorsFile : public testing::Test
{
protected:
    engine::Result<Safetensors> read(const std::string& bytes) const
    {
        return readSafetensors(test::writeFile(path(), bytes), [](const auto&) {});
    }
    std::filesystem::path path() const { return m_folder / "file.safetensors"; }

private:
    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(SafetensorsFile, givesBackEveryShapeAndType)
{
    const auto found = read(toBytes(example()));
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(*found, example());
    EXPECT_EQ(found->floats.at("line").shape, (std::vector<std::size_t>{2}));
    EXPECT_EQ(found->floats.at("none").shape, (std::vector<std::size_t>{0}));
}

TEST_F(SafetensorsFile, readsWhatAnotherProgramLaidOut)
{
    const auto found = read(forged(R"("b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                                   R"("f":{"data_offsets":[2,10],"dtype":"F32","shape":[1,2]})",
                                   std::string("\x01\xff\0\0\x80\x3f\0\0\0\x40", 10)));
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->bytes.at("b").values, (std::vector<std::uint8_t>{1, 255}));
    EXPECT_EQ(found->floats.at("f").values, (std::vector<float>{1, 2}));
    EXPECT_EQ(found->floats.at("f").shape, (std::vector<std::size_t>{1, 2}));
}

// The library of that name refuses a file whose arrays do not follow each other without a gap.
TEST_F(SafetensorsFile, laysOutItsArraysWithoutGapsAndTheNumbersAligned)
{
    const std::string bytes = toBytes(example());
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    EXPECT_EQ(length % 8, 0U);
    const std::string header = bytes.substr(8, length);
    EXPECT_NE(header.find(R"("line":{"data_offsets":[0,8],"dtype":"F32","shape":[2]})"), std::string::npos);
    EXPECT_NE(header.find(R"("matrix":{"data_offsets":[8,32],"dtype":"F32","shape":[2,3]})"),
              std::string::npos);
    EXPECT_NE(header.find(R"("scalar":{"data_offsets":[32,36],"dtype":"F32","shape":[]})"),
              std::string::npos);
    EXPECT_NE(header.find(R"("classes":{"data_offsets":[36,40],"dtype":"U8","shape":[2,2,1]})"),
              std::string::npos);
    EXPECT_EQ(bytes.size(), 8 + length + 43);
}

TEST_F(SafetensorsFile, refusesArraysThatAreNotWhatTheHeaderSays)
{
    const std::string data(8, '\1');
    for (const char* array : {
             R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[1],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[2,0],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[0,7]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[0,16]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[0,8,8]})",
             R"({"dtype":"F64","shape":[1],"data_offsets":[0,8]})",
             R"({"dtype":"U8","shape":[2],"data_offsets":[0,8]})",
             // Products that are 8, or 0, in 64 bits.
             R"({"dtype":"U8","shape":[9223372036854775808,2,8],"data_offsets":[0,8]})",
             R"({"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]})",
             R"({"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]})",
         }) {
        EXPECT_TRUE(failsWith(read(forged(std::string("\"x\":") + array, data)), ErrorCode::BadFormat,
                              {path().string(), "x: expected", "found {"}))
            << array;
    }
}

TEST_F(SafetensorsFile, refusesHeadersOfAnotherKind)
{
    const std::string data(8, '\1');
    for (const char* array : {
             "7",
             "{}",
             R"({"dtype":4,"shape":[2],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":2,"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":{"a":2},"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":["2"],"data_offsets":[0,8]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[8]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":[-8,0]})",
             R"({"dtype":"F32","shape":[2],"data_offsets":8})",
         }) {
        EXPECT_TRUE(failsWith(read(forged(std::string("\"x\":") + array, data)), ErrorCode::BadFormat,
                              {path().string(), "expected a safetensors header"}))
            << array;
    }
    EXPECT_TRUE(failsWith(read(std::string("\2\0\0\0\0\0\0\0[]", 10)), ErrorCode::BadFormat,
                          {"expected a JSON object"}));
    EXPECT_TRUE(failsWith(read(std::string("\x4\0\0\0\0\0\0\x40{}  ", 12)), ErrorCode::BadFormat,
                          {"at most 4 bytes", "4611686018427387908"}));
}

// A small file must not be able to ask for much memory.
TEST_F(SafetensorsFile, refusesArraysThatShareTheirBytesOrLeaveSomeOut)
{
    const std::string data(8, '\1');
    const std::string whole = R"({"dtype":"U8","shape":[8],"data_offsets":[0,8]})";
    const std::string half = R"({"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
    EXPECT_TRUE(test::succeeds(read(forged("\"x\":" + whole, data))));
    EXPECT_TRUE(failsWith(read(forged("\"x\":" + whole + ",\"y\":" + whole, data)), ErrorCode::BadFormat,
                          {"y: expected"}));
    EXPECT_TRUE(
        failsWith(read(forged("\"x\":" + half, data)), ErrorCode::BadFormat, {"expected 4", "found 8"}));
    EXPECT_TRUE(failsWith(read(forged("", data)), ErrorCode::BadFormat, {"expected 0", "found 8"}));
}

TEST_F(SafetensorsFile, survivesAHeaderThatIsNestedAMillionTimes)
{
    const std::string nested = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    EXPECT_TRUE(failsWith(read(forged(R"("x":{"dtype":"U8","data_offsets":[0,8],"shape":)" + nested + "}",
                                      std::string(8, '\1'))),
                          ErrorCode::BadFormat, {path().string()}));
}

// With 40,000 of them, time that grows with their square was 26 seconds.
TEST_F(SafetensorsFile, refusesMoreArraysThanAnyFileHas)
{
    const auto arrays = [](int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += (i > 0 ? ",\"" : "\"") + std::to_string(i) +
                    R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
        return text;
    };
    const auto most = read(forged(arrays(4095), ""));
    ASSERT_TRUE(test::succeeds(most));
    EXPECT_EQ(most->bytes.size(), 4095U);
    EXPECT_TRUE(failsWith(read(forged(arrays(40'000), "")), ErrorCode::BadFormat,
                          {path().string(), "at most 4096 arrays", "found 40001"}));
}

TEST_F(SafetensorsFile, readsNoArraysWhichTheCallerRefuses)
{
    const auto path =
        test::writeFile(this->path(), forged(R"("x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})",
                                             std::string(8, '\1')));
    EXPECT_THROW(readSafetensors(path,
                                 [](const engine::SafetensorsHeader& header) {
                                     EXPECT_EQ(header.arrays.at("x").size(), 2U);
                                     throw std::out_of_range("x");
                                 }),
                 std::out_of_range);
}

TEST_F(SafetensorsFile, survivesEveryDamage)
{
    const std::string whole = toBytes(example());
    std::mt19937_64 random(7);
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto found = read(test::damaged(whole, random));
        if (found)
            continue;
        ++refused;
        ASSERT_TRUE(failsWith(found, ErrorCode::BadFormat, {path().string()}));
    }
    EXPECT_GT(refused, 2000);
}
