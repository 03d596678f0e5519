#include "ui/models/SampleListModel.h"
#include "engine/data/SketchDigits.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>
#include <set>

using ui::SampleListModel;

namespace
{

const QStringList kDigits = QStringLiteral("0 1 2 3 4 5 6 7 8 9").split(QLatin1Char(' '));

class SampleList : public testing::Test
{
protected:
    SampleList() { model.setDataset(dataset, kDigits); }
    int value(int row, int role) const { return model.index(row, 0).data(role).toInt(); }

    engine::Dataset dataset = engine::makeSketchDigits({100, 60, 3}).test;
    SampleListModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(SampleList, showsAllImagesInOrder)
{
    ASSERT_EQ(model.rowCount(), 60);
    for (int row = 0; row < 60; ++row) {
        EXPECT_EQ(value(row, SampleListModel::IndexRole), row);
        EXPECT_EQ(value(row, SampleListModel::LabelRole), dataset.label(static_cast<std::size_t>(row)));
    }
}

TEST_F(SampleList, imagesAreTheDataSetsPixels)
{
    const QImage image = model.index(5, 0).data(SampleListModel::ImageRole).value<QImage>();
    ASSERT_EQ(image.size(), QSize(28, 28));
    for (int y = 0; y < 28; ++y) {
        for (int x = 0; x < 28; ++x)
            ASSERT_EQ(qGray(image.pixel(x, y)), dataset.image(5)[static_cast<std::size_t>(y * 28 + x)]);
    }
}

TEST_F(SampleList, filterKeepsExactlyTheChosenClasses)
{
    model.setClassFilter({3, 8});
    std::size_t expected = dataset.classCounts()[3] + dataset.classCounts()[8];
    ASSERT_EQ(model.rowCount(), static_cast<int>(expected));
    for (int row = 0; row < model.rowCount(); ++row) {
        const int label = value(row, SampleListModel::LabelRole);
        EXPECT_TRUE(label == 3 || label == 8);
    }
    model.setClassFilter({});
    EXPECT_EQ(model.rowCount(), 60);
}

TEST_F(SampleList, shuffledShowsEveryImageOnce)
{
    model.setShuffled(true);
    std::set<int> seen;
    for (int row = 0; row < model.rowCount(); ++row)
        seen.insert(value(row, SampleListModel::IndexRole));
    EXPECT_EQ(seen.size(), 60u);
    model.setShuffled(false);
    EXPECT_EQ(value(17, SampleListModel::IndexRole), 17);
}

TEST_F(SampleList, findsTheRowOfAnImage)
{
    model.setShuffled(true);
    EXPECT_EQ(value(model.rowOfSample(42), SampleListModel::IndexRole), 42);
    model.setClassFilter({(dataset.label(42) + 1) % 10});
    EXPECT_EQ(model.rowOfSample(42), -1);
    EXPECT_EQ(model.rowOfSample(9999), -1);
}

TEST_F(SampleList, anotherDataSetForgetsTheFilter)
{
    model.setClassFilter({1});
    model.setDataset(dataset.first(10), kDigits);
    EXPECT_EQ(model.rowCount(), 10);
}
