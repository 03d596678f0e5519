// Says that the file of the kept digits is damaged, with the details as a tooltip, and offers to set it
// aside. Hidden while it is not damaged.
#pragma once

#include "engine/Result.h"

#include <QWidget>

class QLabel;

namespace core
{
class KeptDigits;
}

namespace ui
{

class KeptDigitsDamage : public QWidget
{
    Q_OBJECT
public:
    /// `kept` must outlive it.
    KeptDigitsDamage(core::KeptDigits& kept, QWidget* parent);

private:
    void onFailed(const engine::Error& error);

    core::KeptDigits& m_kept;
    QLabel* m_text;
};

} // namespace ui
