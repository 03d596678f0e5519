#include "core/session/KeptDigits.h"

namespace core
{

KeptDigits::KeptDigits(QString folder, QObject* parent) : QObject(parent), m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1);
}

KeptDigits::~KeptDigits()
{
    m_pool.waitForDone();
}

std::array<int, kOwnDigitClasses> KeptDigits::counts() const
{
    std::array<int, kOwnDigitClasses> counts = {};
    for (const KeptDigit& digit : m_digits)
        ++counts[static_cast<std::size_t>(digit.label)];
    return counts;
}

void KeptDigits::load()
{
    run([folder = m_folder] { return readKeptDigits(folder); });
}

void KeptDigits::keep(KeptDigit digit)
{
    run([folder = m_folder, digit = std::move(digit)] { return keepDigit(folder, digit); });
}

void KeptDigits::removeLast()
{
    run([folder = m_folder] { return removeLastKeptDigit(folder); });
}

void KeptDigits::run(std::function<engine::Result<std::vector<KeptDigit>>()> work)
{
    m_pool.start([this, work = std::move(work)] {
        auto digits = work();
        QMetaObject::invokeMethod(
            this,
            [this, digits = std::move(digits)] {
                if (!digits)
                    return Q_EMIT failed(digits.error());
                m_digits = *digits;
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace core
