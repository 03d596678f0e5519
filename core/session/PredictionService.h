// Classifies images with a snapshot of a model, on a separate thread. Only the latest request counts.
#pragma once

#include "core/LatestTask.h"
#include "engine/evaluation/Classifier.h"

#include <QObject>
#include <cstdint>
#include <memory>
#include <vector>

namespace core
{

class PredictionService : public QObject
{
    Q_OBJECT
public:
    /// The destructor waits for a request in progress.
    explicit PredictionService(QObject* parent = nullptr);

    /// `pixels`: complete images of the model's input size, consecutively, 0 … 255.
    void classify(std::shared_ptr<const engine::ModelSnapshot> model, std::vector<std::uint8_t> pixels);

Q_SIGNALS:
    void classified(const std::vector<engine::Classification>& classifications);
    void failed(const engine::Error& error);

private:
    LatestTask m_task{*this};
};

} // namespace core
