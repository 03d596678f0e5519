// Finds, loads and verifies data sets: the built-in Sketch digits, known data sets, and the user's folders.
// Calls may read or hash tens of megabytes; do not call them on the GUI thread (see DatasetLoader).
#pragma once

#include "core/StudioFolders.h"
#include "core/catalog/KnownDataset.h"
#include "core/catalog/Verification.h"
#include "engine/data/Dataset.h"

#include <optional>

namespace core
{

struct LoadedDataset {
    engine::DatasetSplits splits;
    Verification verification = Verification::NotApplicable;
    QString folder;  ///< source folder; empty for Sketch digits
    QString licence; ///< empty if unknown
};

class DatasetCatalog
{
public:
    explicit DatasetCatalog(StudioFolders folders, QList<KnownDataset> known = knownDatasets());

    const QList<KnownDataset>& known() const { return m_known; }
    /// The digits that the user drew and kept; locate() finds out whether there are any.
    const KnownDataset& ownDigits() const { return m_ownDigits; }
    QString ownDigitsFolder() const { return userFolder(m_ownDigits); }
    /// Case-insensitive. Null if neither a known data set nor the user's own digits have this id.
    const KnownDataset* find(const QString& id) const;
    /// For people, before it is loaded: "MNIST", "Sketch digits", or the path of a folder.
    QString titleOf(const QString& nameOrFolder) const;
    const StudioFolders& folders() const { return m_folders; }

    /// The folder that has all four files of a known data set: the user's folder first, then the system's.
    /// For the user's own digits, the folder with digits for training and for testing. Fast.
    std::optional<QString> locate(const KnownDataset& dataset) const;
    /// The folder that a download is stored in.
    QString userFolder(const KnownDataset& dataset) const;

    /// `nameOrFolder`: "sketch-digits", a known id, or the path of a folder with the four IDX files. Files of
    /// known data sets are compared with their published checksums; one that differs is still loaded, but
    /// marked. The user's own digits are read by refreshKeptDigits(), never from the IDX files made of them.
    /// Errors: NotFound, otherwise as engine::readIdxFolder or refreshKeptDigits().
    engine::Result<LoadedDataset> load(const QString& nameOrFolder) const;

    /// Compares the files of a known data set in `folder` with their published checksums. The error names
    /// every file that differs, with expected and found checksum (BadFormat), or is missing (NotFound).
    engine::Result<Verification> verify(const KnownDataset& dataset, const QString& folder) const;

private:
    engine::Result<LoadedDataset> loadKnown(const KnownDataset& dataset) const;
    engine::Result<LoadedDataset> loadOwnDigits(const QString& id, const QString& title) const;
    bool isOwnDigitsFolder(const QString& folder) const;

    StudioFolders m_folders;
    QList<KnownDataset> m_known;
    KnownDataset m_ownDigits;
};

} // namespace core
