#include "ui/delegates/NearestDelegate.h"

#include "ui/models/NearestListModel.h"
#include "ui/render/Colors.h"
#include "ui/render/TilePainter.h"

namespace ui
{
namespace
{
constexpr int kImageSide = 84; // 3 screen pixels per MNIST pixel
constexpr int kGap = 3;        ///< between tiles
} // namespace

void NearestDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Colors colors = currentColors();
    const bool isMarked =
        option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver);
    Tile tile;
    tile.image = index.data(NearestListModel::ImageRole).value<QImage>();
    tile.caption = index.data(Qt::DisplayRole).toString();
    tile.captionDetail = index.data(NearestListModel::DistanceTextRole).toString();
    tile.captionColor = colors.text;
    tile.detailColor = colors.secondary;
    tile.background = colors.card;
    tile.frame = isMarked ? colors.accent : colors.fieldBorder;
    paintTile(*painter, option.rect.adjusted(kGap, kGap, -kGap, -kGap), tile);
}

QSize NearestDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    constexpr int kFrame = 4;
    return {kImageSide + kFrame + 2 * kGap, kImageSide + kFrame + 2 * kGap + kTileCaptionHeight};
}

} // namespace ui
