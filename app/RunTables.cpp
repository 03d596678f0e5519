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

} // namespace app
