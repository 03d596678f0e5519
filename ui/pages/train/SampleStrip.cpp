#include "ui/pages/train/SampleStrip.h"

#include "core/Format.h"
#include "ui/render/Colors.h"
#include "ui/render/SampleImage.h"
#include "ui/render/TilePainter.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QToolTip>
#include <algorithm>

namespace ui
{
namespace
{
constexpr int kTileWidth = 60; // leaves 56 for the image, twice MNIST's 28;
constexpr int kTileHeight = 78;
constexpr int kTileGap = 5;
} // namespace

SampleStrip::SampleStrip(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("sampleStrip"));
    setAccessibleName(tr("Test samples with their predictions"));
    setMinimumHeight(kTileHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SampleStrip::sizeHint() const
{
    return {17 * (kTileWidth + kTileGap), kTileHeight};
}

QSize SampleStrip::minimumSizeHint() const
{
    return {4 * (kTileWidth + kTileGap), kTileHeight};
}

void SampleStrip::setDataset(const engine::Dataset& dataset, const QStringList& classNames)
{
    m_dataset = dataset;
    m_classNames = classNames;
    clearPredictions();
    update();
}

void SampleStrip::setPredictions(const std::vector<engine::Classification>& predictions)
{
    const bool isSameSize = predictions.size() == m_predictions.size();
    for (int i = 0; i < visibleCount(); ++i) { // called many times a second; most tiles stay the same
        const auto index = static_cast<std::size_t>(i);
        if (!isSameSize ||
            (index < predictions.size() && predictions[index].prediction != m_predictions[index].prediction))
            update(tileRect(i));
    }
    m_predictions = predictions;
    setAccessibleDescription(tr("%1 of %2 correct").arg(correctCount()).arg(visibleCount()));
    Q_EMIT countsChanged();
}

void SampleStrip::clearPredictions()
{
    setPredictions({});
}

int SampleStrip::visibleCount() const
{
    const int room = (width() + kTileGap) / (kTileWidth + kTileGap);
    return std::min({room, kMostSamples, static_cast<int>(m_dataset.size())});
}

int SampleStrip::correctCount() const
{
    int count = 0;
    for (int i = 0; i < std::min(visibleCount(), static_cast<int>(m_predictions.size())); ++i) {
        const auto index = static_cast<std::size_t>(i);
        count += m_predictions[index].prediction == m_dataset.label(index) ? 1 : 0;
    }
    return count;
}

std::vector<std::uint8_t> SampleStrip::pixels() const
{
    const auto all = m_dataset.first(kMostSamples).pixels();
    return {all.begin(), all.end()};
}

QRect SampleStrip::tileRect(int index) const
{
    return {index * (kTileWidth + kTileGap), 0, kTileWidth, kTileHeight};
}

QString SampleStrip::describe(int index) const
{
    const auto i = static_cast<std::size_t>(index);
    const int label = m_dataset.label(i);
    const auto name = [&](int c) { return m_classNames.value(c, QString::number(c)); };
    if (i >= m_predictions.size())
        return tr("#%1, label %2").arg(index).arg(name(label));
    const engine::Classification& guess = m_predictions[i];
    return tr("#%1, label %2, predicted %3 with %4")
        .arg(index)
        .arg(name(label), name(guess.prediction),
             core::probabilityText(guess.probabilities[static_cast<std::size_t>(guess.prediction)]));
}

void SampleStrip::paintEvent(QPaintEvent* event)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    for (int i = 0; i < visibleCount(); ++i) {
        if (!event->region().intersects(tileRect(i)))
            continue;
        const auto index = static_cast<std::size_t>(i);
        const int label = m_dataset.label(index);
        const auto name = [&](int c) { return m_classNames.value(c, QString::number(c)); };
        Tile tile;
        tile.image = imageOf(m_dataset, index);
        tile.background = colors.card;
        tile.detailColor = colors.secondary;
        if (index >= m_predictions.size()) {
            tile.caption = name(label);
            tile.captionColor = colors.secondary;
            tile.frame = colors.fieldBorder;
        } else {
            const int prediction = m_predictions[index].prediction;
            const bool isRight = prediction == label;
            tile.caption = name(prediction);
            tile.captionColor = isRight ? colors.text : colors.wrong;
            tile.frame = isRight ? colors.right : colors.wrong;
            tile.frameWidth = 2;
            if (!isRight)
                tile.captionDetail = QStringLiteral("(%1)").arg(name(label));
        }
        paintTile(painter, tileRect(i), tile);
    }
}

void SampleStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    Q_EMIT countsChanged();
}

bool SampleStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < visibleCount(); ++i) {
        if (tileRect(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), describe(i), this, tileRect(i));
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace ui
