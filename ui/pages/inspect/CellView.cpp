#include "ui/pages/inspect/CellView.h"

#include "engine/inspection/ReceptiveField.h"
#include "ui/models/ArithmeticText.h"
#include "ui/models/KernelMaps.h"
#include "ui/pages/inspect/CellMap.h"
#include "ui/pages/inspect/ChannelTerms.h"
#include "ui/pages/inspect/FieldStrip.h"
#include "ui/style/Icons.h"
#include "ui/style/TextRole.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kImageSide = 130;  ///< at most: 2 screen pixels per pixel of 64 × 64, and a frame
constexpr int kMapSide = 170;    ///< 6
constexpr int kAlmostAll = 1000; ///< of the remaining height, as far as the terms need it
constexpr std::array kCellsPerSecond = {1, 2, 5, 10, 20, 50, 100};

/// An integer number of screen pixels per image pixel, and a frame: 114 for MNIST.
QSize sizeFor(const engine::ImageShape& shape)
{
    const int longer = std::max(shape.height, shape.width);
    const int scale = std::max(1, (kImageSide - 2) / longer);
    const int side = std::min(longer * scale + 2, kImageSide);
    return {side, side};
}

QRect asCells(const engine::CellRectangle& rectangle)
{
    return {rectangle.left, rectangle.top, rectangle.width, rectangle.height};
}

} // namespace

CellView::CellView(QWidget* parent)
    : QWidget(parent),
      m_image(new CellMap(this)),
      m_imageText(new QLabel(this)),
      m_map(new CellMap(this)),
      m_mapText(new QLabel(this)),
      m_play(new QToolButton(this)),
      m_speed(new QSlider(Qt::Horizontal, this)),
      m_fields(new FieldStrip(this)),
      m_termsArea(new QScrollArea(this)),
      m_terms(new ChannelTerms(this)),
      m_formula(new QLabel(this)),
      m_after(new QLabel(this)),
      m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("cellView"));
    m_termsArea->setWidget(m_terms);
    m_termsArea->setWidgetResizable(true);
    m_termsArea->setFrameShape(QFrame::NoFrame);
    m_termsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_termsArea->setFocusPolicy(Qt::NoFocus);
    m_formula->setObjectName(QStringLiteral("cellFormula"));
    m_formula->setWordWrap(true);
    setTextRole(m_formula, TextRole::Title);
    m_after->setObjectName(QStringLiteral("cellAfter"));
    m_after->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("cellNote"));
    m_note->setWordWrap(true);
    setTextRole(m_note, TextRole::Small);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(makeMaps());
    layout->addWidget(m_fields);
    layout->addWidget(m_termsArea, kAlmostAll);
    layout->addWidget(m_formula);
    layout->addWidget(m_after);
    layout->addWidget(m_note);
    layout->addStretch(1);

    connect(m_map, &CellMap::pointedAt, this, [this](int row, int column) {
        stop();
        setCell(row, column);
    });
    connect(m_terms, &ChannelTerms::openedChanged, this, [this](const QRect& row) {
        m_terms->resize(m_terms->width(), m_terms->sizeHint().height());
        m_termsArea->ensureVisible(row.center().x(), row.bottom(), 0, 4);
        m_termsArea->ensureVisible(row.center().x(), row.top(), 0, 4);
    });
    connect(m_terms, &ChannelTerms::heightChanged, this,
            [this](int height) { m_termsArea->setMaximumHeight(height); });
    connect(&m_timer, &QTimer::timeout, this, &CellView::advance);
    clear();
}

QLayout* CellView::makeMaps()
{
    m_image->setObjectName(QStringLiteral("receptiveField"));
    m_image->setAccessibleName(tr("Image with the receptive field of the cell"));
    m_image->setFixedSize(sizeFor({}));
    m_map->setObjectName(QStringLiteral("outputMap"));
    m_map->setAccessibleName(tr("Feature map of the unit"));
    m_map->setToolTip(tr("Hover over the map or use the arrow keys; click to pin the cell"));
    m_map->setFixedSize(kMapSide, kMapSide);
    m_map->setInteractive(true);
    for (QLabel* text : {m_imageText, m_mapText}) {
        setTextRole(text, TextRole::Small);
        text->setAlignment(Qt::AlignCenter);
        text->setWordWrap(true);
    }
    m_imageText->setObjectName(QStringLiteral("fieldText"));
    m_mapText->setObjectName(QStringLiteral("cellText"));
    auto* image = new QVBoxLayout;
    image->setSpacing(4);
    image->addWidget(m_image, 0, Qt::AlignHCenter);
    image->addWidget(m_imageText);
    image->addStretch();
    image->addLayout(makeControls());
    auto* map = new QVBoxLayout;
    map->setSpacing(4);
    map->addWidget(m_map, 0, Qt::AlignHCenter);
    map->addWidget(m_mapText);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addLayout(image, 1);
    row->addLayout(map, 1);
    return row;
}

