#include "ui/pages/inspect/FavouritesView.h"

#include "ui/models/SampleListModel.h"
#include "ui/style/TextRole.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kTileSide = 84; ///< 3 screen pixels for one of MNIST's

/// Large and sharp, with a frame around what the cell sees.
QPixmap tileOf(const engine::Dataset& images, const engine::FavouriteImage& favourite)
{
    const QImage image = imageOf(images, favourite.index);
    const int scale = std::max(1, kTileSide / std::max(image.width(), image.height()));
    QPixmap pixmap(image.size() * scale);
    QPainter painter(&pixmap);
    painter.drawImage(pixmap.rect(), image); // never smooth
    const engine::CellRectangle field =
        engine::withoutPadding(favourite.receptiveField, image.height(), image.width());
    painter.setPen(QPen(lightColors().testSeries, 2));
    painter.drawRect(QRect(field.left * scale, field.top * scale, field.width * scale, field.height * scale)
                         .adjusted(1, 1, -1, -1));
    return pixmap;
}

} // namespace

FavouritesView::FavouritesView(QWidget* parent)
    : QWidget(parent),
      m_states(new QStackedWidget(this)),
      m_message(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_facts(new QLabel(this))
{
    setObjectName(QStringLiteral("favourites"));
    m_message->setObjectName(QStringLiteral("favouritesMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_action->setObjectName(QStringLiteral("searchFavourites"));
    m_action->setAccessibleName(tr("Search"));
    m_progress->setObjectName(QStringLiteral("favouritesProgress"));
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_cancel->setObjectName(QStringLiteral("cancelFavourites"));
    m_cancel->setAccessibleName(tr("Cancel the search"));
    connect(m_action, &QPushButton::clicked, this, &FavouritesView::searchWanted);
    connect(m_cancel, &QPushButton::clicked, this, &FavouritesView::cancelWanted);
    auto* empty = new QWidget(this);
    auto* column = new QVBoxLayout(empty);
    column->addStretch();
    column->addWidget(m_message);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addWidget(m_progress);
    column->addWidget(m_cancel, 0, Qt::AlignHCenter);
    column->addStretch();
    m_states->addWidget(empty);

    auto* found = new QWidget(this);
    auto* grid = new QGridLayout(found);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    m_facts->setObjectName(QStringLiteral("favouritesFacts"));
    m_facts->setWordWrap(true);
    setTextRole(m_facts, TextRole::Small);
    grid->addWidget(m_facts, 0, 0, 1, 3);
    for (int i = 0; i < kImages; ++i) {
        auto* tile = new QToolButton(this);
        tile->setObjectName(QStringLiteral("favourite_%1").arg(i));
        tile->setAccessibleName(tr("Favourite %1").arg(i + 1));
        tile->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        tile->setFocusPolicy(Qt::StrongFocus);
        tile->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(tile, &QToolButton::clicked, this,
                [this, i] { Q_EMIT imageChosen(m_indices[static_cast<std::size_t>(i)]); });
        grid->addWidget(tile, 1 + i / 3, i % 3);
        m_tiles.push_back(tile);
    }
    grid->setRowStretch(4, 1);
    auto* area = new QScrollArea(this);
    area->setWidget(found);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    m_states->addWidget(area);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
}

void FavouritesView::showMessage(const QString& text, const QString& actionText)
{
    m_message->setText(text);
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_progress->hide();
    m_cancel->hide();
    m_states->setCurrentIndex(0);
}

void FavouritesView::showProgress(std::size_t done, std::size_t total)
{
    showMessage(tr("Looking for the images that excite each unit most …"));
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
    m_progress->show();
    m_cancel->show();
}

void FavouritesView::showFavourites(const engine::UnitFavourites& unit, int layer, std::size_t imageCount,
                                    const engine::Dataset& images, const QStringList& classNames)
{
    if (unit.images.empty()) {
        return showMessage(
            tr("None of the %L1 test images excites this unit: it gives 0 everywhere. Such a unit is dead.")
                .arg(imageCount));
    }
    m_facts->setText(
        tr("The test images that excite it most, and where. It is above 0 somewhere in %L1 of %L2.")
            .arg(unit.firing)
            .arg(imageCount));
    m_indices.clear();
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        QToolButton* tile = m_tiles[i];
        tile->setVisible(i < unit.images.size());
        if (i >= unit.images.size())
            continue;
        const engine::FavouriteImage& favourite = unit.images[i];
        const int label = images.label(favourite.index);
        const QString name = classNames.value(label, QString::number(label));
        const QPixmap pixmap = tileOf(images, favourite);
        tile->setIcon(pixmap);
        tile->setIconSize(pixmap.size());
        tile->setText(QStringLiteral("%1 · %2").arg(name, valueText(favourite.value, 2)));
        const QString description =
            layer == engine::kLinear
                ? tr("Test image %L1, label %2: %3. Click to look into it")
                      .arg(favourite.index)
                      .arg(name, valueText(favourite.value))
                : tr("Test image %L1, label %2: %3 at row %4, column %5. Click to look into it")
                      .arg(favourite.index)
                      .arg(name, valueText(favourite.value))
                      .arg(favourite.y)
                      .arg(favourite.x);
        tile->setToolTip(description);
        tile->setAccessibleName(description);
        m_indices.push_back(favourite.index);
    }
    m_states->setCurrentIndex(1);
}

} // namespace ui
