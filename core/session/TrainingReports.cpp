#include "core/session/TrainingReports.h"

#include <algorithm>

namespace core
{

void TrainingReports::begin(const engine::TrainingPlan& plan)
{
    forget();
    m_plan = plan;
    Q_EMIT reset();
}

void TrainingReports::clear()
{
    forget();
    m_plan.reset();
    Q_EMIT reset();
}

void TrainingReports::forget()
{
    m_batches.clear();
    m_epochs.clear();
    m_earlierBatches = 0;
}

void TrainingReports::addEarlier(const std::vector<engine::BatchReport>& batches,
                                 const std::vector<engine::EpochReport>& epochs)
{
    m_epochs.insert(m_epochs.end(), epochs.begin(), epochs.end());
    m_earlierBatches = m_batches.size() + batches.size();
    addBatches(batches);
}

void TrainingReports::addBatches(const std::vector<engine::BatchReport>& batches)
{
    const std::size_t first = m_batches.size();
    m_batches.insert(m_batches.end(), batches.begin(), batches.end());
    Q_EMIT batchesAdded(first);
}

void TrainingReports::addEpoch(const engine::EpochReport& epoch)
{
    m_epochs.push_back(epoch);
    Q_EMIT epochAdded();
}

const engine::EpochReport* TrainingReports::bestEpoch() const
{
    const auto best = std::max_element(m_epochs.begin(), m_epochs.end(), [](const auto& a, const auto& b) {
        return a.validationTotal > 0 ? a.validationLoss > b.validationLoss : a.testCorrect < b.testCorrect;
    });
    return best == m_epochs.end() ? nullptr : &*best;
}

} // namespace core
