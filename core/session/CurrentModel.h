// The trained model shown in the window, used by drawing, inspection and other pages.
//
//   1. the window sets the run, and sets it again whenever the run has new weights
//   2. the run's weights and record are read off the GUI thread; until then the previous model remains
//   3. changed() notifies the views
#pragma once

#include "core/LatestTask.h"
#include "engine/storage/SavedModel.h"

#include <QObject>
#include <QStringList>
#include <memory>

namespace core
{

struct TrainedModel {
    QString runFolder;
    std::shared_ptr<const engine::ModelSnapshot> snapshot; ///< never null
    std::optional<engine::TrainingRecord> record;          ///< not set if the run has no readable record
    QStringList classNames; ///< one per class of the model; its number if the record has no name

    /// Custom if there is no record.
    engine::Preset preset() const;
    /// "mnist"; empty if there is no record.
    QString datasetId() const;
    /// "MNIST"; empty if there is no record.
    QString datasetTitle() const;
    /// The epoch whose test metrics belong to exactly these weights; not set if that is uncertain.
    std::optional<engine::EpochReport> testedEpoch() const;
};

class CurrentModel : public QObject
{
    Q_OBJECT
public:
    /// The destructor waits for a file that is being read.
    explicit CurrentModel(QObject* parent = nullptr);

    /// Null if no run is set or its weights cannot be read.
    std::shared_ptr<const TrainedModel> get() const { return m_model; }
    /// True while a newer model is being read.
    bool isLoading() const { return m_task.isBusy(); }

    /// Reads the weights in `runFolder`, even if they were read before. Only the latest call counts.
    void setRun(const QString& runFolder);
    void clear();

Q_SIGNALS:
    /// get() or isLoading() has changed.
    void changed();
    /// The weights cannot be read; there is no current model.
    void failed(const engine::Error& error);

private:
    std::shared_ptr<const TrainedModel> m_model;
    LatestTask m_task{*this};
};

/// Does the work on the calling thread. Errors: those of engine::readSavedModel().
engine::Result<std::shared_ptr<const TrainedModel>> readTrainedModel(const QString& runFolder);

} // namespace core
