#include "ui/charts/MetricChart.h"
#include "PaintedRegion.h"
#include "ui/charts/Curve.h"
#include "ui/render/Colors.h"

#include <QGraphicsTextItem>
#include <QLabel>
#include <QTest>
#include <QWheelEvent>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <gtest/gtest.h>
#include <limits>

namespace
{

class MetricChart : public testing::Test
{
protected:
    MetricChart()
    {
        chart.resize(800, 260);
        chart.show();
        QCoreApplication::processEvents();
    }

    void addEpochs(int count)
    {
        engine::TrainingPlan plan;
        plan.config.epochs = count;
        plan.batchesPerEpoch = 100;
        source.begin(plan);
        for (int epoch = 1; epoch <= count; ++epoch) {
            std::vector<engine::BatchReport> reports;
            for (int batch = 1; batch <= 100; ++batch)
                reports.push_back({epoch, batch, 32, 30, 0.2f, epoch * 10.0 + batch * 0.1});
            source.addBatches(reports);
            engine::EpochReport report;
            report.epoch = epoch;
            report.testCorrect = static_cast<std::size_t>(9'000 + 100 * epoch);
            report.testTotal = 10'000;
            source.addEpoch(report);
        }
        chart.refresh();
    }
    QChartView* plot() { return chart.findChild<QChartView*>(QStringLiteral("accuracyChartPlot")); }
    std::pair<double, double> timeRange()
    {
        auto* axis = qobject_cast<QValueAxis*>(plot()->chart()->axes(Qt::Horizontal).first());
        return {axis->min(), axis->max()};
    }
    bool showsAllUpTo(double end)
    {
        const auto [from, to] = timeRange();
        return from == 0 && to >= end && to < 1.05 * end;
    }
    void turnWheel(int steps)
    {
        const QPointF position = plot()->chart()->plotArea().center();
        QWheelEvent event(position, plot()->mapToGlobal(position), {}, QPoint(0, 120 * steps), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(plot()->viewport(), &event);
    }

    core::TrainingReports source;
    ui::TrainingHistory history{source};
    ui::MetricChart chart{ui::Metric::Accuracy, history};
};

} // namespace

TEST_F(MetricChart, namesTheBestEpochWithItsCounts)
{
    addEpochs(3);
    EXPECT_EQ(chart.findChild<QLabel*>(QStringLiteral("bestEpoch"))->text(),
              QStringLiteral("★ best 93.00 % (9300/10000) after epoch 3"));
}

TEST_F(MetricChart, showsAllOfThePlannedTime)
{
    addEpochs(4);
    EXPECT_TRUE(showsAllUpTo(4));
    chart.setTimeAxis(ui::TimeAxis::Steps);
    EXPECT_TRUE(showsAllUpTo(400));
}

TEST_F(MetricChart, theWheelZoomsAndADoubleClickShowsAllAgain)
{
    addEpochs(4);
    turnWheel(3);
    const auto [from, to] = timeRange();
    EXPECT_GT(from, 0);
    EXPECT_LT(to, 4);
    QTest::mouseDClick(plot()->viewport(), Qt::LeftButton, {},
                       plot()->chart()->plotArea().center().toPoint());
    EXPECT_TRUE(showsAllUpTo(4));
}

TEST_F(MetricChart, theScaleStaysUntilMuchOfItIsEmpty)
{
    engine::TrainingPlan plan;
    plan.config.epochs = 1;
    plan.batchesPerEpoch = 1'000;
    source.begin(plan);
    const auto* scale = qobject_cast<QValueAxis*>(plot()->chart()->axes(Qt::Vertical).first());
    int batch = 0;
    const auto lowestOf = [&](int correct) {
        std::vector<engine::BatchReport> reports;
        for (int i = 0; i < 64; ++i)
            reports.push_back({1, ++batch, 100, correct, 0.2f, batch * 0.1});
        source.begin(plan);
        source.addBatches(reports);
        chart.refresh();
        return scale->min();
    };
    const double atFirst = lowestOf(50);
    EXPECT_LE(atFirst, 50);
    EXPECT_EQ(lowestOf(60), atFirst) << "four fifths of it are in use";
    EXPECT_GT(lowestOf(90), atFirst) << "a fifth of it was in use";
    EXPECT_LE(lowestOf(30), 30) << "what is shown always fits";
}

TEST_F(MetricChart, draggingMovesWhatIsZoomed)
{
    addEpochs(4);
    turnWheel(5);
    const double before = timeRange().first;
    const QPoint center = plot()->chart()->plotArea().center().toPoint();
    QTest::mousePress(plot()->viewport(), Qt::LeftButton, {}, center);
    QTest::mouseMove(plot()->viewport(), center - QPoint(100, 0));
    QTest::mouseRelease(plot()->viewport(), Qt::LeftButton, {}, center - QPoint(100, 0));
    EXPECT_GT(timeRange().first, before);
}

TEST_F(MetricChart, keysZoomToo)
{
    addEpochs(4);
    plot()->setFocus();
    QTest::keyClick(plot(), Qt::Key_Plus);
    EXPECT_LT(timeRange().second - timeRange().first, 4);
    QTest::keyClick(plot(), Qt::Key_0);
    EXPECT_TRUE(showsAllUpTo(4));
}

TEST_F(MetricChart, manyBatchesAreThinned)
{
    addEpochs(200);
    EXPECT_EQ(history.batches().size(), 20'000u);
    EXPECT_LE(chart.smoothedSeries()->count(), 2 * 800);
    EXPECT_EQ(chart.testSeries()->count(), 200) << "test values are never thinned";
}

TEST_F(MetricChart, paintsOnlyTheEndOfAGrowingCurve)
{
    engine::TrainingPlan plan;
    plan.config.epochs = 5;
    plan.batchesPerEpoch = 100;
    source.begin(plan);
    const auto addBatches = [&](int epoch, int first, int last) {
        std::vector<engine::BatchReport> reports;
        for (int batch = first; batch <= last; ++batch)
            reports.push_back({epoch, batch, 32, batch % 2 == 0 ? 30 : 28, 0.2f, batch * 0.1});
        source.addBatches(reports);
        chart.refresh();
    };
    for (int epoch = 1; epoch <= 2; ++epoch)
        addBatches(epoch, 1, 100);
    test::PaintedRegion painted(*plot()->viewport());
    (void)painted.take();
    addBatches(3, 1, 5);
    const QRect region = painted.take().boundingRect();
    EXPECT_FALSE(region.isEmpty());
    EXPECT_LT(region.width(), plot()->width() / 10);
    chart.refresh();
    EXPECT_TRUE(painted.take().isEmpty()) << "nothing is new";
}

TEST_F(MetricChart, isExportedWithItsCurves)
{
    addEpochs(2);
    const QImage image = ui::chartsImage({chart.picture(), chart.picture()}, 2);
    EXPECT_EQ(image.size(), QSize(2 * chart.width(), 2 * 2 * chart.height()));
    int curve = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height() / 2; ++y)
            curve += image.pixelColor(x, y) == ui::currentColors().accent ? 1 : 0;
    }
    EXPECT_GT(curve, 500);
    const QByteArray svg = ui::chartsSvg({chart.picture()});
    EXPECT_TRUE(svg.contains("<svg"));
    EXPECT_TRUE(svg.contains("Accuracy"));
}

TEST_F(MetricChart, drawsATrainingThatDiverged)
{
    engine::TrainingPlan plan;
    plan.config.epochs = 1;
    plan.batchesPerEpoch = 4;
    ui::MetricChart loss(ui::Metric::Loss, history);
    source.begin(plan);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    source.addBatches(
        {{1, 1, 32, 3, 2.3f, 1}, {1, 2, 32, 3, nan, 2}, {1, 3, 32, 3, nan, 3}, {1, 4, 32, 3, 2.0f, 4}});
    loss.refresh();
    EXPECT_EQ(loss.smoothedSeries()->count(), 2);
}

TEST_F(MetricChart, itsAxesFollowEverySize)
{
    addEpochs(3);
    for (const QSize size :
         {QSize(800, 260), QSize(800, 214), QSize(800, 180), QSize(900, 310), QSize(640, 190)}) {
        chart.resize(size);
        QCoreApplication::processEvents();
        double lowest = 0;
        for (const QGraphicsItem* item : plot()->scene()->items()) {
            const auto* label = dynamic_cast<const QGraphicsTextItem*>(item);
            if (label != nullptr && label->isVisible() && !label->toPlainText().isEmpty())
                lowest = std::max(lowest, label->sceneBoundingRect().bottom());
        }
        EXPECT_LE(lowest, plot()->height() + 1) << size.height();
        EXPECT_GT(lowest, plot()->chart()->plotArea().bottom()) << size.height();
    }
}

TEST_F(MetricChart, saysWhatWillBeHereWhenEmpty)
{
    bool isSaid = false;
    for (const auto* label : chart.findChildren<QLabel*>())
        isSaid = isSaid || (label->isVisible() && label->text().contains(QStringLiteral("appears here")));
    EXPECT_TRUE(isSaid);
}
