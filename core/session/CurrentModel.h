// Which trained model the window is on: what drawing, inspecting and the like work with.
//
//   1. the window says which run it is on, again whenever that has new weights
//   2. the run's weights and record are read off the GUI thread; until they are there, the model before stays
//   3. changed() tells whoever shows something of the model
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
    std::optional<engine::TrainingRecord> record;          ///< nothing where the run has no readable record
    QStringList classNames; ///< of every class of the model; its number where the record has no name

    /// Custom where there is no record.
    engine::Preset preset() const;
    /// "mnist"; empty where there is no record.
    QString datasetId() const;
    /// "MNIST"; empty where there is no record.
    QString datasetTitle() const;
    /// The epoch whose figures are those of these very weights; nothing where that is not certain.
    std::optional<engine::EpochReport> testedEpoch() const;
};

class CurrentModel : public QObject
{
    Q_OBJECT
public:
    /// When it is destroyed it waits for the file that is being read.
    explicit CurrentModel(QObject* parent = nullptr);

    /// Null where the window is on no run, or the run's weights cannot be read.
    std::shared_ptr<const TrainedModel> get() const { return m_model; }
    /// A newer model than get() is being read.
    bool isLoading() const { return m_task.isBusy(); }

    /// Reads the weights in `runFolder`, also where they were read before. Only the latest call counts.
    void setRun(const QString& runFolder);
    void clear();

Q_SIGNALS:
    /// get() or isLoading() is another.
    void changed();
    /// The weights cannot be read; there is no current model.
    void failed(const engine::Error& error);

private:
    std::shared_ptr<const TrainedModel> m_model;
    LatestTask m_task{*this};
};

/// The work itself, on the calling thread. Errors: those of engine::readSavedModel().
engine::Result<std::shared_ptr<const TrainedModel>> readTrainedModel(const QString& runFolder);

} // namespace core
