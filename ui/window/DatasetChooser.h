// The menu of the data set chip, and what follows from a choice: loading, downloading with progress, or
// opening a folder of one's own.
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
        Chosen,   ///< by the user: the next start opens it again
        Fallback, ///< for want of something better: the next start looks anew
    };
    void choose(const QString& nameOrFolder, Reason reason);
    void choose(const QString& nameOrFolder) { choose(nameOrFolder, Reason::Chosen); }
    /// The set that was used last, else MNIST, else Sketch digits with an offer to download MNIST.
    void chooseAtStart();
    /// Shows why a data set could not be loaded, and offers to download it where that can be.
    void showMissing(const QString& nameOrFolder, const QString& message);
    /// Loads the user's own digits again, where they are the current set and others have been kept since.
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
    Reason m_reason = Reason::Chosen; ///< of the newest request
};

} // namespace ui
