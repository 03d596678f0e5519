#include "ui/pages/inspect/UnitTopImages.h"
#include "Inspected.h"
#include "engine/data/SketchDigits.h"
#include "support/WaitUntil.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/LayerTableCard.h"
#include "ui/pages/inspect/TopImagesView.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class UnitTopImages : public testing::Test
{
protected:
    UnitTopImages()
    {
        view.resize(380, 500);
        table.resize(700, 500);
        view.show();
        table.show();
        topImagesCard.setImages(digits);
    }

    void show(const ui::InspectionPtr& inspection, bool areWeightsMoving = false)
    {
        layers.setInspection(inspection);
        topImagesCard.setInspection(inspection, areWeightsMoving, 2, 1);
    }
    template<typename Widget>
    Widget* find(QWidget& card, const char* name)
    {
        return card.findChild<Widget*>(QLatin1String(name));
    }
    bool areTilesShown() { return find<QToolButton>(view, "topImage_0")->isVisible(); }
    QString message() { return find<QLabel>(view, "topImagesMessage")->text(); }

    ui::Theme theme{*qApp, core::ThemeChoice::Light};
    engine::Dataset digits = engine::makeSketchDigits({400, 1, 1}).train;
    /// Searching its favourites takes longer than a test needs to look.
    ui::InspectionPtr slow = test::inspectionOf(test::tinyVgg(28, 28, 64, 7, 10));
    ui::InspectionPtr quick = test::inspectionOf();
    core::InspectionService service;
    ui::TopImagesView view;
    ui::LayerTableModel layers;
    ui::LayerTableCard table{&layers};
    ui::UnitTopImages topImagesCard{service, view, table, [] { return 1; }};
};

} // namespace

TEST_F(UnitTopImages, areSearchedWhenSomebodyLooks)
{
    show(quick);
    QTest::qWait(50);
    EXPECT_FALSE(service.isSearching());
    topImagesCard.setTopImagesShown(true);
    EXPECT_TRUE(service.isSearching());
    EXPECT_TRUE(waitUntil([&] { return areTilesShown(); }));
    EXPECT_FALSE(find<QPushButton>(view, "topImagesAgain")->isVisible());
    topImagesCard.setTableShown(true);
    EXPECT_FALSE(service.isSearching()) << "it is known";
    EXPECT_TRUE(layers.index(ui::LayerTableModel::rowOfLayer(1), ui::LayerTableModel::NeverFires)
                    .data()
                    .toString()
                    .endsWith(QStringLiteral("of 10")));
    EXPECT_FALSE(find<QWidget>(table, "neverFiresMessage")->isVisible());
}

TEST_F(UnitTopImages, tellHowFarTheSearchIsInBothPlaces)
{
    topImagesCard.setImages(engine::makeSketchDigits({2000, 1, 1}).train); // some seconds, on any machine
    topImagesCard.setTopImagesShown(true);
    topImagesCard.setTableShown(true);
    show(slow);
    for (QProgressBar* bar :
         {find<QProgressBar>(view, "topImagesProgress"), find<QProgressBar>(table, "neverFiresProgress")}) {
        EXPECT_TRUE(waitUntil([&] { return bar->isVisible() && bar->value() > 0; }));
        EXPECT_EQ(bar->maximum(), 2000);
    }
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("left")); }))
        << "and how long it takes";
}

