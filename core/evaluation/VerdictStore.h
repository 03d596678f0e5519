// The verdicts on the images of the current data set, with undo. Stored on disk by a separate thread.
//
//     store.open("mnist");                                  // opened() follows
//     store.setVerdict({true, 947}, core::Verdict::LabelWrong);
//     store.judgement({true, 947}).verdict;                 // available at once; saved later
//     store.undo();
#pragma once

#include "core/TaskQueue.h"
#include "core/evaluation/Verdicts.h"

#include <QObject>

namespace core
{

class VerdictStore : public QObject
{
    Q_OBJECT
public:
    /// `folder` is created when first needed.
    explicit VerdictStore(QString folder, QObject* parent = nullptr);
    /// Waits until everything is on disk.
    ~VerdictStore() override;

    /// Followed by opened() or failed(), unless another data set is opened first. Does nothing if this data
    /// set is already open.
    void open(const QString& datasetId);
    QString datasetId() const { return m_datasetId; }
    /// The file was read. Before that there are no verdicts, and changes are ignored.
    bool isOpen() const { return m_isOpen; }
    /// The file could not be read and is left unchanged; changes are ignored.
    bool isDamaged() const { return m_isDamaged; }
    /// Renames the damaged file and starts a new one.
    void setDamagedFileAside();

    const Verdicts& verdicts() const { return m_verdicts; }
    /// Empty if there is none.
    Judgement judgement(ImageKey image) const;

    /// Both can be undone and emit changed().
    void setVerdict(ImageKey image, std::optional<Verdict> verdict);
    /// Truncated to kLongestNote characters.
    void setNote(ImageKey image, const QString& note);

    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_steps.size(); }
    void undo();
    void redo();

Q_SIGNALS:
    void opened();
    void changed(core::ImageKey image);
    /// A read or write failed. Unsaved changes are kept and written with the next change.
    void failed(const engine::Error& error);

private:
    struct Step {
        ImageKey image;
        Judgement before;
        Judgement after;
    };

    void judge(ImageKey image, Judgement judgement);
    void put(ImageKey image, const Judgement& judgement);
    void save();
    void onSaved(const engine::Result<void>& result, const Verdicts& changes);

    QString m_folder;
    QString m_datasetId;
    bool m_isOpen = false;
    bool m_isDamaged = false;
    Verdicts m_verdicts;
    std::vector<Step> m_steps; ///< the first m_done of them are applied
    std::size_t m_done = 0;
    Verdicts m_unsaved; ///< empty judgements mark removals
    bool m_isSaving = false;
    TaskQueue m_queue{*this}; ///< reads follow earlier writes
};

} // namespace core
