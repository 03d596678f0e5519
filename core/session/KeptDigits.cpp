#include "core/session/KeptDigits.h"

#include "engine/Guarded.h"

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

void KeptDigits::load()
{
    run([this] { return readKeptDigits(m_folder); });
}

void KeptDigits::keep(KeptDigit digit)
{
    run([this, digit = std::move(digit)] {
        auto digits = keepDigits(m_folder, {digit});
        if (digits)
            m_history.push_back({digits->back(), digits->size() - 1, false});
        return digits;
    });
}

void KeptDigits::remove(std::size_t position)
{
    if (m_underWay > 0 || position >= m_digits.size())
        return;
    run([this, position, digit = m_digits[position]] {
        auto digits = removeKeptDigit(m_folder, digit);
        if (digits)
            m_history.push_back({digit, position, true});
        return digits;
    });
}

void KeptDigits::undo()
{
    run([this] { return undoLast(); });
}

KeptDigits::Result KeptDigits::undoLast()
{
    if (m_history.empty())
        return readKeptDigits(m_folder);
    const Change& last = m_history.back();
    auto digits = last.isRemoval ? restoreKeptDigit(m_folder, last.digit, last.position)
                                 : removeKeptDigit(m_folder, last.digit);
    if (digits)
        m_history.pop_back();
    return digits;
}

void KeptDigits::run(std::function<Result()> work)
{
    ++m_underWay;
    m_pool.start([this, work = std::move(work)] {
        auto digits = engine::guarded("Using the kept digits", work);
        const auto last = m_history.empty() ? std::nullopt : std::optional(m_history.back());
        QMetaObject::invokeMethod(
            this,
            [this, digits = std::move(digits), last] {
                --m_underWay;
                if (!digits)
                    return Q_EMIT failed(digits.error());
                m_digits = *digits;
                m_lastChange = last;
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace core
