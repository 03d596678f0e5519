#include "core/session/KeptDigits.h"

#include <memory>

namespace core
{

KeptDigits::KeptDigits(QString folder, QObject* parent) : QObject(parent), m_folder(std::move(folder)) {}

void KeptDigits::load()
{
    run([this] { return refreshKeptDigits(m_folder); });
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

void KeptDigits::setDamagedFileAside()
{
    auto repair = std::make_shared<RepairedDigits>();
    run(
        [this, repair] {
            return setDamagedDigitsAside(m_folder).map([&](RepairedDigits&& repaired) {
                *repair = std::move(repaired);
                return repair->digits;
            });
        },
        [this, repair] {
            if (repair->damagedLines > 0)
                Q_EMIT repaired(*repair);
        });
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

void KeptDigits::run(std::function<Result()> work, std::function<void()> then)
{
    ++m_underWay;
    struct Kept {
        std::vector<KeptDigit> digits;
        std::optional<Change> lastChange;
    };
    m_queue.enqueue(
        "Using the kept digits",
        [this, work = std::move(work)] {
            return work().map([&](std::vector<KeptDigit>&& digits) {
                return Kept{std::move(digits),
                            m_history.empty() ? std::nullopt : std::optional(m_history.back())};
            });
        },
        [this, then = std::move(then)](const engine::Result<Kept>& kept) {
            --m_underWay;
            if (!kept) {
                m_isDamaged = m_isDamaged || kept.error().code == engine::ErrorCode::BadFormat;
                return Q_EMIT failed(kept.error());
            }
            m_isDamaged = false;
            m_digits = kept->digits;
            m_lastChange = kept->lastChange;
            Q_EMIT changed();
            if (then)
                then();
        });
}

} // namespace core
