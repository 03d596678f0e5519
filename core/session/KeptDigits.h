// The digits that somebody has drawn and kept with their labels: the file of them (KeptDigitsFile), read and
// written by a thread of its own. What is done to them can be undone, as far back as this object lives.
#pragma once

#include "core/catalog/KeptDigitsFile.h"

#include <QObject>
#include <QThreadPool>
#include <array>
#include <functional>
#include <optional>

namespace core
{

class KeptDigits : public QObject
{
    Q_OBJECT
public:
    /// `folder` is made with the first digit.
    explicit KeptDigits(QString folder, QObject* parent = nullptr);
    /// Waits until everything is on disk.
    ~KeptDigits() override;

    /// To or away from the digits.
    struct Change {
        KeptDigit digit;
        std::size_t position = 0;
        bool isRemoval = false;
    };

    const QString& folder() const { return m_folder; }
    const std::vector<KeptDigit>& digits() const { return m_digits; }
    /// Of each class.
    std::array<int, kOwnDigitClasses> counts() const { return countKept(m_digits); }
    /// There are enough to open them as a data set.
    bool isUsable() const { return splitKept(m_digits).isUsable(); }
    /// What undo() would take back; nothing where there is nothing to.
    const std::optional<Change>& lastChange() const { return m_lastChange; }

    // changed() or failed() follows each:
    void load();
    void keep(KeptDigit digit);
    void undo();
    /// digits()[position]. Does nothing while a change is under way, as then there may be others by now.
    void remove(std::size_t position);

Q_SIGNALS:
    /// What is in digits() is on disk.
    void changed();
    void failed(const engine::Error& error);

private:
    using Result = engine::Result<std::vector<KeptDigit>>;
    void run(std::function<Result()> work);
    /// By the work alone, one at a time.
    Result undoLast();

    QString m_folder;
    std::vector<KeptDigit> m_digits;
    std::optional<Change> m_lastChange;
    int m_underWay = 0;
    std::vector<Change> m_history; ///< belongs to the work
    QThreadPool m_pool;
};

} // namespace core
