// Finds the training images that a run's model considers most similar to an evaluated image, off the GUI
// thread. A newer request cancels an older one.
#pragma once

#include "core/LatestTask.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"
#include "engine/evaluation/NearestImages.h"

#include <QObject>

namespace core
{

struct NearestRequest {
    std::shared_ptr<const EvaluatedSplit> split;
    std::size_t position = 0;                     ///< position of the query image in `split`
    std::shared_ptr<const LoadedDataset> dataset; ///< data set that the run was trained on
    std::size_t count = 12;
    int threads = 0; ///< 0 means one per core
};

class NearestImagesService : public QObject
{
    Q_OBJECT
public:
    /// The destructor cancels the current request and waits for it.
    explicit NearestImagesService(QObject* parent = nullptr);

    /// Followed by found() or failed(), unless a newer request or cancel() comes first.
    void find(const NearestRequest& request);
    void cancel() { m_task.forget(); }
    bool isBusy() const { return m_task.isBusy(); }

Q_SIGNALS:
    void progressed(std::size_t done, std::size_t total);
    /// Indices refer to the data set's training images.
    void found(const std::vector<engine::NearImage>& nearest);
    void failed(const engine::Error& error);

private:
    LatestTask m_task{*this};
};

/// Does the work on the calling thread. Searches the images that the run was trained on: without images held
/// back or left out, and without the query image. Errors: those of reading the run and of
/// engine::nearestImages().
engine::Result<std::vector<engine::NearImage>> findNearestTrainingImages(const NearestRequest& request,
                                                                         const std::stop_token& stop = {},
                                                                         const TaskProgress& progress = {});

} // namespace core
