#include "ui/pages/inspect/InspectBar.h"

#include "ui/pages/inspect/ImageBar.h"
#include "ui/widgets/ExportMenu.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QCheckBox>
#include <QToolButton>

namespace ui
{

InspectBar::InspectBar(QWidget* parent)
    : QWidget(parent),
      m_images(new ImageBar(this)),
      m_views(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_follow(new QCheckBox(tr("Follow the training"), this)),
      m_export(new QToolButton(this)),
      m_exports(new ExportMenu(m_export))
{
    m_views->setObjectName(QStringLiteral("inspectView"));
    m_views->setSegments({tr("Network"), tr("What mattered"), tr("Table")},
                         {tr("The maps of each layer and how they are computed"),
                          tr("Which parts of the image mattered for the prediction"),
                          tr("All layers with their sizes and ranges")});
    connect(m_views, &SegmentedButtons::toggled, this,
            [this](int view) { Q_EMIT viewChosen(static_cast<View>(view)); });
    m_follow->setObjectName(QStringLiteral("followTraining"));
    m_follow->setAccessibleName(m_follow->text());
    connect(m_follow, &QCheckBox::toggled, this, &InspectBar::followingChanged);
    makeExportButton();
    auto* layout = new FlowLayout(8);
    setLayout(layout);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_images, m_views, m_follow, m_export})
        layout->addWidget(widget);
    setTraining(false);
}

void InspectBar::makeExportButton()
{
    m_export->setObjectName(QStringLiteral("exportInspection"));
    m_export->setText(tr("Export ▾"));
    m_export->setAccessibleName(tr("Export the view"));
    m_export->setToolTip(tr("Copy the view, or save it as a picture"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->setProperty("segment", QLatin1String("only"));
    m_export->setMenu(m_exports);
}

void InspectBar::setInspected(bool isInspected)
{
    m_views->setEnabled(isInspected);
    m_export->setEnabled(isInspected);
}

void InspectBar::setTraining(bool isTraining)
{
    m_follow->setEnabled(isTraining);
    m_follow->setToolTip(isTraining ? tr("Show the latest weights, five times a second")
                                    : tr("There is no training to follow"));
}

bool InspectBar::isFollowing() const
{
    return m_follow->isChecked();
}

void InspectBar::setFollowing(bool isFollowing)
{
    m_follow->setChecked(isFollowing);
}

void InspectBar::setView(View view)
{
    m_views->setChecked(static_cast<int>(view));
}

} // namespace ui
