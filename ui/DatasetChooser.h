// The menu of the data set chip, and what follows from a choice: loading, downloading with progress, or
// opening a folder of one's own.
#pragma once

#include "core/catalog/DatasetCatalog.h"
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
    void setEnabled(bool enabled);
    std::shared_ptr<const core::LoadedDataset> current() const { return m_current; }

Q_SIGNALS:
    void chosen(std::shared_ptr<const core::LoadedDataset> dataset);
    void loading(const QString& title);
    /// After each loading(), before chosen() where there is something to choose.
    void loadingEnded();

private:
    void fillMenu();
    void download(const core::KnownDataset& dataset);
    void openFolder();
    void onLoaded(std::shared_ptr<const core::LoadedDataset> dataset);
    void onFailed(const QString& nameOrFolder, const engine::Error& error);
    void showCurrent();

    Services m_services;
    Chip& m_chip;
    MessageBar& m_messages;
    QWidget* m_window;
    QMenu* m_menu;
    Reason m_reason = Reason::Chosen; ///< of the newest request
    std::shared_ptr<const core::LoadedDataset> m_current;
};

} // namespace ui
