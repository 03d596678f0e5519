#include "engine/evaluation/EvaluationCsv.h"

#include <gtest/gtest.h>

namespace
{

engine::ConfusionMatrix smallMatrix()
{
    engine::ConfusionMatrix matrix(2);
    matrix.add(0, 0);
    matrix.add(0, 1);
    matrix.add(0, 1);
    matrix.add(1, 1);
    return matrix;
}

engine::Evaluation smallEvaluation()
{
    engine::Evaluation evaluation;
    evaluation.probabilities = {0.75F, 0.25F, 0.0000125F, 0.9999875F};
    evaluation.predictions = {0, 1};
    return evaluation;
}

} // namespace

TEST(EvaluationCsv, quotesNames)
{
    EXPECT_EQ(engine::confusionCsv(smallMatrix(), {"a,b", "say \"c\""}),
              "true \\ predicted,\"a,b\",\"say \"\"c\"\"\"\n"
              "\"a,b\",1,2\n"
              "\"say \"\"c\"\"\",0,1\n");
}

TEST(EvaluationCsv, hasALineAnImage)
{
    const std::vector<std::uint8_t> labels = {0, 0};
    EXPECT_EQ(engine::predictionsCsv(smallEvaluation(), labels, {}, {"x", "y"}),
              "index,label,prediction,x,y\n0,0,0,0.75,0.25\n1,0,1,1.25e-05,0.999987\n");
}

TEST(EvaluationCsv, namesImagesByTheirIndexInTheSplit)
{
    const std::vector<std::uint8_t> labels = {0, 0};
    const std::vector<std::uint32_t> indices = {40, 7};
    const std::string csv = engine::predictionsCsv(smallEvaluation(), labels, indices, {"x", "y"});
    EXPECT_NE(csv.find("\n40,0,0,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\n7,0,1,"), std::string::npos) << csv;
}
