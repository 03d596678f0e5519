#include "engine/evaluation/ConfusionMatrix.h"

#include <gtest/gtest.h>

using engine::ConfusionMatrix;

namespace
{

/// Rows true, columns predicted:
///     5 2 0
///     1 3 0
///     0 0 0
ConfusionMatrix example()
{
    ConfusionMatrix matrix(3);
    for (int i = 0; i < 5; ++i)
        matrix.add(0, 0);
    for (int i = 0; i < 2; ++i)
        matrix.add(0, 1);
    matrix.add(1, 0);
    for (int i = 0; i < 3; ++i)
        matrix.add(1, 1);
    return matrix;
}

} // namespace

TEST(ConfusionMatrix, countsTrueAgainstPredicted)
{
    const ConfusionMatrix matrix = example();
    EXPECT_EQ(matrix.classCount(), 3);
    EXPECT_EQ(matrix.count(0, 0), 5U);
    EXPECT_EQ(matrix.count(0, 1), 2U);
    EXPECT_EQ(matrix.count(1, 0), 1U);
    EXPECT_EQ(matrix.count(2, 2), 0U);
}

TEST(ConfusionMatrix, sumsRowsColumnsAndDiagonal)
{
    const ConfusionMatrix matrix = example();
    EXPECT_EQ(matrix.total(), 11U);
    EXPECT_EQ(matrix.correctCount(), 8U);
    EXPECT_EQ(matrix.trueCount(0), 7U);
    EXPECT_EQ(matrix.trueCount(1), 4U);
    EXPECT_EQ(matrix.predictedCount(0), 6U);
    EXPECT_EQ(matrix.predictedCount(1), 5U);
}

TEST(ConfusionMatrix, computesRecallPrecisionAndF1)
{
    const ConfusionMatrix matrix = example();
    EXPECT_DOUBLE_EQ(matrix.recall(0).value(), 5.0 / 7);
    EXPECT_DOUBLE_EQ(matrix.recall(1).value(), 3.0 / 4);
    EXPECT_DOUBLE_EQ(matrix.precision(0).value(), 5.0 / 6);
    EXPECT_DOUBLE_EQ(matrix.precision(1).value(), 3.0 / 5);
    // 2·p·r / (p + r) with p = 5/6 and r = 5/7 is 10/13.
    EXPECT_DOUBLE_EQ(matrix.f1(0).value(), 10.0 / 13);
    EXPECT_DOUBLE_EQ(matrix.f1(1).value(), 6.0 / 9);
}

TEST(ConfusionMatrix, hasNoMetricsForClassesThatDoNotOccur)
{
    const ConfusionMatrix matrix = example();
    EXPECT_FALSE(matrix.recall(2));
    EXPECT_FALSE(matrix.precision(2));
    EXPECT_FALSE(matrix.f1(2));
}

TEST(ConfusionMatrix, distinguishesNeverPredictedFromNeverRight)
{
    ConfusionMatrix matrix(2);
    matrix.add(1, 0);
    EXPECT_EQ(matrix.recall(1), 0.0);
    EXPECT_FALSE(matrix.precision(1));
    EXPECT_EQ(matrix.f1(1), 0.0);
    EXPECT_FALSE(matrix.recall(0));
    EXPECT_EQ(matrix.precision(0), 0.0);
    EXPECT_EQ(matrix.f1(0), 0.0);
}

TEST(ConfusionMatrix, isEmptyByDefault)
{
    const ConfusionMatrix matrix;
    EXPECT_EQ(matrix.classCount(), 0);
    EXPECT_EQ(matrix.total(), 0U);
    EXPECT_EQ(matrix.correctCount(), 0U);
}

TEST(ConfusionMatrix, comparesItsCounts)
{
    ConfusionMatrix matrix = example();
    EXPECT_EQ(matrix, example());
    matrix.add(2, 0);
    EXPECT_NE(matrix, example());
}
