// Toolbar of the Inspect page: image, view, follow switch and export.
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
    /// Whether there is something to show and to export.
    void setInspected(bool isInspected);
    /// Whether a network is being trained.
    void setTraining(bool isTraining);
    /// The user's setting, whether or not there is a training.
    bool isFollowing() const;
    /// Emits followingChanged() if the effective value changes.
    void setFollowing(bool isFollowing);
    /// Emits no signal.
    void setView(View view);

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    /// Emitted for user input only.
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
