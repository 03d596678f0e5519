// The menu of the run chip: puts the window on a training of the past, with its recipe, its curves and its
// weights.
//
//   1. a choice is read from disk (RunLoader), and the data set that it was trained on loaded where another
//   is shown
//   2. chosen() gives both to the window
//   3. with a data set that was not loaded for a run comes the newest run that was trained on it
#pragma once

#include "core/runs/RunLoader.h"
#include "ui/Services.h"

#include <QObject>
#include <optional>

class QMenu;

namespace ui
{

class Chip;
class DatasetChooser;
class MessageBar;

class RunChooser : public QObject
{
    Q_OBJECT
public:
    RunChooser(const Services& services, Chip& chip, DatasetChooser& datasets, MessageBar& messages,
               QWidget* window);

    void setEnabled(bool enabled);
    /// The run in `folder`, which trains or has been trained just now. An empty folder shows none.
    void showRun(const QString& folder);
    /// The newest run that was trained on the data set that is shown, or none.
    void showNewestRun();
    /// Offers to go on with the newest run where the program that trained it is gone.
    void offerInterrupted();

Q_SIGNALS:
    /// `isByUser`: and not because the data set was.
    void chosen(const QString& folder, std::shared_ptr<const engine::Checkpoint> training, bool isByUser);
    void continueWanted();
    /// The run that the window shows is no longer there.
    void shownRunDeleted();

private:
    void fillMenu();
    void showAll();
    /// In the menu that is open.
    void markDamage(int number);
    void onDeleted(const std::vector<core::RunInfo>& runs);
    void choose(const core::RunInfo& run);
    void onLoaded(const core::RunInfo& run, std::shared_ptr<const engine::Checkpoint> training);
    void deliver();
    void onListed();
    void chooseNewest();
    void offer(const core::RunInfo& newest);
    void updateChip();

    Services m_services;
    Chip& m_chip;
    DatasetChooser& m_datasets;
    MessageBar& m_messages;
    QWidget* m_window;
    QMenu* m_menu;
    QString m_folder;                          ///< of the run that the window shows; empty for none
    std::optional<core::RunInfo> m_pendingRun; ///< waits for its data set
    std::shared_ptr<const engine::Checkpoint> m_pending;
    bool m_isOfferDue = false;
    bool m_isNewestDue = false;      ///< as soon as the runs are listed
    bool m_isPendingNewest = false;  ///< the pending run is showNewestRun()'s
    bool m_isContinueWanted = false; ///< as soon as the pending run is shown
};

} // namespace ui
