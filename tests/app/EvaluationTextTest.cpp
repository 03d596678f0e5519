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

TEST(EvaluationText, showsEveryClassWithItsMetrics)
{
    EXPECT_EQ(app::classTable(smallMatrix(), {"Top", "Coat", "Bag"}),
              "Class          Precision     Recall         F1    Support\n"
              "Top               0.6667     0.6667     0.6667          3\n"
              "Coat              0.5000     1.0000     0.6667          1\n"
              "Bag                    -     0.0000     0.0000          1");
}

TEST(EvaluationText, addsTheMeansBelowTheSameColumns)
{
    engine::EvaluationMetrics metrics;
    metrics.total = 5;
    metrics.macro = {.3889, .5556, .4444};
    metrics.weighted = {.5, .6, .5333};
    EXPECT_EQ(app::averageRows(metrics, {"Top", "Coat", "Bag"}),
              "Macro mean        0.3889     0.5556     0.4444          5\n"
              "Weighted mean     0.5000     0.6000     0.5333          5");
}

TEST(EvaluationText, reportsHowFarTheAccuracyCanBeTrusted)
{
    engine::EvaluationMetrics metrics;
    metrics.total = 10'000;
    metrics.correct = 9'865; // of which Wilson's interval is 0.98404 to 0.98858
    metrics.correctWithinTwo = 10'000;
    metrics.calibrationError = .0041;
    EXPECT_EQ(app::metricsText(metrics, .04196),
              "Accuracy           98.65 % (9865/10000), 95 % interval 98.40 to 98.86 %\n"
              "Top-2 accuracy     100.00 % (10000/10000)\n"
              "Mean loss          0.0420\n"
              "Calibration error  0.41 %");
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
