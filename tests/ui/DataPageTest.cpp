#include "ui/pages/DataPage.h"
#include "engine/data/SketchDigits.h"
#include "ui/delegates/SampleDelegate.h"
#include "ui/models/SampleListModel.h"
#include "ui/pages/data/ClassHistogram.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>
#include <set>

namespace
{

class CountingDelegate : public ui::SampleDelegate
{
public:
    using SampleDelegate::SampleDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painted.insert(index.row());
        SampleDelegate::paint(painter, option, index);
    }

    mutable std::set<int> painted;
};

class DataPage : public testing::Test
{
protected:
    DataPage()
    {
        page.resize(1180, 700);
        page.show();
        auto dataset = std::make_shared<core::LoadedDataset>();
        dataset->splits = engine::makeSketchDigits({500, 300, 5});
        page.setDataset(dataset);
        splits = dataset->splits;
    }

    template<typename Widget>
    Widget* find(const char* name)
    {
        return page.findChild<Widget*>(QString::fromLatin1(name));
    }
    void click(const char* name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    QListView* grid() { return find<QListView>("sampleGrid"); }
    int rowCount() { return grid()->model()->rowCount(); }

    ui::DataPage page;
    engine::DatasetSplits splits;
};

} // namespace

TEST_F(DataPage, startsWithTheTestSplitAndSwitches)
{
    EXPECT_EQ(rowCount(), 300);
    EXPECT_EQ(find<QToolButton>("split_0")->text(), QStringLiteral("Train 500"));
    click("split_0");
    EXPECT_EQ(rowCount(), 500);
    click("split_1");
    EXPECT_EQ(rowCount(), 300);
}

TEST_F(DataPage, paintsOfManyImagesOnlyThoseInSight)
{
    constexpr int kImages = 60000;
    auto dataset = std::make_shared<core::LoadedDataset>();
    dataset->splits.classNames = {"zero", "one"};
    const auto images = engine::Dataset::create(4, 4, std::vector<std::uint8_t>(16 * kImages),
                                                std::vector<std::uint8_t>(kImages), 2);
    ASSERT_TRUE(images);
    dataset->splits.train = *images;
    dataset->splits.test = *images;
    page.setDataset(dataset);
    CountingDelegate delegate;
    grid()->setItemDelegate(&delegate);
    const QSize tile = delegate.sizeHint({}, {});
    const QSize sight = grid()->viewport()->size();
    const int mostInSight = (sight.width() / tile.width()) * (sight.height() / tile.height() + 2);

    page.grab();
    EXPECT_TRUE(delegate.painted.contains(0));
    EXPECT_LE(static_cast<int>(delegate.painted.size()), mostInSight);
    delegate.painted.clear();
    grid()->verticalScrollBar()->setValue(grid()->verticalScrollBar()->maximum());
    page.grab();
    EXPECT_TRUE(delegate.painted.contains(kImages - 1));
    EXPECT_LE(static_cast<int>(delegate.painted.size()), mostInSight);
}

TEST_F(DataPage, filtersByTheClassesThatAreClicked)
{
    const auto counts = splits.test.classCounts();
    click("classFilter_4");
    EXPECT_EQ(rowCount(), static_cast<int>(counts[4]));
    click("classFilter_9");
    EXPECT_EQ(rowCount(), static_cast<int>(counts[4] + counts[9]));
    EXPECT_EQ(find<QLabel>("shownCount")->text(), QStringLiteral("%1 shown").arg(counts[4] + counts[9]));
    click("classFilter_4");
    click("classFilter_9");
    EXPECT_EQ(rowCount(), 300);
}

TEST_F(DataPage, theHistogramFiltersToo)
{
    auto* histogram = find<ui::ClassHistogram>("classHistogram");
    const int rowHeight = histogram->sizeHint().height() / 10;
    QTest::mouseClick(histogram, Qt::LeftButton, {}, QPoint(40, rowHeight * 7 + rowHeight / 2));
    EXPECT_EQ(rowCount(), static_cast<int>(splits.test.classCounts()[7]));
    EXPECT_TRUE(find<QToolButton>("classFilter_7")->isChecked());
}

TEST_F(DataPage, aClickedImageIsShownLarge)
{
    const QModelIndex third = grid()->model()->index(2, 0);
    QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, grid()->visualRect(third).center());
    EXPECT_EQ(find<QLabel>("selectedSample")->text(),
              QStringLiteral("#2 · label %1").arg(splits.test.label(2)));
}

TEST_F(DataPage, goesToAnIndexAlsoPastAFilter)
{
    click("classFilter_0");
    std::size_t other = 200;
    while (splits.test.label(other) == 0)
        ++other;
    auto* field = find<QLineEdit>("goToIndex");
    QTest::keyClicks(field, QString::number(other));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(grid()->currentIndex().data(ui::SampleListModel::IndexRole).toInt(), static_cast<int>(other));
    EXPECT_TRUE(grid()->viewport()->rect().intersects(grid()->visualRect(grid()->currentIndex())));
    EXPECT_FALSE(find<QToolButton>("classFilter_0")->isChecked());
}

TEST_F(DataPage, anIndexOutOfRangeChangesNothing)
{
    auto* field = find<QLineEdit>("goToIndex");
    QTest::keyClicks(field, QStringLiteral("300"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_FALSE(grid()->currentIndex().isValid());
}

TEST_F(DataPage, largerTilesNeedMoreRoom)
{
    const int before = grid()->verticalScrollBar()->maximum();
    find<QSlider>("tileSize")->setValue(4);
    QCoreApplication::processEvents();
    EXPECT_GT(grid()->verticalScrollBar()->maximum(), before);
}

TEST_F(DataPage, tilesShareTheRoomOfARow)
{
    for (const int width : {1000, 1180, 1194, 1195, 1196, 1337}) {
        page.resize(width, 700);
        QCoreApplication::processEvents();
        int columns = 1;
        while (grid()->visualRect(grid()->model()->index(columns, 0)).top() ==
               grid()->visualRect(grid()->model()->index(0, 0)).top())
            ++columns;
        const int end = grid()->visualRect(grid()->model()->index(columns - 1, 0)).right() + 1;
        constexpr int kScrollBar = 14; // by which the style's may be wider than the one that is shown
        EXPECT_LT(grid()->viewport()->width() - end, columns + kScrollBar) << width;
    }
}

TEST_F(DataPage, arrowKeysMoveThroughTheImages)
{
    grid()->setFocus();
    grid()->setCurrentIndex(grid()->model()->index(0, 0));
    QTest::keyClick(grid(), Qt::Key_Right);
    EXPECT_EQ(grid()->currentIndex().row(), 1);
    QTest::keyClick(grid(), Qt::Key_Down);
    EXPECT_GT(grid()->currentIndex().row(), 5);
}

TEST_F(DataPage, longClassNamesAreNumberedAndExplained)
{
    auto fashion = std::make_shared<core::LoadedDataset>();
    fashion->splits = engine::makeSketchDigits({50, 50, 5});
    fashion->splits.classNames[3] = "Ankle boot";
    page.setDataset(fashion);
    EXPECT_EQ(find<QToolButton>("classFilter_3")->text(), QStringLiteral("3"));
    EXPECT_EQ(find<QToolButton>("classFilter_3")->toolTip(), QStringLiteral("Ankle boot"));
}
