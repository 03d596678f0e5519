#include "ui/charts/MetricChart.h"

#include <QLabel>
#include <QTest>
#include <QWheelEvent>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <gtest/gtest.h>

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
        history.begin(plan);
        for (int epoch = 1; epoch <= count; ++epoch) {
            std::vector<engine::BatchReport> reports;
            for (int batch = 1; batch <= 100; ++batch)
                reports.push_back({epoch, batch, 32, 30, 0.2f, epoch * 10.0 + batch * 0.1});
            history.addBatches(reports);
            engine::EpochReport report;
            report.epoch = epoch;
            report.testCorrect = static_cast<std::size_t>(9'000 + 100 * epoch);
            report.testTotal = 10'000;
            history.addEpoch(report);
        }
        chart.refresh();
    }
    QChartView* plot() { return chart.findChild<QChartView*>(QStringLiteral("accuracyChartPlot")); }
    std::pair<double, double> timeRange()
    {
        auto* axis = qobject_cast<QValueAxis*>(plot()->chart()->axes(Qt::Horizontal).first());
        return {axis->min(), axis->max()};
    }
    void turnWheel(int steps)
    {
        const QPointF position = plot()->chart()->plotArea().center();
        QWheelEvent event(position, plot()->mapToGlobal(position), {}, QPoint(0, 120 * steps), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(plot()->viewport(), &event);
    }

    ui::TrainingHistory history;
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
    EXPECT_EQ(timeRange(), std::pair(0.0, 4.0));
    chart.setTimeAxis(ui::TimeAxis::Steps);
    EXPECT_EQ(timeRange(), std::pair(0.0, 400.0));
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
    EXPECT_EQ(timeRange(), std::pair(0.0, 4.0));
}

TEST_F(MetricChart, draggingMovesWhatIsZoomed)
{
    addEpochs(4);
    turnWheel(5);
    const double before = timeRange().first;
    const QPoint centre = plot()->chart()->plotArea().center().toPoint();
    QTest::mousePress(plot()->viewport(), Qt::LeftButton, {}, centre);
    QTest::mouseMove(plot()->viewport(), centre - QPoint(100, 0));
    QTest::mouseRelease(plot()->viewport(), Qt::LeftButton, {}, centre - QPoint(100, 0));
    EXPECT_GT(timeRange().first, before);
}

TEST_F(MetricChart, keysZoomToo)
{
    addEpochs(4);
    plot()->setFocus();
    QTest::keyClick(plot(), Qt::Key_Plus);
    EXPECT_LT(timeRange().second - timeRange().first, 4);
    QTest::keyClick(plot(), Qt::Key_0);
    EXPECT_EQ(timeRange(), std::pair(0.0, 4.0));
}

TEST_F(MetricChart, manyBatchesAreThinned)
{
    addEpochs(200);
    EXPECT_EQ(history.batches().size(), 20'000u);
    EXPECT_LE(chart.smoothedSeries()->count(), 2 * 800);
    EXPECT_EQ(chart.testSeries()->count(), 200) << "test values are never thinned";
}

TEST_F(MetricChart, exportsAPictureAtTwiceTheSize)
{
    addEpochs(2);
    const QImage image = chart.toImage(2);
    EXPECT_EQ(image.size(), QSize(1600, 520));
    EXPECT_TRUE(chart.toSvg().contains("<svg"));
}

TEST_F(MetricChart, saysWhatWillBeHereWhenEmpty)
{
    bool isSaid = false;
    for (const auto* label : chart.findChildren<QLabel*>())
        isSaid = isSaid || (label->isVisible() && label->text().contains(QStringLiteral("appears here")));
    EXPECT_TRUE(isSaid);
}
