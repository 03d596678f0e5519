#include "core/evaluation/VerdictStore.h"

#include "core/evaluation/VerdictFile.h"

#include <utility>

namespace core
{

VerdictStore::VerdictStore(QString folder, QObject* parent) : QObject(parent), m_folder(std::move(folder)) {}

VerdictStore::~VerdictStore()
{
    m_queue.waitForDone();
    // Save changes made during the last write. A failure can no longer be reported.
    if (!m_unsaved.empty())
        (void)writeVerdicts(verdictsPath(m_folder, m_datasetId), m_datasetId, m_unsaved);
}

void VerdictStore::open(const QString& datasetId)
{
    if (datasetId == m_datasetId)
        return;
    save();
    m_isSaving = false;
    m_queue.enqueue(
        "Reading the verdicts",
        [datasetId, path = verdictsPath(m_folder, datasetId)] { return readVerdicts(path, datasetId); },
        [this, datasetId](const engine::Result<Verdicts>& read) {
            if (datasetId != m_datasetId || m_isOpen)
                return;
            m_isOpen = read.has_value();
            m_isDamaged = !m_isOpen;
            if (!read)
                return Q_EMIT failed(read.error());
            m_verdicts = *read;
            Q_EMIT opened();
        });
    m_datasetId = datasetId;
    m_isOpen = false;
    m_isDamaged = false;
    m_verdicts.clear();
    m_unsaved.clear();
    m_steps.clear();
    m_done = 0;
}

void VerdictStore::setDamagedFileAside()
{
    if (!m_isDamaged)
        return;
    if (const auto aside = setAside(verdictsPath(m_folder, m_datasetId)); !aside)
        return Q_EMIT failed(aside.error());
    m_isDamaged = false;
    open(std::exchange(m_datasetId, QString()));
}

Judgement VerdictStore::judgement(ImageKey image) const
{
    const auto found = m_verdicts.find(image);
    return found == m_verdicts.end() ? Judgement() : found->second;
}

void VerdictStore::setVerdict(ImageKey image, std::optional<Verdict> verdict)
{
    Judgement judgement = this->judgement(image);
    judgement.verdict = verdict;
    judge(image, std::move(judgement));
}

void VerdictStore::setNote(ImageKey image, const QString& note)
{
    Judgement judgement = this->judgement(image);
    judgement.note = note.left(kLongestNote);
    judge(image, std::move(judgement));
}

void VerdictStore::judge(ImageKey image, Judgement judgement)
{
    const Judgement before = this->judgement(image);
    if (!m_isOpen || before == judgement)
        return;
    m_steps.resize(m_done); // discards undone steps
    m_steps.push_back({image, before, judgement});
    ++m_done;
    put(image, judgement);
}

void VerdictStore::undo()
{
    if (!canUndo())
        return;
    const Step step = m_steps[--m_done];
    put(step.image, step.before);
}

void VerdictStore::redo()
{
    if (!canRedo())
        return;
    const Step step = m_steps[m_done++];
    put(step.image, step.after);
}

void VerdictStore::put(ImageKey image, const Judgement& judgement)
{
    if (judgement.isEmpty())
        m_verdicts.erase(image);
    else
        m_verdicts.insert_or_assign(image, judgement);
    m_unsaved.insert_or_assign(image, judgement);
    if (!m_isSaving)
        save();
    Q_EMIT changed(image);
}

void VerdictStore::save()
{
    if (m_unsaved.empty())
        return;
    m_isSaving = true;
    m_queue.enqueue(
        "Writing the verdicts",
        [changes = m_unsaved, datasetId = m_datasetId, path = verdictsPath(m_folder, m_datasetId)] {
            return writeVerdicts(path, datasetId, changes);
        },
        [this, datasetId = m_datasetId, changes = m_unsaved](const engine::Result<void>& result) {
            if (datasetId == m_datasetId)
                onSaved(result, changes);
            else if (!result)
                Q_EMIT failed(result.error());
        });
}

void VerdictStore::onSaved(const engine::Result<void>& result, const Verdicts& changes)
{
    m_isSaving = false;
    if (!result)
        return Q_EMIT failed(result.error());
    for (const auto& [image, judgement] : changes) {
        const auto unsaved = m_unsaved.find(image);
        if (unsaved != m_unsaved.end() && unsaved->second == judgement)
            m_unsaved.erase(unsaved);
    }
    save(); // changes made during the write
}

} // namespace core
