// The verdicts on the images of the data set in use: kept on disk by a thread of its own, undoable.
//
//     store.open("mnist");                                  // opened() follows
//     store.setVerdict({true, 947}, core::Verdict::LabelWrong);
//     store.judgement({true, 947}).verdict;                 // at once; the disk follows
//     store.undo();
#pragma once

#include "core/evaluation/Verdicts.h"

#include <QObject>
#include <QThreadPool>

namespace core
{

class VerdictStore : public QObject
{
    Q_OBJECT
public:
    /// `folder` is made when there is something to keep.
    explicit VerdictStore(QString folder, QObject* parent = nullptr);
    /// Waits until everything is on disk.
    ~VerdictStore() override;

    /// opened() or failed() follows, unless another data set is opened first. Does nothing where it is the
    /// same already.
    void open(const QString& datasetId);
    QString datasetId() const { return m_datasetId; }
    /// What is there was read. Before that there are no verdicts, and none are taken.
    bool isOpen() const { return m_isOpen; }
    /// It could not be read, and is left as it is: nothing can be judged.
    bool isDamaged() const { return m_isDamaged; }
    /// Renames the damaged file, and opens a new one.
    void setDamagedFileAside();

    const Verdicts& verdicts() const { return m_verdicts; }
    /// Empty for none.
    Judgement judgement(ImageKey image) const;

    /// Both can be undone, and end in changed().
    void setVerdict(ImageKey image, std::optional<Verdict> verdict);
    /// Longer ones are cut at kLongestNote characters.
    void setNote(ImageKey image, const QString& note);

    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_steps.size(); }
    void undo();
    void redo();

Q_SIGNALS:
    void opened();
    void changed(core::ImageKey image);
    /// Reading or writing. What could not be written is kept, and tried again with the next change.
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
    std::vector<Step> m_steps; ///< the first m_done of them are in force
    std::size_t m_done = 0;
    Verdicts m_unsaved; ///< with empty ones for those that went
    bool m_isSaving = false;
    QThreadPool m_pool;
};

} // namespace core
