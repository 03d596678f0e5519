// The user's kept digits: reads and writes their file (KeptDigitsFile) on a separate thread. Changes can be
// undone, back to the creation of this object.
#pragma once

#include "core/TaskQueue.h"
#include "core/catalog/KeptDigitsFile.h"

#include <QObject>
#include <array>
#include <functional>
#include <optional>

namespace core
{

class KeptDigits : public QObject
{
    Q_OBJECT
public:
    /// `folder` is created with the first digit.
    /// The destructor waits until everything is on disk.
    explicit KeptDigits(QString folder, QObject* parent = nullptr);

    /// Digits added or removed.
    struct Change {
        KeptDigit digit;
        std::size_t position = 0;
        bool isRemoval = false;
    };

    const QString& folder() const { return m_folder; }
    const std::vector<KeptDigit>& digits() const { return m_digits; }
    /// Number of digits per class.
    std::array<int, kOwnDigitClasses> counts() const { return countKept(m_digits); }
    /// There are enough digits to open them as a data set.
    bool isUsable() const { return splitKept(m_digits).isUsable(); }
    /// A line of the file could not be read; no digit can be kept or removed until it is set aside.
    bool isDamaged() const { return m_isDamaged; }
    /// The change that undo() would revert; not set if there is none.
    const std::optional<Change>& lastChange() const { return m_lastChange; }

    // Each is followed by changed() or failed():
    void load();
    void keep(KeptDigit digit);
    void undo();
    /// Removes digits()[position]. Ignored while a change is in progress, as positions may change.
    void remove(std::size_t position);
    /// Keeps the digits that can be read in a new file; repaired() follows changed() if the file was damaged.
    void setDamagedFileAside();

Q_SIGNALS:
    /// digits() has been written to disk.
    void changed();
    void failed(const engine::Error& error);
    void repaired(const core::RepairedDigits& repair);

private:
    using Result = engine::Result<std::vector<KeptDigit>>;
    void run(std::function<Result()> work, std::function<void()> then = {});
    /// Called only by the background work, one at a time.
    Result undoLast();

    QString m_folder;
    std::vector<KeptDigit> m_digits;
    std::optional<Change> m_lastChange;
    bool m_isDamaged = false;
    int m_underWay = 0;
    std::vector<Change> m_history; ///< used only by the background work
    TaskQueue m_queue{*this};
};

} // namespace core
