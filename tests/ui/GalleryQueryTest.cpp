#include "ui/render/GalleryQuery.h"

#include "core/evaluation/VerdictStore.h"
#include "support/Files.h"
#include "support/WaitUntil.h"
#include "ui/models/PredictionListModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <gtest/gtest.h>

using Positions = std::vector<std::uint32_t>;
using ui::GalleryOutcome;
using ui::GalleryQuery;
using ui::GallerySort;

namespace
{

/// Five images of three classes; 0, 2 and 4 are wrong.
std::shared_ptr<core::EvaluatedSplit> split()
{
    auto result = std::make_shared<core::EvaluatedSplit>();
    result->labels = {0, 1, 0, 2, 1};
    result->classNames = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    result->evaluation.probabilities = {
        0.1F, 0.6F,  0.3F, //
        0.2F, 0.7F,  0.1F, //
        0.0F, 0.9F,  0.1F, //
        0.3F, 0.3F,  0.4F, //
        0.5F, 0.45F, 0.05F //
    };
    result->evaluation.predictions = {1, 1, 1, 2, 0};
    result->evaluation.confusion = engine::ConfusionMatrix(3);
    for (std::size_t i = 0; i < result->labels.size(); ++i)
        result->evaluation.confusion.add(result->labels[i], result->evaluation.predictions[i]);
    result->scores = engine::scoreSamples(result->evaluation, result->labels);
    result->images = *engine::Dataset::create(2, 2, std::vector<std::uint8_t>(20), result->labels, 3);
    return result;
}

GalleryQuery query(GalleryOutcome outcome, GallerySort sort)
{
    GalleryQuery result;
    result.outcome = outcome;
    result.sort = sort;
    return result;
}

} // namespace

TEST(GalleryQuery, choosesRightAndWrong)
{
    EXPECT_EQ(select(*split(), query(GalleryOutcome::Wrong, GallerySort::Index)), (Positions{0, 2, 4}));
    EXPECT_EQ(select(*split(), query(GalleryOutcome::Right, GallerySort::Index)), (Positions{1, 3}));
    EXPECT_EQ(select(*split(), query(GalleryOutcome::All, GallerySort::Index)).size(), 5U);
}

TEST(GalleryQuery, choosesCellsRowsAndColumns)
{
    GalleryQuery cell = query(GalleryOutcome::All, GallerySort::Index);
    cell.trueClass = 0;
    cell.predictedClass = 1;
    EXPECT_EQ(select(*split(), cell), (Positions{0, 2}));
    cell.trueClass.reset();
    EXPECT_EQ(select(*split(), cell), (Positions{0, 1, 2}));
    cell.predictedClass.reset();
    cell.trueClass = 1;
    EXPECT_EQ(select(*split(), cell), (Positions{1, 4}));
}

TEST(GalleryQuery, choosesWhatAClassHasToDoWith)
{
    GalleryQuery either = query(GalleryOutcome::All, GallerySort::Index);
    either.eitherClass = 0; // the label of 0 and 2, the prediction of 4
    EXPECT_EQ(select(*split(), either), (Positions{0, 2, 4}));
    either.trueClass = 1; // of the row of 1 what is predicted as 0
    EXPECT_EQ(select(*split(), either), (Positions{4}));
    either.eitherClass = 1;
    EXPECT_EQ(select(*split(), either), (Positions{1, 4})) << "all of the row";
    either.outcome = GalleryOutcome::Right;
    EXPECT_EQ(select(*split(), either), (Positions{1}));
}

TEST(GalleryQuery, choosesByWhatWasPredictedAfterAnEpoch)
{
    auto images = split();
    images->epochs = {{0, 0, 0, 0, 0}, {1, 1, 1, 2, 0}};
    GalleryQuery first = query(GalleryOutcome::Wrong, GallerySort::Index);
    first.epoch = 0;
    EXPECT_EQ(select(*images, first), (Positions{1, 3, 4}));
    first.outcome = GalleryOutcome::Right;
    EXPECT_EQ(select(*images, first), (Positions{0, 2}));
    first.outcome = GalleryOutcome::All;
    first.predictedClass = 1;
    EXPECT_EQ(select(*images, first), Positions());
    first.epoch = 1;
    EXPECT_EQ(select(*images, first), (Positions{0, 1, 2}));
}

TEST(GalleryQuery, sortsByEveryMeasure)
{
    EXPECT_EQ(select(*split(), query(GalleryOutcome::Wrong, GallerySort::Confidence)), (Positions{2, 0, 4}));
    EXPECT_EQ(select(*split(), query(GalleryOutcome::Wrong, GallerySort::Loss)), (Positions{2, 0, 4}));
    EXPECT_EQ(select(*split(), query(GalleryOutcome::All, GallerySort::Margin)), (Positions{4, 3, 0, 1, 2}));
    EXPECT_EQ(select(*split(), query(GalleryOutcome::All, GallerySort::Entropy)), (Positions{3, 0, 4, 1, 2}));
    GalleryQuery reversed = query(GalleryOutcome::Wrong, GallerySort::Index);
    reversed.isReversed = true;
    EXPECT_EQ(select(*split(), reversed), (Positions{4, 2, 0}));
}

