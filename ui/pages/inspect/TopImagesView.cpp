#include "ui/pages/inspect/TopImagesView.h"

#include "ui/pages/inspect/SearchState.h"
#include "ui/render/SampleImage.h"
#include "ui/style/TextRole.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kTileSide = 84; ///< 3 screen pixels per MNIST pixel

/// Enlarged without smoothing, with a frame around the receptive field.
QPixmap tileOf(const engine::Dataset& images, const engine::TopImage& topImage)
{
    const QImage image = imageOf(images, topImage.index);
    const int whole = kTileSide / std::max(image.width(), image.height());
    const QSize size =
        whole > 0 ? image.size() * whole : image.size().scaled(kTileSide, kTileSide, Qt::KeepAspectRatio);
    const double scale = static_cast<double>(size.width()) / image.width();
    QPixmap pixmap(size);
    QPainter painter(&pixmap);
    painter.drawImage(pixmap.rect(), image); // no smoothing
    const engine::CellRectangle field =
        engine::withoutPadding(topImage.receptiveField, image.height(), image.width());
    painter.setPen(QPen(lightColors().testSeries, 2));
    painter.drawRect(QRectF(field.left * scale, field.top * scale, field.width * scale, field.height * scale)
                         .adjusted(1, 1, -1, -1));
    return pixmap;
}

} // namespace

TopImagesView::TopImagesView(QWidget* parent)
    : QWidget(parent),
      m_states(new QStackedWidget(this)),
      m_search(new SearchState(QStringLiteral("topImages"), Qt::Vertical, this)),
      m_facts(new QLabel(this)),
      m_again(new QPushButton(tr("Search with the latest weights"), this))
{
    setObjectName(QStringLiteral("topImages"));
    m_states->addWidget(m_search);
    auto* area = new QScrollArea(this);
    area->setWidget(makeFound());
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    m_states->addWidget(area);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
    connect(m_search, &SearchState::searchWanted, this, &TopImagesView::searchWanted);
    connect(m_again, &QPushButton::clicked, this, &TopImagesView::searchWanted);
}

QWidget* TopImagesView::makeFound()
{
    auto* found = new QWidget(this);
    auto* grid = new QGridLayout(found);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    m_facts->setObjectName(QStringLiteral("topImagesFacts"));
    m_facts->setWordWrap(true);
    setTextRole(m_facts, TextRole::Small);
    m_again->setObjectName(QStringLiteral("topImagesAgain"));
    m_again->setAccessibleName(m_again->text());
    grid->addWidget(m_facts, 0, 0, 1, 3);
    grid->addWidget(m_again, 1, 0, 1, 3, Qt::AlignLeft);
    for (int i = 0; i < kImages; ++i) {
        auto* tile = new QToolButton(this);
        tile->setObjectName(QStringLiteral("topImage_%1").arg(i));
        tile->setAccessibleName(tr("Top image %1").arg(i + 1));
        tile->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        tile->setFocusPolicy(Qt::StrongFocus);
        tile->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        tile->setMinimumWidth(kTileSide + 8); // three beside each other also where the card is narrow
        connect(tile, &QToolButton::clicked, this,
                [this, i] { Q_EMIT imageChosen(m_indices[static_cast<std::size_t>(i)]); });
        grid->addWidget(tile, 2 + i / 3, i % 3);
        m_tiles.push_back(tile);
    }
    grid->setRowStretch(5, 1);
    return found;
}

void TopImagesView::showSearch()
{
    m_states->setCurrentIndex(0);
}

void TopImagesView::showTopImages(const engine::TopActivatingImages& unit, bool isOfMap,
                                  const engine::Dataset& images, const QStringList& classNames, bool areOlder)
{
    const QString facts =
        tr("Test images with the highest activation, and where. Above 0 in %L1 of %L2 images.")
            .arg(unit.firing)
            .arg(images.size());
    m_facts->setText(areOlder ? facts + QLatin1Char('\n') + tr("Searched with older weights.") : facts);
    m_again->setVisible(areOlder);
    m_indices.clear();
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        QToolButton* tile = m_tiles[i];
        tile->setVisible(i < unit.images.size());
        if (i >= unit.images.size())
            continue;
        const engine::TopImage& topImage = unit.images[i];
        const int label = images.label(topImage.index);
        const QString name = classNames.value(label, QString::number(label));
        const QPixmap pixmap = tileOf(images, topImage);
        tile->setIcon(pixmap);
        tile->setIconSize(pixmap.size());
        tile->setText(QStringLiteral("%1 · %2").arg(name, valueText(topImage.value, 2)));
        const QString description =
            isOfMap ? tr("Test image %L1, label %2: %3 at row %4, column %5. Click to inspect it")
                          .arg(topImage.index)
                          .arg(name, valueText(topImage.value))
                          .arg(topImage.y)
                          .arg(topImage.x)
                    : tr("Test image %L1, label %2: %3. Click to inspect it")
                          .arg(topImage.index)
                          .arg(name, valueText(topImage.value));
        tile->setToolTip(description);
        tile->setAccessibleName(description);
        m_indices.push_back(topImage.index);
    }
    m_states->setCurrentIndex(1);
}

} // namespace ui
