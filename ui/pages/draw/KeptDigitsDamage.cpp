#include "ui/pages/draw/KeptDigitsDamage.h"

#include "core/session/KeptDigits.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

KeptDigitsDamage::KeptDigitsDamage(core::KeptDigits& kept, QWidget* parent)
    : QWidget(parent),
      m_kept(kept),
      m_text(new QLabel(tr("The file of your digits is damaged."), this))
{
    m_text->setObjectName(QStringLiteral("keptDamage"));
    m_text->setWordWrap(true);
    auto* setAside = new QPushButton(tr("Set the file aside"), this);
    setAside->setObjectName(QStringLiteral("setKeptAside"));
    setAside->setAccessibleName(tr("Set the damaged file of my digits aside"));
    setAside->setToolTip(tr("Start a new file with the digits that can be read, and rename the damaged one"));
    setAside->setAutoDefault(false);
    connect(setAside, &QPushButton::clicked, &kept, &core::KeptDigits::setDamagedFileAside);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addWidget(setAside, 0, Qt::AlignLeft);
    connect(&kept, &core::KeptDigits::failed, this, &KeptDigitsDamage::onFailed);
    connect(&kept, &core::KeptDigits::changed, this, &QWidget::hide);
    setVisible(false);
}

void KeptDigitsDamage::onFailed(const engine::Error& error)
{
    const QString damage = QString::fromStdString(error.message);
    m_text->setToolTip(damage);
    m_text->setAccessibleDescription(damage);
    setVisible(m_kept.isDamaged());
}

} // namespace ui
