#include "ui/pages/inspect/UnitCard.h"

#include "ui/pages/inspect/CellView.h"
#include "ui/pages/inspect/TopImagesView.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QHBoxLayout>
#include <QStackedWidget>

namespace ui
{
namespace
{

constexpr int kWidth = 402;
constexpr int kSmallestWidth = 340; ///< for kernels of 3 × 3 beside their window

} // namespace

UnitCard::UnitCard(QWidget* parent)
    : Card({}, parent),
      m_cell(new CellView(this)),
      m_topImages(new TopImagesView(this)),
      m_views(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_stack(new QStackedWidget(this))
{
    setMinimumWidth(kSmallestWidth);
    setMaximumWidth(kWidth);
    m_views->setObjectName(QStringLiteral("unitView"));
    m_views->setSegments({tr("How"), tr("Top images")}, {tr("How it is computed, number by number"),
                                                         tr("Test images with the highest activation")});
    header()->addWidget(m_views);
    letHeadingShrink();
    m_stack->addWidget(m_cell);
    m_stack->addWidget(m_topImages);
    body()->addWidget(m_stack, 1);
    connect(m_cell, &CellView::titleChanged, this, &Card::setTitle);
    connect(m_views, &SegmentedButtons::toggled, this, [this](int view) {
        m_stack->setCurrentIndex(view);
        Q_EMIT topImagesToggled(view == 1);
    });
}

QSize UnitCard::sizeHint() const
{
    return {kWidth, Card::sizeHint().height()};
}

} // namespace ui
