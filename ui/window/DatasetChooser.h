// Menu of the data set chip. Loads the chosen data set, downloads it with progress, or opens a user's folder.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"
#include "ui/Services.h"
#include "ui/widgets/MessageBar.h"

#include <QObject>

class QMenu;

namespace ui
{

class Chip;

class DatasetChooser : public QObject
{
    Q_OBJECT
public:
    /// `window` is the parent of dialogs and owns this.
    DatasetChooser(const Services& services, Chip& chip, MessageBar& messages, QWidget* window);

    enum class Reason {
        Chosen,   ///< by the user; remembered for the next start
        Fallback, ///< no better choice; not remembered for the next start
    };
    void choose(const QString& nameOrFolder, Reason reason);
    void choose(const QString& nameOrFolder) { choose(nameOrFolder, Reason::Chosen); }
    /// The data set used last, or MNIST, or Sketch digits with an offer to download MNIST.
    void chooseAtStart();
    /// Shows why a data set could not be loaded, and offers what helps: to download it, or to set the damaged
    /// file of the user's own digits aside.
    void showMissing(const QString& nameOrFolder, const engine::Error& error);
    /// Reloads the user's own digits if they are the current data set and digits have been kept since.
    void reloadOwnDigits();

private:
    void fillMenu();
    void download(const core::KnownDataset& dataset);
    void openFolder();
    void setEnabled(bool enabled);
    void onChanged();
    void onFailed(const QString& nameOrFolder, const engine::Error& error);
    void showCurrent();

    Services m_services;
    Chip& m_chip;
    MessageBar& m_messages;
    QWidget* m_window;
    QMenu* m_menu;
    Reason m_reason = Reason::Chosen; ///< of the latest request
};

} // namespace ui
