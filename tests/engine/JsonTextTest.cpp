#include "engine/JsonText.h"

#include "support/Results.h"

using engine::ErrorCode;
using engine::parseJson;
using test::failsWith;

TEST(JsonText, readsWhatIsWithinTheLimits)
{
    const std::string deepest = std::string(32, '[') + std::string(32, ']');
    EXPECT_TRUE(test::succeeds(parseJson(deepest)));
    EXPECT_EQ(*parseJson(R"({"a":"[[[\"[[[","b":[1,2]})"),
              (nlohmann::json{{"a", "[[[\"[[["}, {"b", {1, 2}}}));
    std::string inString = "\"" + std::string(100, '[') + "\\\\\"";
    EXPECT_TRUE(test::succeeds(parseJson(inString)));
}

TEST(JsonText, refusesWhatIsNestedTooDeeply)
{
    for (const std::string& text : {std::string(33, '[') + std::string(33, ']'), std::string(60'000'000, '['),
                                    "[\"\\\\\"," + std::string(1'000'000, '{')}) {
        EXPECT_TRUE(failsWith(parseJson(text), ErrorCode::BadFormat, {"nested more than 32 times"}));
    }
}

TEST(JsonText, refusesTooManyValues)
{
    std::string text = "[0";
    for (int i = 0; i < 2'000'000; ++i)
        text += ",0";
    EXPECT_TRUE(failsWith(parseJson(text + "]"), ErrorCode::BadFormat, {"more than 2000000 values"}));
}

TEST(JsonText, saysWhereItIsWrong)
{
    EXPECT_TRUE(
        failsWith(parseJson("{\n\"a\":x}"), ErrorCode::BadFormat, {"a parse error at line 2, column 5"}));
    EXPECT_TRUE(failsWith(parseJson("1e999"), ErrorCode::BadFormat, {"a number overflow"}));
    EXPECT_TRUE(failsWith(parseJson(""), ErrorCode::BadFormat, {"a parse error"}));
    EXPECT_TRUE(failsWith(parseJson("\"abc"), ErrorCode::BadFormat, {"a parse error"}));
}
