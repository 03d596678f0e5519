#include "app/EpochText.h"

#include "app/Format.h"
#include "engine/storage/TrainingJson.h"

namespace app
{

std::string epochText(const engine::EpochReport& epoch)
{
    const auto metrics = [](const char* split, double loss, std::size_t correct, std::size_t total) {
        return format("%s loss %.4f  %s", split, loss, accuracyText(correct, total).c_str());
    };
    std::string text = metrics("train", epoch.trainLoss, epoch.trainCorrect, epoch.trainTotal);
    if (epoch.validationTotal > 0) {
        text += "   " +
                metrics("validation", epoch.validationLoss, epoch.validationCorrect, epoch.validationTotal);
    }
    return text + "   " + metrics("test", epoch.testLoss, epoch.testCorrect, epoch.testTotal);
}

nlohmann::ordered_json epochJson(const engine::EpochReport& epoch)
{
    nlohmann::ordered_json object = engine::toJson(epoch);
    object.erase("train_seconds");
    object.erase("test_seconds");
    object["seconds"] = epoch.trainSeconds + epoch.testSeconds;
    return object;
}

} // namespace app
