#include "engine/recognition/StrokesFile.h"

#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

using engine::DrawnDigit;
using engine::ErrorCode;
using engine::readStrokesFile;
using engine::Strokes;
using test::failsWith;

namespace
{

class StrokesFile : public testing::Test
{
protected:
    engine::Result<std::vector<DrawnDigit>> read(const std::string& text) const
    {
        return readStrokesFile(test::writeFile(path(), text));
    }
    std::filesystem::path path() const { return m_folder / "strokes.jsonl"; }
    const test::TemporaryFolder& folder() const { return m_folder; }

private:
    test::TemporaryFolder m_folder;
};

const std::string kGood = R"({"label":7,"writer":3,"strokes":[[[1,2],[3.5,-4]],[[5,6,0.5]]]})";

} // namespace

TEST_F(StrokesFile, givesLabelsAndPoints)
{
    const auto digits = read(kGood + "\r\n\n  \n" + R"({"strokes":[[],[[0,0]]]})");
    ASSERT_TRUE(test::succeeds(digits));
    EXPECT_EQ(*digits, (std::vector<DrawnDigit>{{7, {{{1, 2}, {3.5F, -4}}, {{5, 6, .5F}}}, 1},
                                                {std::nullopt, {{{0, 0}}}, 4}}));
}

TEST_F(StrokesFile, readsWhatItWrites)
{
    const Strokes strokes = {{{.1F, 1e-7F}, {-3, 4, 2.5F}}, {{1e6F, -1e6F}}};
    const auto digits =
        read(engine::strokesLine(strokes, 3) + "\n" + engine::strokesLine(strokes, std::nullopt) + "\n");
    ASSERT_TRUE(test::succeeds(digits));
    EXPECT_EQ(*digits, (std::vector<DrawnDigit>{{3, strokes, 1}, {std::nullopt, strokes, 2}}));
    EXPECT_EQ(engine::strokesLine({{{1, 2}}}, 7), R"({"label":7,"strokes":[[[1.0,2.0]]]})");
}

TEST_F(StrokesFile, namesFileLineAndWhatIsWrong)
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
        {"7", {"an object with \"strokes\"", "found 7"}},
        {"{}", {"an object with \"strokes\"", "found {}"}},
        {"[[[[1,2]]]]", {"an object"}},
        {R"({"strokes":7})", {"a list of strokes", "found 7"}},
        {R"({"strokes":[7]})", {"a list of points", "found 7"}},
        {R"({"strokes":[[7]]})", {"a point [x,y]", "found 7"}},
        {R"({"strokes":[[[1]]]})", {"a point [x,y]", "found [1]"}},
        {R"({"strokes":[[[1,2,3,4]]]})", {"a point [x,y]", "[1,2,3,4]"}},
        {R"({"strokes":[[["1",2]]]})", {"a coordinate", "found \"1\""}},
        {R"({"strokes":[[[1,null]]]})", {"a coordinate", "found null"}},
        {R"({"strokes":[[[1,1000001]]]})", {"a coordinate", "found 1000001"}},
        {R"({"strokes":[[[-1e300,1]]]})", {"a coordinate"}},
        {R"({"strokes":[[[1,2,-1]]]})", {"a pen's width", "found -1"}},
        {R"({"strokes":[]})", {"at least one point"}},
        {R"({"strokes":[[],[]]})", {"at least one point"}},
        {R"({"label":256,"strokes":[[[1,2]]]})", {"a label from 0 to 255", "found 256"}},
        {R"({"label":-1,"strokes":[[[1,2]]]})", {"a label", "found -1"}},
        {R"({"label":18446744073709551615,"strokes":[[[1,2]]]})", {"a label"}},
        {R"({"label":1.5,"strokes":[[[1,2]]]})", {"a label", "found 1.5"}},
        {R"({"label":"7","strokes":[[[1,2]]]})", {"a label", "found \"7\""}},
        {R"({"strokes":[[[1,2]]])", {"a parse error at line 1, column 21"}},
        {R"({"strokes":[[[NaN,2]]]})", {"a parse error at line 1, column 15"}},
        {R"({"strokes":[[[1,1e999]]]})", {"a number overflow"}},
        {kGood + kGood, {"a parse error"}},
        {std::string(3, '\0'), {"a parse error"}},
        {std::string(100000, '['), {"JSON that is nested more than 32 times"}},
        {"{\"strokes\":" + std::string(100000, '[') + std::string(100000, ']') + "}",
         {"JSON that is nested more than 32 times"}},
    };
    for (const auto& [line, parts] : cases) {
        std::vector<std::string> all = {path().string(), "line 2"};
        all.insert(all.end(), parts.begin(), parts.end());
        EXPECT_TRUE(failsWith(read(kGood + "\n" + line + "\n" + kGood), ErrorCode::BadFormat, all))
            << line.substr(0, 80);
    }
}

TEST_F(StrokesFile, refusesOverlongLines)
{
    const std::string line = R"({"strokes":[[[1,2]]],"x":")" + std::string(4'000'000, 'x') + "\"}";
    EXPECT_TRUE(failsWith(read(line), ErrorCode::BadFormat, {"line 1", "4000000 bytes"}));
}

TEST_F(StrokesFile, refusesWhatIsNotThereOrNoFileOrEmpty)
{
    EXPECT_TRUE(failsWith(readStrokesFile(path()), ErrorCode::NotFound, {path().string()}));
    EXPECT_TRUE(
        failsWith(readStrokesFile(folder().path()), ErrorCode::CannotRead, {folder().path().string()}));
    EXPECT_TRUE(failsWith(read(""), ErrorCode::BadFormat, {path().string(), "found none"}));
    EXPECT_TRUE(failsWith(read("\n \n"), ErrorCode::BadFormat, {"found none"}));
}

TEST_F(StrokesFile, survivesDamage)
{
    std::mt19937_64 random(5);
    int readable = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto digits = read(test::damaged(kGood + "\n" + kGood + "\n", random));
        if (!digits) {
            EXPECT_EQ(digits.error().code, ErrorCode::BadFormat);
            continue;
        }
        ++readable;
        for (const DrawnDigit& digit : *digits) {
            EXPECT_FALSE(digit.strokes.empty());
            EXPECT_TRUE(!digit.label || (*digit.label >= 0 && *digit.label <= 255));
        }
    }
    EXPECT_GT(readable, 20);
    EXPECT_LT(readable, 1900);
}
