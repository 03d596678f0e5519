// Tests that need a GPU: they are skipped, and say why, where LibTorch can use none.
#pragma once

#include "engine/device/Device.h"

#include <gtest/gtest.h>

namespace test
{

/// `Base`: testing::Test or testing::TestWithParam<…>.
template<typename Base>
class UsingGpu : public Base
{
protected:
    void SetUp() override
    {
        const auto found = engine::chooseDevice("gpu", engine::listDevices());
        if (!found)
            GTEST_SKIP() << found.error().message;
        gpu = *found;
    }

    engine::Device gpu;
};

} // namespace test
