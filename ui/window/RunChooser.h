// Menu of the run chip: shows an earlier run in the window, with its recipe, curves and weights.
// TrainingController opens it and knows the current one.
#pragma once

#include "core/runs/RunStore.h"
#include "ui/Services.h"

#include <QObject>

class QMenu;
class QWidget;

namespace ui
{

class Chip;
class MessageBar;

class RunChooser : public QObject
{
    Q_OBJECT
public:
    RunChooser(const Services& services, Chip& chip, MessageBar& messages, QWidget* window);

    /// Offers to resume the latest run if the program that trained it is gone.
    void offerInterrupted();

private:
    void setEnabled(bool enabled);
    void fillMenu();
    void showAll();
    /// In the menu that is open.
    void markDamage(int number);
    void showRebuilt(const core::RebuiltList& list);
    void onListed();
    void offer(const core::RunInfo& newest);
    void updateChip();

    Services m_services;
    Chip& m_chip;
    MessageBar& m_messages;
    QWidget* m_window;
    QMenu* m_menu;
    bool m_isOfferDue = false;
};

} // namespace ui