QLayout* CellView::makeControls()
{
    m_play->setObjectName(QStringLiteral("playCells"));
    m_play->setCheckable(false);
    m_speed->setObjectName(QStringLiteral("playSpeed"));
    m_speed->setAccessibleName(tr("Animation speed"));
    m_speed->setRange(0, static_cast<int>(kCellsPerSecond.size()) - 1);
    m_speed->setPageStep(1);
    m_speed->setValue(3);
    connect(m_play, &QToolButton::clicked, this, [this] { isPlaying() ? stop() : play(); });
    const auto setSpeed = [this](int speed) {
        const int cells = kCellsPerSecond[static_cast<std::size_t>(speed)];
        m_timer.setInterval(1000 / cells);
        m_speed->setToolTip(tr("%1 cells per second").arg(cells));
    };
    connect(m_speed, &QSlider::valueChanged, this, setSpeed);
    setSpeed(m_speed->value());
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_play);
    row->addWidget(m_speed, 1);
    return row;
}

bool CellView::hasArithmetic() const
{
    return m_inspection && m_layer >= 0 && m_layer < engine::layerCount(m_inspection->spec());
}

bool CellView::hasCells() const
{
    return m_inspection && (m_form == MapForm::Maps || m_form == MapForm::Features);
}

engine::Cell CellView::engineCell() const
{
    switch (m_form) {
    case MapForm::Maps:
        return {m_layer, m_unit, m_row, m_column};
    case MapForm::Features:
        return {m_layer, m_row * m_maps.width + m_column, 0, 0};
    default:
        return {m_layer, m_unit, 0, 0};
    }
}

int CellView::mapOfUnit() const
{
    return m_form == MapForm::Maps || m_form == MapForm::Units ? m_unit : 0;
}

void CellView::setInspection(InspectionPtr inspection)
{
    const bool isOtherShape = !inspection || !m_inspection || inspection->spec() != m_inspection->spec();
    m_inspection = std::move(inspection);
    if (!m_inspection)
        return clear();
    if (isOtherShape)
        stop();
    m_layer = existingLayer(m_inspection->spec(), m_layer);
    m_unit = existingUnit(m_inspection->spec(), m_layer, m_unit);
    showUnit();
    if (isOtherShape)
        showStrongestCell();
    else
        showCell();
}

void CellView::setSelection(int layer, int unit)
{
    const bool isOtherLayer = layer != m_layer;
    if (!isOtherLayer && unit == m_unit)
        return;
    m_layer = layer;
    m_unit = unit;
    if (!m_inspection)
        return;
    if (isOtherLayer)
        stop();
    m_map->release();
    showUnit();
    if (isOtherLayer)
        showStrongestCell();
    else
        showCell();
}

void CellView::setCell(int row, int column)
{
    if (!hasCells() || row < 0 || column < 0 || row >= m_maps.height || column >= m_maps.width)
        return;
    m_row = row;
    m_column = column;
    showCell();
}

void CellView::pointAt(int row, int column)
{
    if (!m_map->isHeld() && !isPlaying())
        setCell(row, column);
}

void CellView::showUnit()
{
    const engine::NetworkSpec& spec = m_inspection->spec();
    m_form = mapForm(spec, m_layer);
    m_maps = mapsOf(*m_inspection, m_layer);
    const DivergingScale scale(m_maps.largestMagnitude(), currentColors());
    m_map->setImage(mapImage(m_maps.map(mapOfUnit()), m_maps.height, m_maps.width, scale));
    m_map->setVisible(hasCells());
    m_mapText->setVisible(hasCells());
    m_play->setVisible(hasCells());
    m_speed->setVisible(hasCells());
    m_row = std::min(m_row, m_maps.height - 1);
    m_column = std::min(m_column, m_maps.width - 1);
    m_image->setFixedSize(sizeFor(spec.input));
    m_image->setImage(pictureOf(m_inspection->image));
    const QString name = layerTitle(spec, m_layer);
    if (isOfClasses(spec, m_layer))
        Q_EMIT titleChanged(tr("%1 · class %2").arg(name, m_inspection->classNames.value(m_unit)));
    else if (!hasUnits(spec, m_layer))
        Q_EMIT titleChanged(name);
    else if (m_layer == engine::kInputImage)
        Q_EMIT titleChanged(tr("%1 · %2").arg(name, m_maps.nameOf(m_unit)));
    else
        Q_EMIT titleChanged(tr("%1 · unit %2").arg(name).arg(m_unit));
    if (hasArithmetic()) {
        m_below = {mapsOf(*m_inspection, engine::inputLayer(spec, m_layer))};
        if (hasKernels(spec, m_layer)) {
            m_below.kernelLimit = kernelsOf(*m_inspection->model, m_layer, m_unit).largestMagnitude();
            m_below.hasBias = hasBias(spec, m_layer);
        }
    }
    m_termsArea->setVisible(hasArithmetic());
    m_fields->setVisible(hasArithmetic());
}

