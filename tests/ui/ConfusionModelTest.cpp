#include "ui/models/ConfusionModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <gtest/gtest.h>

namespace
{

ui::ConfusionCells cells(int nines = 3)
{
    engine::ConfusionMatrix matrix(2);
    for (int i = 0; i < nines; ++i)
        matrix.add(0, 0);
    matrix.add(0, 1);
    return {matrix, {QStringLiteral("nine"), QStringLiteral("four")}, ui::ConfusionUnit::Counts, true};
}

} // namespace

TEST(ConfusionModel, isAModelAsQtWantsIt)
{
    ui::ConfusionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    model.setCells(cells());
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.columnCount(), 3);
    model.setCells(cells(5));
}

TEST(ConfusionModel, hasCountsRecallAndPrecision)
{
    ui::ConfusionModel model;
    model.setCells(cells());
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("3"));
    EXPECT_EQ(model.index(0, 1).data().toString(), QStringLiteral("1"));
    EXPECT_EQ(model.index(1, 1).data().toString(), QString());
    EXPECT_EQ(model.index(0, 2).data().toString(), QStringLiteral("75.0"));
    EXPECT_EQ(model.index(2, 0).data().toString(), QStringLiteral("100.0"));
    EXPECT_EQ(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("four"));
    EXPECT_EQ(model.index(0, 1).data(Qt::AccessibleTextRole).toString(),
              QStringLiteral("true nine → predicted four: 1 image"));
    EXPECT_TRUE(model.index(0, 1).flags().testFlag(Qt::ItemIsSelectable));
    EXPECT_FALSE(model.index(0, 2).flags().testFlag(Qt::ItemIsSelectable));
}

TEST(ConfusionModel, keepsTheSelectionWhereOnlyTheCountsChange)
{
    ui::ConfusionModel model;
    model.setCells(cells());
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setCells(cells(7));
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(changes.count(), 1);
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("7"));
}
