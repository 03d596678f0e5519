#include "core/runs/TrainingCsv.h"

#include <gtest/gtest.h>

namespace
{

engine::BatchReport batchOf(int epoch, int batch, float loss)
{
    constexpr int kSize = 32;
    return {epoch, batch, kSize, kSize / 2, loss, (epoch - 1) * 10.0 + batch, 0.1f};
}

engine::EpochReport epochOf(int epoch)
{
    engine::EpochReport report;
    report.epoch = epoch;
    report.trainLoss = 0.25;
    report.trainCorrect = 48;
    report.trainTotal = 64;
    report.testLoss = 0.5;
    report.testCorrect = 150;
    report.testTotal = 200;
    report.trainSeconds = 2;
    report.testSeconds = 0.5;
    return report;
}

} // namespace

TEST(TrainingCsv, ofChartsHasARowABatchAndTheTestAtTheEpochsEnd)
{
    EXPECT_EQ(core::chartCsv({batchOf(1, 1, 2), batchOf(1, 2, 1), batchOf(2, 1, 0.5f)}, {epochOf(1)}, 2),
              "epoch,batch,step,seconds,train_loss,train_accuracy_percent,test_loss,test_accuracy_percent\n"
              "1,1,1,1,2,50,,\n"
              "1,2,2,2,1,50,0.5,75\n"
              "2,1,3,11,0.5,50,,\n");
}

TEST(TrainingCsv, ofEpochsLeavesValidationEmptyWhereThereIsNone)
{
    engine::EpochReport validated = epochOf(2);
    validated.validationLoss = 0.75;
    validated.validationCorrect = 3;
    validated.validationTotal = 4;
    EXPECT_EQ(
        core::epochsCsv({epochOf(1), validated}),
        "epoch,train_loss,train_correct,train_total,validation_loss,validation_correct,validation_total,"
        "test_loss,test_correct,test_total,train_seconds,test_seconds\n"
        "1,0.25,48,64,,,,0.5,150,200,2.000,0.500\n"
        "2,0.25,48,64,0.75,3,4,0.5,150,200,2.000,0.500\n");
}

TEST(TrainingCsv, ofBatchesHasARowABatch)
{
    EXPECT_EQ(core::batchesCsv({batchOf(1, 1, 2)}), "epoch,batch,images,correct,loss,learning_rate,seconds\n"
                                                    "1,1,32,16,2,0.100000001,1.000\n");
}