void CellView::showStrongestCell()
{
    if (!hasCells())
        return showCell();
    const std::span<const float> cells = m_maps.map(mapOfUnit());
    const auto strongest = static_cast<int>(std::max_element(cells.begin(), cells.end()) - cells.begin());
    setCell(strongest / m_maps.width, strongest % m_maps.width);
}

void CellView::showCell()
{
    if (!m_inspection)
        return;
    m_note->hide();
    m_after->hide();
    if (hasCells())
        m_map->setMarked({m_column, m_row, 1, 1});
    m_mapText->setText(tr("row %1, column %2").arg(m_row).arg(m_column));
    m_map->setAccessibleDescription(m_mapText->text());
    if (!hasArithmetic()) {
        m_image->setMarked({});
        m_imageText->setText(m_inspection->image.title);
        if (m_layer == engine::kInputImage) {
            const float value = m_maps.at(m_unit, m_row, m_column);
            const QString what = m_maps.count == 1 ? tr("gray value") : m_maps.nameOf(m_unit);
            m_formula->setText(
                tr("%1 %2 / 255 = %3").arg(what).arg(std::lround(value * 255)).arg(valueText(value)));
        } else {
            const auto index = static_cast<std::size_t>(m_unit);
            m_formula->setText(tr("p = e^%1 / Σ e^z = %2")
                                   .arg(valueText(m_inspection->activations->logits[index]),
                                        smallValueText(m_inspection->activations->probabilities[index])));
        }
        return;
    }
    const engine::Cell cell = engineCell();
    const auto arithmetic = engine::cellArithmetic(*m_inspection->model, *m_inspection->activations, cell);
    if (!arithmetic) {
        m_terms->clear();
        m_formula->setText(QString::fromStdString(arithmetic.error().message));
        return;
    }
    const engine::CellRectangle field = engine::receptiveField(m_inspection->spec(), cell);
    m_image->setMarked(asCells(field));
    const engine::ImageShape& shape = m_inspection->image.shape;
    const QRect whole(0, 0, shape.width, shape.height);
    m_imageText->setText(asCells(field).contains(whole)
                             ? tr("sees the whole image")
                             : tr("sees %1×%2 pixels").arg(field.height).arg(field.width));
    m_fields->setCell(m_inspection, cell);
    const float value = m_inspection->activations->layers[static_cast<std::size_t>(m_layer)].at(cell);
    m_terms->setArithmetic(*arithmetic, m_below, value);
    const ArithmeticText text = describe(*m_inspection, *arithmetic);
    m_formula->setText(text.formula);
    m_after->setText(text.after);
    m_after->setVisible(!text.after.isEmpty());
    m_note->setText(text.note);
    m_note->setVisible(!text.note.isEmpty());
}

void CellView::play()
{
    if (!hasCells())
        return;
    m_map->release();
    if (m_row == m_maps.height - 1 && m_column == m_maps.width - 1)
        setCell(0, 0);
    m_timer.start();
    m_map->setRevealed(m_row * m_maps.width + m_column + 1);
    m_play->setIcon(icon(QStringLiteral("pause"), currentColors().text));
    m_play->setAccessibleName(tr("Pause the animation"));
    m_play->setToolTip(tr("Pause the animation"));
}

void CellView::stop()
{
    m_timer.stop();
    m_map->setRevealed(-1);
    m_play->setIcon(icon(QStringLiteral("play"), currentColors().text));
    m_play->setAccessibleName(tr("Animate the window over the map"));
    m_play->setToolTip(tr("Move the window over the map, cell by cell"));
}

void CellView::advance()
{
    const int next = m_row * m_maps.width + m_column + 1;
    if (next >= m_maps.height * m_maps.width)
        return stop();
    setCell(next / m_maps.width, next % m_maps.width);
    m_map->setRevealed(next + 1);
}

void CellView::clear()
{
    stop();
    m_terms->clear();
    m_fields->setCell(nullptr, {});
    for (QLabel* text : {m_formula, m_after, m_note, m_imageText, m_mapText})
        text->clear();
}

void CellView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_inspection) {
        if (!isPlaying())
            stop(); // stop() also updates the icon
        showUnit();
        showCell();
    }
    QWidget::changeEvent(event);
}

void CellView::hideEvent(QHideEvent* event)
{
    stop();
    QWidget::hideEvent(event);
}

} // namespace ui
