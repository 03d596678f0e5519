// Finds, loads and verifies data sets: the built-in Sketch digits, the known ones, and folders of the user's
// own. Every call may read or hash tens of megabytes: not for the GUI thread (see DatasetLoader).
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
    QString folder;  ///< where it was read from; empty for Sketch digits
    QString licence; ///< empty where unknown
};

class DatasetCatalog
{
public:
    explicit DatasetCatalog(StudioFolders folders, QList<KnownDataset> known = knownDatasets());

    const QList<KnownDataset>& known() const { return m_known; }
    /// The digits that the user has drawn and kept; there where locate() finds them.
    const KnownDataset& ownDigits() const { return m_ownDigits; }
    QString ownDigitsFolder() const { return userFolder(m_ownDigits); }
    /// Upper or lower case; null where no known data set, nor the user's own digits, is called that.
    const KnownDataset* find(const QString& id) const;
    /// For people, before it is loaded: "MNIST", "Sketch digits", or the path of a folder.
    QString titleOf(const QString& nameOrFolder) const;
    const StudioFolders& folders() const { return m_folders; }

    /// The folder that holds all four files of a known data set: the user's own first, then the system's.
    /// Cheap.
    std::optional<QString> locate(const KnownDataset& dataset) const;
    /// Where a download of it goes.
    QString userFolder(const KnownDataset& dataset) const;

    /// `nameOrFolder`: "sketch-digits", a known id, or the path of a folder with the four IDX files. Files of
    /// known data sets are checked against their published sums on the way; one that differs is loaded all
    /// the same and marked. Errors: NotFound, else as engine::readIdxFolder.
    engine::Result<LoadedDataset> load(const QString& nameOrFolder) const;

    /// Compares the files of a known data set in `folder` with their published sums. The error names every
    /// file that differs, the sum expected and the sum found (BadFormat), or is missing (NotFound).
    engine::Result<Verification> verify(const KnownDataset& dataset, const QString& folder) const;

private:
    engine::Result<LoadedDataset> loadKnown(const KnownDataset& dataset) const;

    StudioFolders m_folders;
    QList<KnownDataset> m_known;
    KnownDataset m_ownDigits;
};

} // namespace core
