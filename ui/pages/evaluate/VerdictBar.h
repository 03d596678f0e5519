// Editor for the verdict and the note of one image. Follows the VerdictStore, whoever changes it.
#pragma once

#include "core/evaluation/Verdicts.h"

#include <QWidget>

class QLineEdit;

namespace core
{
class VerdictStore;
}

namespace ui
{

class SegmentedButtons;

class VerdictBar : public QWidget
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit VerdictBar(core::VerdictStore& store, QWidget* parent = nullptr);

    /// nullopt for none, which disables the bar. The image must belong to the data set that the store has
    /// open.
    void setImage(std::optional<core::ImageKey> image);
    std::optional<core::ImageKey> image() const { return m_image; }
    /// Moves the focus to the note.
    void editNote();

    /// The key of a verdict: M, L or U.
    static Qt::Key keyOf(core::Verdict verdict);
    /// nullopt for other keys.
    static std::optional<core::Verdict> verdictOf(int key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The note is finished: the focus goes back to the images.
    void noteDone();

private:
    void showJudgement();
    void saveNote();

    core::VerdictStore& m_store;
    std::optional<core::ImageKey> m_image;
    SegmentedButtons* m_verdicts;
    QLineEdit* m_note;
};

} // namespace ui