TEST_F(UnitTopImages, areNotSearchedAgainByThemselvesWhenTheUserCancelled)
{
    topImagesCard.setTopImagesShown(true);
    show(slow);
    QTest::mouseClick(find<QPushButton>(view, "topImagesCancel"), Qt::LeftButton);
    auto* again = find<QPushButton>(view, "topImagesSearch");
    ASSERT_TRUE(waitUntil([&] { return again->isVisible(); }));
    EXPECT_TRUE(message().contains(QStringLiteral("canceled")));
    auto otherImage = std::make_shared<ui::Inspection>(*slow);
    show(otherImage);
    topImagesCard.setTableShown(true);
    EXPECT_FALSE(service.isSearching());
    EXPECT_TRUE(again->isVisible());
    EXPECT_TRUE(find<QPushButton>(table, "neverFiresSearch")->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    EXPECT_TRUE(service.isSearching());
    show(quick); // another model's are searched at once
    EXPECT_TRUE(waitUntil([&] { return areTilesShown(); }));
}

TEST_F(UnitTopImages, ofMovingWeightsAreSearchedWhenWantedAndShownAsOlder)
{
    topImagesCard.setTopImagesShown(true);
    show(test::inspectionOf(test::tinyVgg(), 7));
    ASSERT_TRUE(waitUntil([&] { return areTilesShown(); }));
    show(quick, true);
    EXPECT_FALSE(areTilesShown()) << "those are of another run";
    EXPECT_FALSE(service.isSearching());
    QTest::mouseClick(find<QPushButton>(view, "topImagesSearch"), Qt::LeftButton);
    show(test::inspectionOf(test::tinyVgg(), 2), true);
    EXPECT_TRUE(find<QProgressBar>(view, "topImagesProgress")->isVisible()) << "it goes on";
    ASSERT_TRUE(waitUntil([&] { return areTilesShown(); }));
    EXPECT_TRUE(find<QPushButton>(view, "topImagesAgain")->isVisible());
    EXPECT_TRUE(find<QLabel>(view, "topImagesFacts")->text().contains(QStringLiteral("older weights")));
    show(test::inspectionOf(test::tinyVgg(28, 28, 12, 3, 10)), true);
    EXPECT_FALSE(areTilesShown()) << "of other layers they say nothing";
}

TEST_F(UnitTopImages, areForgottenWithTheirImages)
{
    topImagesCard.setTopImagesShown(true);
    show(quick);
    ASSERT_TRUE(service.isSearching());
    QTest::qSleep(300); // found, and its answer on its way
    const engine::Dataset fewer = digits.first(5);
    topImagesCard.setImages(fewer);
    show(quick);
    ASSERT_TRUE(waitUntil([&] { return areTilesShown() && !service.isSearching(); }));
    EXPECT_TRUE(find<QLabel>(view, "topImagesFacts")->text().contains(QStringLiteral("of 5")));
}

TEST_F(UnitTopImages, ofADeadUnitAndOfADivergedNetworkAreNone)
{
    topImagesCard.setTopImagesShown(true);
    auto model = std::make_shared<engine::ModelSnapshot>(*quick->model);
    for (float& bias : model->weights[1].values) // block_1.0.bias
        bias = -100;
    auto dead = std::make_shared<ui::Inspection>(*quick);
    dead->model = model;
    dead->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*model, dead->image.pixels).value());
    topImagesCard.setInspection(dead, false, 1, 3);
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("None of the 400")); }));

    auto broken = std::make_shared<engine::ModelSnapshot>(*quick->model);
    for (float& bias : broken->weights[1].values)
        bias = std::numeric_limits<float>::quiet_NaN();
    auto diverged = std::make_shared<ui::Inspection>(*quick);
    diverged->model = broken;
    diverged->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*broken, dead->image.pixels).value());
    topImagesCard.setInspection(diverged, false, 1, 3);
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("diverged")); }));
}

TEST_F(UnitTopImages, ofLayersWithoutUnitsAndOfImagesOfAnotherSizeAreNone)
{
    topImagesCard.setTopImagesShown(true);
    topImagesCard.setInspection(quick, false, 10, 0); // Flatten
    EXPECT_TRUE(message().contains(QStringLiteral("no units of its own")));
    EXPECT_FALSE(service.isSearching());
    topImagesCard.setTableShown(true);
    ASSERT_TRUE(waitUntil([&] { return !service.isSearching(); }));
    show(test::inspectionOf(test::unusualShapes()[3]));
    EXPECT_TRUE(message().contains(QStringLiteral("no test images of the model's size")));
    EXPECT_TRUE(find<QLabel>(table, "neverFiresMessage")->text().contains(QStringLiteral("no test images")));
}
