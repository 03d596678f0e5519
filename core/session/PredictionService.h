// Classifies images by a snapshot of a model, on a thread of its own. Only the latest request counts.
#pragma once

#include "core/LatestTask.h"
#include "engine/evaluation/Classifier.h"

#include <QObject>
#include <memory>
#include <vector>

namespace core
{

class PredictionService : public QObject
{
    Q_OBJECT
public:
    /// When it is destroyed it waits for the request that is being worked on.
    explicit PredictionService(QObject* parent = nullptr);

    /// `pixels`: whole images of the model's input size, one behind the other, 0 … 255.
    void classify(std::shared_ptr<const engine::ModelSnapshot> model, std::vector<std::uint8_t> pixels);

Q_SIGNALS:
    void classified(const std::vector<engine::Classification>& classifications);
    void failed(const engine::Error& error);

private:
    LatestTask m_task{*this};
};

} // namespace core
