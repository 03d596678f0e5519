// What a test expects of a Result.
//
//     EXPECT_TRUE(test::failsWith(result, ErrorCode::BadFormat, {path.string(), "expected 4", "found 3"}));
#pragma once

#include "engine/Result.h"

#include <gtest/gtest.h>
#include <vector>

namespace test
{

/// True when `result` is an error of this code whose message contains all of `parts`.
template<typename T>
testing::AssertionResult failsWith(const engine::Result<T>& result, engine::ErrorCode code,
                                   const std::vector<std::string>& parts = {})
{
    if (result)
        return testing::AssertionFailure() << "succeeded";
    const engine::Error& error = result.error();
    if (error.code != code)
        return testing::AssertionFailure()
               << "has the code " << static_cast<int>(error.code) << " instead of " << static_cast<int>(code)
               << ": " << error.message;
    for (const std::string& part : parts) {
        if (error.message.find(part) == std::string::npos)
            return testing::AssertionFailure() << "does not say \"" << part << "\": " << error.message;
    }
    return testing::AssertionSuccess();
}

/// True when `result` is a value; else the failure shows the message.
template<typename T>
testing::AssertionResult succeeds(const engine::Result<T>& result)
{
    if (result)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << result.error().message;
}

} // namespace test
