#include "app/EvaluationText.h"

#include <gtest/gtest.h>

namespace
{

/// Two of three tops right, no bag predicted at all.
engine::ConfusionMatrix smallMatrix()
{
    engine::ConfusionMatrix matrix(3);
    matrix.add(0, 0);
    matrix.add(0, 0);
    matrix.add(0, 1);
    matrix.add(1, 1);
    matrix.add(2, 0);
    return matrix;
}

} // namespace

TEST(EvaluationText, showsEveryClassWithItsFigures)
{
    EXPECT_EQ(app::classTable(smallMatrix(), {"Top", "Coat", "Bag"}),
              "Class  Precision     Recall         F1    Support\n"
              "Top       0.6667     0.6667     0.6667          3\n"
              "Coat      0.5000     1.0000     0.6667          1\n"
              "Bag            -     0.0000     0.0000          1");
}

TEST(EvaluationText, showsTheMatrixWithRowsTrue)
{
    EXPECT_EQ(app::confusionTable(smallMatrix(), {"Top", "Coat", "Bag"}), "       Top  Coat   Bag\n"
                                                                          "Top      2     1     0\n"
                                                                          "Coat     0     1     0\n"
                                                                          "Bag      1     0     0");
}

TEST(EvaluationText, numbersTheColumnsWhereNamesAreLong)
{
    EXPECT_EQ(app::confusionTable(smallMatrix(), {"Ankle boot", "Coat", "Bag"}),
              "                 0     1     2\n"
              "0 Ankle boot     2     1     0\n"
              "1 Coat           0     1     0\n"
              "2 Bag            1     0     0");
}
