// What a training has reported, gathered once: of the one that runs, or of the run that is shown. Charts,
// status, tables and the command line read it here.
//
//   1. begin() with the plan, or clear() where no run is shown
//   2. addEarlier() with what was trained before, if the run is resumed or only shown
//   3. addBatches() and addEpoch() while it trains
#pragma once

#include "engine/training/TrainingObserver.h"

#include <QObject>
#include <optional>
#include <vector>

namespace core
{

class TrainingReports : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void begin(const engine::TrainingPlan& plan);
    void addEarlier(const std::vector<engine::BatchReport>& batches,
                    const std::vector<engine::EpochReport>& epochs);
    void addBatches(const std::vector<engine::BatchReport>& batches);
    void addEpoch(const engine::EpochReport& epoch);
    void clear();

    /// Nothing where no run is shown.
    const std::optional<engine::TrainingPlan>& plan() const { return m_plan; }
    const std::vector<engine::BatchReport>& batches() const { return m_batches; }
    const std::vector<engine::EpochReport>& epochs() const { return m_epochs; }
    /// The first of batches() that was not there before this training was resumed.
    std::size_t earlierBatches() const { return m_earlierBatches; }
    /// The epoch with the lowest validation loss, or with the most correct test images where none are held
    /// back; the earliest of equal ones. Null before the first.
    const engine::EpochReport* bestEpoch() const;

Q_SIGNALS:
    /// By begin() and clear(): the reports before are gone.
    void reset();
    /// From batches()[first] on, by addEarlier() (with its epochs) and addBatches().
    void batchesAdded(std::size_t first);
    /// By addEpoch(): epochs().back().
    void epochAdded();

private:
    void forget();

    std::optional<engine::TrainingPlan> m_plan;
    std::vector<engine::BatchReport> m_batches;
    std::vector<engine::EpochReport> m_epochs;
    std::size_t m_earlierBatches = 0;
};

} // namespace core
