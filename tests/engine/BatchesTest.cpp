#include "engine/data/Batches.h"

#include <gtest/gtest.h>

using engine::Batch;
using engine::Batches;
using engine::Dataset;

namespace
{

Dataset threeImages()
{
    return Dataset::create(1, 2, {0, 255, 51, 102, 1, 2}, {2, 0, 1}, 3).value();
}

} // namespace

TEST(Batches, scaleBytesToTheUnitInterval)
{
    const Batch batch = Batches(threeImages(), torch::kCPU).slice(0, 3);
    EXPECT_EQ(batch.images.sizes(), (std::vector<std::int64_t>{3, 1, 1, 2}));
    EXPECT_EQ(batch.images.scalar_type(), torch::kFloat);
    EXPECT_EQ(batch.labels.scalar_type(), torch::kLong);
    EXPECT_TRUE(
        torch::allclose(batch.images.flatten(), torch::tensor({0.F, 1.F, .2F, .4F, 1 / 255.F, 2 / 255.F})));
    EXPECT_TRUE(batch.images.is_contiguous());
}

TEST(Batches, sliceTakesNeighbors)
{
    const Batch batch = Batches(threeImages(), torch::kCPU).slice(1, 2);
    EXPECT_EQ(batch.images.size(0), 2);
    EXPECT_FLOAT_EQ(batch.images[0][0][0][1].item<float>(), .4F);
    EXPECT_TRUE(batch.labels.equal(torch::tensor({0L, 1L})));
}

TEST(Batches, gatherFollowsTheGivenOrder)
{
    const Batches batches(threeImages(), torch::kCPU);
    const Batch batch = batches.gather(torch::tensor({2L, 0L, 2L}));
    EXPECT_TRUE(batch.labels.equal(torch::tensor({1L, 2L, 1L})));
    EXPECT_FLOAT_EQ(batch.images[1][0][0][1].item<float>(), 1.F);
    EXPECT_TRUE(batch.images[0].equal(batch.images[2]));
}

TEST(Batches, keepTheDataSetsMemoryAlive)
{
    std::optional<Batches> batches;
    {
        const Dataset dataset = threeImages();
        batches.emplace(dataset, torch::kCPU);
    }
    EXPECT_FLOAT_EQ(batches->slice(0, 1).images[0][0][0][1].item<float>(), 1.F);
}

TEST(Batches, showOnlyTheFirstImagesOfAShortenedDataSet)
{
    const Batches batches(threeImages().first(2), torch::kCPU);
    EXPECT_EQ(batches.size(), 2);
    EXPECT_EQ(Batches(threeImages().first(0), torch::kCPU).size(), 0);
}
