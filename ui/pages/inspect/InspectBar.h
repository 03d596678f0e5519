// What stands above the Inspect page: which image, which view of it, whether a training is followed, and what
// to do with the picture of all that.
#pragma once

#include "ui/widgets/FlowLayout.h"

#include <QWidget>

class QCheckBox;
class QToolButton;

namespace ui
{

class ExportMenu;
class ImageBar;
class SegmentedButtons;

class InspectBar : public QWidget
{
    Q_OBJECT
public:
    enum class View { Network, Mattered, Table };

    explicit InspectBar(QWidget* parent = nullptr);

    ImageBar* images() { return m_images; }
    ExportMenu* exports() { return m_exports; }
    /// Whether there is something to view and to export.
    void setInspected(bool isInspected);
    /// Whether a network is being trained.
    void setTraining(bool isTraining);
    /// As the user has it, whether there is a training or not.
    bool isFollowing() const;
    /// followingChanged() comes where that is something new.
    void setFollowing(bool isFollowing);
    /// No signal.
    void setView(View view);

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    /// By the user.
    void viewChosen(ui::InspectBar::View view);

private:
    void makeExportButton();

    ImageBar* m_images;
    SegmentedButtons* m_views;
    QCheckBox* m_follow;
    QToolButton* m_export;
    ExportMenu* m_exports;
};

} // namespace ui
