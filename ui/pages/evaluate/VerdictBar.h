// What the user says of one image, to see and to change: a verdict and a note. Follows the VerdictStore,
// whoever changes it.
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
    /// `store` outlives this.
    explicit VerdictBar(core::VerdictStore& store, QWidget* parent = nullptr);

    /// Nothing for none, which disables the bar. Of the data set that the store has open.
    void setImage(std::optional<core::ImageKey> image);
    std::optional<core::ImageKey> image() const { return m_image; }
    /// For the keyboard: the cursor into the note.
    void editNote();

    /// The key that stands for a verdict wherever images are judged: M, L or U.
    static Qt::Key keyOf(core::Verdict verdict);
    /// Nothing for keys that stand for none.
    static std::optional<core::Verdict> verdictOf(int key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The user has done with the note: the keyboard goes back to the images.
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
