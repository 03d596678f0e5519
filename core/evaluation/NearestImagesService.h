// Finds off the GUI thread which images a run was trained on look, to its model, like one that was evaluated.
// Of two requests the newer wins; the older is given up.
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
    std::size_t position = 0;                     ///< in `split`, of the image whose like are sought
    std::shared_ptr<const LoadedDataset> dataset; ///< that the run was trained on
    std::size_t count = 12;
    int threads = 0; ///< 0 is one a core
};

class NearestImagesService : public QObject
{
    Q_OBJECT
public:
    /// When it is destroyed it gives up what is under way, and waits for it.
    explicit NearestImagesService(QObject* parent = nullptr);

    /// found() or failed() follows, unless a newer request or cancel() comes first.
    void find(const NearestRequest& request);
    void cancel() { m_task.forget(); }
    bool isBusy() const { return m_task.isBusy(); }

Q_SIGNALS:
    void progressed(std::size_t done, std::size_t total);
    /// Indices are those of the data set's training images.
    void found(const std::vector<engine::NearImage>& nearest);
    void failed(const engine::Error& error);

private:
    LatestTask m_task{*this};
};

/// The work itself, on the calling thread. Looks at what the run was trained on: neither at images that it
/// held back or left out, nor at the image itself. Errors: those of reading the run and of
/// engine::nearestImages().
engine::Result<std::vector<engine::NearImage>> findNearestTrainingImages(const NearestRequest& request,
                                                                         const std::stop_token& stop = {},
                                                                         const TaskProgress& progress = {});

} // namespace core
