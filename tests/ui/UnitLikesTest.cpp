#include "ui/pages/inspect/UnitLikes.h"
#include "Inspected.h"
#include "engine/data/SketchDigits.h"
#include "support/WaitUntil.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/FavouritesView.h"
#include "ui/pages/inspect/LayerTableCard.h"
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

class UnitLikes : public testing::Test
{
protected:
    UnitLikes()
    {
        view.resize(380, 500);
        table.resize(700, 500);
        view.show();
        table.show();
        likes.setImages(digits);
    }

    void show(const ui::InspectionPtr& inspection, bool areWeightsMoving = false)
    {
        layers.setInspection(inspection);
        likes.setInspection(inspection, areWeightsMoving, 2, 1);
    }
    template<typename Widget>
    Widget* find(QWidget& card, const char* name)
    {
        return card.findChild<Widget*>(QLatin1String(name));
    }
    bool areTilesShown() { return find<QToolButton>(view, "favourite_0")->isVisible(); }
    QString message() { return find<QLabel>(view, "favouritesMessage")->text(); }

    ui::Theme theme{*qApp, core::ThemeChoice::Light};
    engine::Dataset digits = engine::makeSketchDigits({400, 1, 1}).train;
    /// Searching its favourites takes longer than a test needs to look.
    ui::InspectionPtr slow = test::inspectionOf({28, 28, 64, 7, 10});
    ui::InspectionPtr quick = test::inspectionOf();
    core::InspectionService service;
    ui::FavouritesView view;
    ui::LayerTableModel layers;
    ui::LayerTableCard table{&layers};
    ui::UnitLikes likes{service, view, table, [] { return 1; }};
};

} // namespace

TEST_F(UnitLikes, areSearchedWhenSomebodyLooks)
{
    show(quick);
    QTest::qWait(50);
    EXPECT_FALSE(service.isSearching());
    likes.setLikesShown(true);
    EXPECT_TRUE(service.isSearching());
    EXPECT_TRUE(waitUntil([&] { return areTilesShown(); }));
    EXPECT_FALSE(find<QPushButton>(view, "favouritesAgain")->isVisible());
    likes.setTableShown(true);
    EXPECT_FALSE(service.isSearching()) << "it is known";
    EXPECT_TRUE(layers.index(ui::LayerTableModel::rowOfLayer(1), ui::LayerTableModel::NeverFires)
                    .data()
                    .toString()
                    .endsWith(QStringLiteral("of 10")));
    EXPECT_FALSE(find<QWidget>(table, "neverFiresMessage")->isVisible());
}

TEST_F(UnitLikes, tellHowFarTheSearchIsInBothPlaces)
{
    likes.setImages(engine::makeSketchDigits({2000, 1, 1}).train); // some seconds, on any machine
    likes.setLikesShown(true);
    likes.setTableShown(true);
    show(slow);
    for (QProgressBar* bar :
         {find<QProgressBar>(view, "favouritesProgress"), find<QProgressBar>(table, "neverFiresProgress")}) {
        EXPECT_TRUE(waitUntil([&] { return bar->isVisible() && bar->value() > 0; }));
        EXPECT_EQ(bar->maximum(), 2000);
    }
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("left")); }))
        << "and how long it takes";
}

