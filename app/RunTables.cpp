#include "app/RunTables.h"

#include "app/Format.h"

namespace app
{

std::string epochLines(const std::vector<engine::EpochReport>& epochs)
{
    std::string text;
    for (const engine::EpochReport& epoch : epochs) {
        text += format("\nEpoch %-3d train loss %.4f  %s", epoch.epoch, epoch.trainLoss,
                       accuracyText(epoch.trainCorrect, epoch.trainTotal).c_str());
        if (epoch.validationTotal > 0) {
            text += format("   validation loss %.4f  %s", epoch.validationLoss,
                           accuracyText(epoch.validationCorrect, epoch.validationTotal).c_str());
        }
        text += format("   test loss %.4f  %s", epoch.testLoss,
                       accuracyText(epoch.testCorrect, epoch.testTotal).c_str());
    }
    return text;
}

std::string epochsCsv(const std::vector<engine::EpochReport>& epochs)
{
    std::string text = "epoch,train_loss,train_correct,train_total,validation_loss,validation_correct,"
                       "validation_total,test_loss,test_correct,test_total,train_seconds,test_seconds\n";
    for (const engine::EpochReport& e : epochs) {
        const std::string validation = e.validationTotal > 0 ? format("%.9g,%zu,%zu", e.validationLoss,
                                                                      e.validationCorrect, e.validationTotal)
                                                             : ",,";
        text += format("%d,%.9g,%zu,%zu,%s,%.9g,%zu,%zu,%.3f,%.3f\n", e.epoch, e.trainLoss, e.trainCorrect,
                       e.trainTotal, validation.c_str(), e.testLoss, e.testCorrect, e.testTotal,
                       e.trainSeconds, e.testSeconds);
    }
    return text;
}

std::string batchesCsv(const std::vector<engine::BatchReport>& batches)
{
    std::string text = "epoch,batch,images,correct,loss,learning_rate,seconds\n";
    for (const engine::BatchReport& b : batches) {
        text += format("%d,%d,%d,%d,%.9g,%.9g,%.3f\n", b.epoch, b.batch, b.sampleCount, b.correctCount,
                       static_cast<double>(b.loss), static_cast<double>(b.learningRate), b.trainSeconds);
    }
    return text;
}

} // namespace app
