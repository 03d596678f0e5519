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

nlohmann::ordered_json epochJson(const engine::EpochReport& epoch)
{
    nlohmann::ordered_json object = {{"epoch", epoch.epoch},
                                     {"train_loss", epoch.trainLoss},
                                     {"train_correct", epoch.trainCorrect},
                                     {"train_total", epoch.trainTotal},
                                     {"test_loss", epoch.testLoss},
                                     {"test_correct", epoch.testCorrect},
                                     {"test_total", epoch.testTotal},
                                     {"seconds", epoch.trainSeconds + epoch.testSeconds}};
    if (epoch.validationTotal > 0) {
        object["validation_loss"] = epoch.validationLoss;
        object["validation_correct"] = epoch.validationCorrect;
        object["validation_total"] = epoch.validationTotal;
    }
    return object;
}

} // namespace app
