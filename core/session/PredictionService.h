// Classifies images by a snapshot of a model, on a thread of its own. The newest request wins: an older one
// that has not begun is dropped, and so is the result of one that has.
#pragma once

#include "engine/evaluation/Classifier.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <memory>
#include <vector>

namespace core
{

class PredictionService : public QObject
{
    Q_OBJECT
public:
    explicit PredictionService(QObject* parent = nullptr);
    /// Waits for the request that is being worked on.
    ~PredictionService() override;

    /// `pixels`: whole images of the model's input size, one behind the other, 0 … 255.
    void classify(std::shared_ptr<const engine::ModelSnapshot> model, std::vector<std::uint8_t> pixels);

Q_SIGNALS:
    void classified(const std::vector<engine::Classification>& classifications);
    void failed(const engine::Error& error);

private:
    std::atomic<std::uint64_t> m_newestRequest = 0;
    QThreadPool m_pool;
};

} // namespace core