TEST_F(UnitLikes, areNotSearchedAgainByThemselvesWhenTheUserCancelled)
{
    likes.setLikesShown(true);
    show(slow);
    QTest::mouseClick(find<QPushButton>(view, "favouritesCancel"), Qt::LeftButton);
    auto* again = find<QPushButton>(view, "favouritesSearch");
    ASSERT_TRUE(waitUntil([&] { return again->isVisible(); }));
    EXPECT_TRUE(message().contains(QStringLiteral("cancelled")));
    auto otherImage = std::make_shared<ui::Inspection>(*slow);
    show(otherImage);
    likes.setTableShown(true);
    EXPECT_FALSE(service.isSearching());
    EXPECT_TRUE(again->isVisible());
    EXPECT_TRUE(find<QPushButton>(table, "neverFiresSearch")->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    EXPECT_TRUE(service.isSearching());
    show(quick); // another model's are searched at once
    EXPECT_TRUE(waitUntil([&] { return areTilesShown(); }));
}

TEST_F(UnitLikes, ofMovingWeightsAreSearchedWhenWantedAndShownAsOlder)
{
    likes.setLikesShown(true);
    show(test::inspectionOf({}, 7));
    ASSERT_TRUE(waitUntil([&] { return areTilesShown(); }));
    show(quick, true);
    EXPECT_FALSE(areTilesShown()) << "those are of another run";
    EXPECT_FALSE(service.isSearching());
    QTest::mouseClick(find<QPushButton>(view, "favouritesSearch"), Qt::LeftButton);
    show(test::inspectionOf({}, 2), true);
    EXPECT_TRUE(find<QProgressBar>(view, "favouritesProgress")->isVisible()) << "it goes on";
    ASSERT_TRUE(waitUntil([&] { return areTilesShown(); }));
    EXPECT_TRUE(find<QPushButton>(view, "favouritesAgain")->isVisible());
    EXPECT_TRUE(find<QLabel>(view, "favouritesFacts")->text().contains(QStringLiteral("newest then")));
    show(test::inspectionOf({28, 28, 12, 3, 10}), true);
    EXPECT_FALSE(areTilesShown()) << "of other layers they say nothing";
}

TEST_F(UnitLikes, areForgottenWithTheirImages)
{
    likes.setLikesShown(true);
    show(quick);
    ASSERT_TRUE(service.isSearching());
    QTest::qSleep(300); // found, and its answer on its way
    const engine::Dataset fewer = digits.first(5);
    likes.setImages(fewer);
    show(quick);
    ASSERT_TRUE(waitUntil([&] { return areTilesShown() && !service.isSearching(); }));
    EXPECT_TRUE(find<QLabel>(view, "favouritesFacts")->text().contains(QStringLiteral("of 5")));
}

TEST_F(UnitLikes, ofADeadUnitAndOfADivergedNetworkAreNone)
{
    likes.setLikesShown(true);
    auto model = std::make_shared<engine::ModelSnapshot>(*quick->model);
    for (float& bias : model->weights[1].values) // block_1.0.bias
        bias = -100;
    auto dead = std::make_shared<ui::Inspection>(*quick);
    dead->model = model;
    dead->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*model, dead->image.pixels).value());
    likes.setInspection(dead, false, 1, 3);
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("None of the 400")); }));

    auto broken = std::make_shared<engine::ModelSnapshot>(*quick->model);
    for (float& bias : broken->weights[1].values)
        bias = std::numeric_limits<float>::quiet_NaN();
    auto diverged = std::make_shared<ui::Inspection>(*quick);
    diverged->model = broken;
    diverged->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*broken, dead->image.pixels).value());
    likes.setInspection(diverged, false, 1, 3);
    EXPECT_TRUE(waitUntil([&] { return message().contains(QStringLiteral("diverged")); }));
}

TEST_F(UnitLikes, ofLayersWithoutUnitsAndOfImagesOfAnotherSizeAreNone)
{
    likes.setLikesShown(true);
    likes.setInspection(quick, false, engine::kFlatten, 0);
    EXPECT_TRUE(message().contains(QStringLiteral("no units of its own")));
    EXPECT_FALSE(service.isSearching());
    likes.setTableShown(true);
    ASSERT_TRUE(waitUntil([&] { return !service.isSearching(); }));
    show(test::inspectionOf(test::unusualShapes()[3]));
    EXPECT_TRUE(message().contains(QStringLiteral("no test images of the model's size")));
    EXPECT_TRUE(find<QLabel>(table, "neverFiresMessage")->text().contains(QStringLiteral("no test images")));
}
