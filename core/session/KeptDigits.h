// The digits that somebody has drawn and kept with their labels: the file of them (KeptDigitsFile), read and
// written by a thread of its own.
#pragma once

#include "core/catalog/KeptDigitsFile.h"

#include <QObject>
#include <QThreadPool>
#include <array>
#include <functional>

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

    const QString& folder() const { return m_folder; }
    const std::vector<KeptDigit>& digits() const { return m_digits; }
    /// Of each class.
    std::array<int, kOwnDigitClasses> counts() const;
    /// There are enough to open them as a data set.
    bool isUsable() const { return splitKept(m_digits).isUsable(); }

    // changed() or failed() follows each:
    void load();
    void keep(KeptDigit digit);
    /// The one that was kept last.
    void removeLast();

Q_SIGNALS:
    /// What is in digits() is on disk.
    void changed();
    void failed(const engine::Error& error);

private:
    void run(std::function<engine::Result<std::vector<KeptDigit>>()> work);

    QString m_folder;
    std::vector<KeptDigit> m_digits;
    QThreadPool m_pool;
};

} // namespace core
