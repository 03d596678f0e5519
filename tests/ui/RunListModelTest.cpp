#include "ui/models/RunListModel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <gtest/gtest.h>

using core::RunInfo;
using ui::RunListModel;

namespace
{

RunInfo makeRun(int number, std::size_t correct = 90)
{
    RunInfo run;
    run.number = number;
    run.folder = QStringLiteral("/runs/%1").arg(number);
    run.created = QDateTime(QDate(2026, 3, number), QTime(12, 30));
    run.datasetTitle = QStringLiteral("MNIST");
    run.recipe = QStringLiteral("Fast");
    run.state = RunInfo::State::Finished;
    run.epochsDone = 2;
    run.epochsPlanned = 3;
    run.testCorrect = correct;
    run.testTotal = 100;
    run.seconds = 125;
    return run;
}

class RunList : public testing::Test
{
protected:
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }

    RunListModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(RunList, reportsWhatARunIs)
{
    model.setRuns({makeRun(7, 98)});
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(text(0, RunListModel::Number), QStringLiteral("7"));
    EXPECT_EQ(text(0, RunListModel::Dataset), QStringLiteral("MNIST"));
    EXPECT_EQ(text(0, RunListModel::Recipe), QStringLiteral("Fast"));
    EXPECT_EQ(text(0, RunListModel::State), QStringLiteral("finished"));
    EXPECT_EQ(text(0, RunListModel::Epochs), QStringLiteral("2 of 3"));
    EXPECT_EQ(text(0, RunListModel::Accuracy), QStringLiteral("98.00 % (98 of 100)"));
    EXPECT_EQ(text(0, RunListModel::Duration), QStringLiteral("2:05"));
    EXPECT_TRUE(text(0, RunListModel::When).contains(QStringLiteral("2026")));
    EXPECT_TRUE(model.canBeOpened(0));
}

TEST_F(RunList, sortsByNumbersAndDatesNotByTheirText)
{
    RunInfo untested = makeRun(10);
    untested.testTotal = 0;
    model.setRuns({untested, makeRun(9, 100), makeRun(2, 99)});
    const auto key = [&](int row, int column) {
        return model.index(row, column).data(RunListModel::SortRole);
    };
    EXPECT_GT(key(0, RunListModel::Number).toInt(), key(1, RunListModel::Number).toInt());
    EXPECT_GT(key(0, RunListModel::When).toDateTime(), key(1, RunListModel::When).toDateTime());
    EXPECT_GT(key(1, RunListModel::Accuracy).toDouble(), key(2, RunListModel::Accuracy).toDouble());
    EXPECT_LT(key(0, RunListModel::Accuracy).toDouble(), key(2, RunListModel::Accuracy).toDouble());
    EXPECT_EQ(text(0, RunListModel::Accuracy), QStringLiteral("not tested"));
}

TEST_F(RunList, rowsThatStayAreTheSameRows)
{
    model.setRuns({makeRun(5), makeRun(4), makeRun(2)});
    const QPersistentModelIndex four(model.index(1, 0));
    const QPersistentModelIndex five(model.index(0, 0));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setRuns({makeRun(7), makeRun(4), makeRun(3), makeRun(1)});
    EXPECT_EQ(resets.count(), 0);
    QStringList numbers;
    for (int row = 0; row < model.rowCount(); ++row)
        numbers << text(row, RunListModel::Number);
    EXPECT_EQ(numbers.join(QLatin1Char(' ')), QStringLiteral("7 4 3 1"));
    EXPECT_EQ(four.row(), 1);
    EXPECT_FALSE(five.isValid());
    model.setRuns({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(RunList, marksWhatIsMissingDamagedOrTraining)
{
    RunInfo missing = makeRun(3);
    missing.isFolderThere = false;
    RunInfo training = makeRun(1);
    training.state = RunInfo::State::Running;
    model.setRuns({missing, makeRun(2), training});
    model.setDamage(2, {QStringLiteral("the file ends early"), false, false, false});
    EXPECT_EQ(text(0, RunListModel::State), QStringLiteral("files missing"));
    EXPECT_EQ(text(1, RunListModel::State), QStringLiteral("damaged"));
    EXPECT_EQ(text(2, RunListModel::State), QStringLiteral("running"));
    EXPECT_EQ(model.index(1, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("the file ends early"));
    EXPECT_TRUE(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("/runs/3")));
    for (int row = 0; row < 3; ++row)
        EXPECT_FALSE(model.canBeOpened(row)) << row;
    for (const bool hasWeights : {true, false}) { // what is sound of it can be used
        model.setDamage(2, {QStringLiteral("the file ends early"), !hasWeights, hasWeights, false});
        EXPECT_EQ(text(1, RunListModel::State), QStringLiteral("damaged"));
        EXPECT_TRUE(model.canBeOpened(1));
        EXPECT_EQ(model.canBeExported(1), hasWeights);
    }
    model.setDamage(2, {});
    EXPECT_EQ(text(1, RunListModel::State), QStringLiteral("finished"));
    EXPECT_TRUE(model.canBeOpened(1) && model.canBeExported(1));
}

TEST_F(RunList, saysWhatCanBeDoneWithARunThatWasCutShort)
{
    RunInfo notBegun = makeRun(2);
    notBegun.state = RunInfo::State::Interrupted;
    notBegun.hasBegun = false;
    notBegun.isFolderThere = false;
    RunInfo unwritten = makeRun(1);
    unwritten.state = RunInfo::State::Interrupted;
    model.setRuns({notBegun, unwritten});
    model.setDamage(1, {{}, true, false, true});
    EXPECT_EQ(text(0, RunListModel::State), QStringLiteral("had not begun"));
    EXPECT_EQ(text(1, RunListModel::State), QStringLiteral("resume repairs it"));
    const auto toolTip = [&](int row) { return model.index(row, 0).data(Qt::ToolTipRole).toString(); };
    EXPECT_TRUE(toolTip(0).contains(QStringLiteral("before its first checkpoint")));
    EXPECT_TRUE(toolTip(1).contains(QStringLiteral("resume it")));
    for (int row = 0; row < 2; ++row)
        EXPECT_FALSE(model.index(row, RunListModel::State).data(Qt::ForegroundRole).isValid());
    EXPECT_FALSE(model.canBeOpened(0));
    EXPECT_TRUE(model.canBeOpened(1));
    EXPECT_FALSE(model.canBeExported(1));
}