TEST(GalleryQuery, isCalledByWhatItChooses)
{
    const QStringList names = {QStringLiteral("a"), QStringLiteral("b")};
    GalleryQuery one;
    EXPECT_EQ(titleOf(one, names), QStringLiteral("wrong · all classes"));
    one.outcome = GalleryOutcome::All;
    one.trueClass = 1;
    EXPECT_EQ(titleOf(one, names), QStringLiteral("true b"));
    one.predictedClass = 0;
    EXPECT_EQ(titleOf(one, names), QStringLiteral("true b → predicted a"));
    one.trueClass.reset();
    one.outcome = GalleryOutcome::Right;
    EXPECT_EQ(titleOf(one, names), QStringLiteral("correct · predicted a"));
    one.eitherClass = 1;
    EXPECT_EQ(titleOf(one, names), QStringLiteral("correct · true b → predicted a"));
    one.eitherClass = 0;
    EXPECT_EQ(classesTitle(one, names), QStringLiteral("predicted a"));
    one.predictedClass.reset();
    EXPECT_EQ(classesTitle(one, names), QStringLiteral("a, true or predicted"));
    one.trueClass = 1;
    EXPECT_EQ(classesTitle(one, names), QStringLiteral("true b → predicted a"));
}

TEST(PredictionListModel, saysWhatTheModelSays)
{
    ui::PredictionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show(split(), {4, 3});
    ASSERT_EQ(model.rowCount(), 2);
    using Model = ui::PredictionListModel;
    EXPECT_EQ(model.index(0).data().toString(), QStringLiteral("#4"));
    EXPECT_EQ(model.index(0).data(Model::PredictionTextRole).toString(), QStringLiteral("a"));
    EXPECT_EQ(model.index(0).data(Model::ConfidenceTextRole).toString(), QStringLiteral("50.0 %"));
    EXPECT_EQ(model.index(0).data(Model::TruthTextRole).toString(), QStringLiteral("true b: 45.0 %"));
    EXPECT_FALSE(model.index(0).data(Model::IsRightRole).toBool());
    EXPECT_TRUE(model.index(1).data(Model::IsRightRole).toBool());
    model.show(nullptr, {});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(PredictionListModel, saysWhatWasPredictedAfterAnEpochOrByAnotherRun)
{
    auto images = split();
    images->epochs = {{0, 0, 0, 0, 1}};
    ui::PredictionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    using Model = ui::PredictionListModel;
    model.show(images, {4, 3}, {QStringLiteral("epoch 1"), images, 0});
    EXPECT_EQ(model.index(0).data(Model::OtherTextRole).toString(), QStringLiteral("epoch 1: b"));
    EXPECT_TRUE(model.index(0).data(Model::IsOtherRightRole).toBool());
    EXPECT_FALSE(model.index(0).data(Model::IsRightRole).toBool()) << "it was, after the first epoch";
    EXPECT_EQ(model.index(1).data(Model::OtherTextRole).toString(), QStringLiteral("epoch 1: a"));
    EXPECT_FALSE(model.index(1).data(Model::IsOtherRightRole).toBool());
    model.show(images, {4}, {QStringLiteral("run 2"), split()});
    EXPECT_EQ(model.index(0).data(Model::OtherTextRole).toString(), QStringLiteral("run 2: a 50.0 %"));
    model.show(images, {4});
    EXPECT_EQ(model.index(0).data(Model::OtherTextRole).toString(), QString());
}

TEST(PredictionListModel, followsVerdicts)
{
    const test::TemporaryFolder folder;
    core::VerdictStore store(QString::fromStdString(folder.path().string()));
    auto images = split();
    images->datasetId = QStringLiteral("letters");
    ui::PredictionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setVerdicts(store);
    model.show(images, {4, 3});
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    store.open(QStringLiteral("letters"));
    ASSERT_TRUE(test::waitUntil([&] { return store.isOpen(); }));
    EXPECT_EQ(changes.count(), 1);
    store.setVerdict({true, 3}, core::Verdict::LabelWrong);
    store.setNote({true, 3}, QStringLiteral("a c, surely"));
    store.setVerdict({true, 0}, core::Verdict::LabelWrong); // not on show
    EXPECT_EQ(changes.count(), 3);
    using Model = ui::PredictionListModel;
    EXPECT_EQ(model.index(1).data(Model::VerdictLetterRole).toString(), QStringLiteral("L"));
    EXPECT_TRUE(model.index(1).data(Model::HasNoteRole).toBool());
    EXPECT_TRUE(model.index(1).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("surely")));
    EXPECT_EQ(model.index(0).data(Model::VerdictLetterRole).toString(), QString());
    images->datasetId = QStringLiteral("others"); // whose verdicts are not open yet
    EXPECT_EQ(model.index(1).data(Model::VerdictLetterRole).toString(), QString());
}

TEST(PredictionListModel, marksLabelsThatPeopleRejected)
{
    ui::PredictionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show(split(), {4, 3, 2});
    const std::vector<engine::RejectedLabel> rejected = {{3, {}}, {4, 0}};
    model.setRejected(rejected);
    using Model = ui::PredictionListModel;
    EXPECT_EQ(model.index(0).data(Model::RejectedTextRole).toString(), QStringLiteral("people: a"));
    EXPECT_EQ(model.index(1).data(Model::RejectedTextRole).toString(), QStringLiteral("people: not c"));
    EXPECT_EQ(model.index(2).data(Model::RejectedTextRole).toString(), QString());
    model.setRejected({});
    EXPECT_EQ(model.index(0).data(Model::RejectedTextRole).toString(), QString());
}
