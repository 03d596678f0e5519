#include "core/runs/TrainingCsv.h"

#include <QString>

namespace core
{
namespace
{

double percent(std::size_t correct, std::size_t total)
{
    return total == 0 ? 0 : 100.0 * static_cast<double>(correct) / static_cast<double>(total);
}

} // namespace

// asprintf() writes "0.1" in every locale.

std::string epochsCsv(const std::vector<engine::EpochReport>& epochs)
{
    QString text = QStringLiteral("epoch,train_loss,train_correct,train_total,validation_loss,"
                                  "validation_correct,validation_total,test_loss,test_correct,test_total,"
                                  "train_seconds,test_seconds\n");
    for (const engine::EpochReport& e : epochs) {
        text += QString::asprintf("%d,%.9g,%zu,%zu,", e.epoch, e.trainLoss, e.trainCorrect, e.trainTotal);
        text += e.validationTotal > 0 ? QString::asprintf("%.9g,%zu,%zu", e.validationLoss,
                                                          e.validationCorrect, e.validationTotal)
                                      : QStringLiteral(",,");
        text += QString::asprintf(",%.9g,%zu,%zu,%.3f,%.3f\n", e.testLoss, e.testCorrect, e.testTotal,
                                  e.trainSeconds, e.testSeconds);
    }
    return text.toStdString();
}

std::string batchesCsv(const std::vector<engine::BatchReport>& batches)
{
    QString text = QStringLiteral("epoch,batch,images,correct,loss,learning_rate,seconds\n");
    for (const engine::BatchReport& b : batches) {
        text += QString::asprintf("%d,%d,%d,%d,%.9g,%.9g,%.3f\n", b.epoch, b.batch, b.sampleCount,
                                  b.correctCount, static_cast<double>(b.loss),
                                  static_cast<double>(b.learningRate), b.trainSeconds);
    }
    return text.toStdString();
}

std::string chartCsv(const std::vector<engine::BatchReport>& batches,
                     const std::vector<engine::EpochReport>& epochs, int batchesPerEpoch)
{
    QString text = QStringLiteral("epoch,batch,step,seconds,train_loss,train_accuracy_percent,test_loss,"
                                  "test_accuracy_percent\n");
    for (std::size_t i = 0; i < batches.size(); ++i) {
        const engine::BatchReport& b = batches[i];
        text += QString::asprintf(
            "%d,%d,%zu,%g,%g,%g,", b.epoch, b.batch, i + 1, b.trainSeconds, static_cast<double>(b.loss),
            percent(static_cast<std::size_t>(b.correctCount), static_cast<std::size_t>(b.sampleCount)));
        const auto index = static_cast<std::size_t>(b.epoch - 1);
        if (b.batch == batchesPerEpoch && index < epochs.size()) {
            const engine::EpochReport& e = epochs[index];
            text += QString::asprintf("%g,%g", e.testLoss, percent(e.testCorrect, e.testTotal));
        } else {
            text += QLatin1Char(',');
        }
        text += QLatin1Char('\n');
    }
    return text.toStdString();
}

} // namespace core
