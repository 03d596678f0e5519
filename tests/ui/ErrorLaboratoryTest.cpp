// The error laboratory of the Evaluate page, in the real window on a real run.
#include "EvaluateFixture.h"
#include "core/evaluation/VerdictFile.h"
#include "engine/evaluation/SampleScores.h"
#include "support/TinyKnownDataset.h"
#include "ui/pages/evaluate/LaboratoryCard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <map>

using core::Verdict;
using test::waitUntil;
using ui::PredictionListModel;

namespace
{

class ErrorLaboratory : public test::EvaluateFixture
{
protected:
    void open()
    {
        train();
        chooseView(Laboratory);
        ASSERT_TRUE(waitUntil([&] { return m_studio.verdicts.isOpen(); }));
        m_scores = engine::scoreSamples(m_kept.evaluation, m_kept.labels);
    }
    QListWidget* rankings() { return m_studio.find<QListWidget>("errorRankings"); }
    void clickRanking(int row)
    {
        QTest::mouseClick(rankings()->viewport(), Qt::LeftButton, {},
                          rankings()->visualItemRect(rankings()->item(row)).center());
    }
    /// Indices of those that are wanted, the largest key first.
    template<typename IsWanted, typename Key>
    std::vector<int> ranked(IsWanted isWanted, Key key) const
    {
        std::vector<int> indices;
        for (std::size_t i = 0; i < m_scores.size(); ++i) {
            if (isWanted(m_scores[i]))
                indices.push_back(static_cast<int>(i));
        }
        std::ranges::stable_sort(indices, std::ranges::greater{},
                                 [&](int i) { return key(m_scores[static_cast<std::size_t>(i)]); });
        indices.resize(std::min<std::size_t>(indices.size(), 50));
        return indices;
    }
    QVariant tile(int row, int role) { return gallery()->model()->index(row, 0).data(role); }
    core::Judgement judgementOf(int index)
    {
        return m_studio.verdicts.judgement({true, static_cast<std::uint32_t>(index)});
    }

    std::vector<engine::SampleScore> m_scores;
};

bool isRight(const engine::SampleScore& score)
{
    return score.isRight();
}

bool isWrong(const engine::SampleScore& score)
{
    return !score.isRight();
}

} // namespace

TEST_F(ErrorLaboratory, showsTheImagesOfEachList)
{
    open();
    using Score = engine::SampleScore;
    EXPECT_EQ(inOrder(), ranked(isWrong, [](const Score& score) { return score.confidence; }));
    clickRanking(1);
    EXPECT_EQ(inOrder(),
              ranked([](const Score&) { return true; }, [](const Score& score) { return score.loss; }));
    clickRanking(2);
    EXPECT_EQ(inOrder(), ranked(isRight, [](const Score& score) { return -score.confidence; }));
    clickRanking(3);
    EXPECT_EQ(inOrder(), ranked(isWrong, [](const Score& score) { return -score.selfConfidence; }));
    QTest::keyClick(rankings(), Qt::Key_Down);
    EXPECT_EQ(inOrder(), ranked(isWrong, [](const Score& score) { return -score.normalizedMargin; }));
    EXPECT_FALSE(m_studio.find<QComboBox>("galleryOutcome")->isVisible());

    auto* count = m_studio.find<QSpinBox>("rankingCount");
    count->setFocus();
    count->selectAll();
    QTest::keyClicks(count, QStringLiteral("3"));
    EXPECT_EQ(inOrder().size(), 3U);

    chooseView(Matrix);
    EXPECT_EQ(shown(), expected([](int label, int prediction) { return label != prediction; }));
    EXPECT_TRUE(m_studio.find<QComboBox>("galleryOutcome")->isVisible());
    chooseView(Laboratory);
    EXPECT_EQ(inOrder().size(), 3U) << "as it was left";
}

TEST_F(ErrorLaboratory, suspectsNoLabelThatTheModelWasTrainedOn)
{
    open();
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(2);
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("accuracyDetail").contains(QStringLiteral("of 640")); }));
    EXPECT_FALSE(inOrder().empty());
    clickRanking(3);
    EXPECT_TRUE(inOrder().empty());
    EXPECT_TRUE(m_studio.find<QLabel>("galleryEmpty")->isVisible());
    EXPECT_TRUE(m_studio.text("galleryEmpty").contains(QStringLiteral("trained on these labels")));
}

TEST_F(ErrorLaboratory, showsThePairsBothWays)
{
    open();
    auto* pairs = m_studio.find<QWidget>("confusedPairs");
    ASSERT_TRUE(pairs->isVisible());
    QTest::mouseClick(pairs, Qt::LeftButton, {}, {20, 10});
    const std::vector<int> first = shown();
    ASSERT_FALSE(first.empty());
    const auto label = m_kept.labels[static_cast<std::size_t>(first.front())];
    const auto prediction = m_kept.evaluation.predictions[static_cast<std::size_t>(first.front())];
    EXPECT_EQ(first, expected([&](int l, int p) { return l == label && p == prediction; }));
    EXPECT_TRUE(rankings()->selectedItems().isEmpty());
    clickRanking(0); // which was the chosen one before
    EXPECT_EQ(rankings()->selectedItems().size(), 1);
    EXPECT_NE(shown(), first);
}

TEST_F(ErrorLaboratory, judgesWithTheKeyboard)
{
    open();
    const std::vector<int> images = inOrder();
    ASSERT_GE(images.size(), 4U);
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_M); // and on to the next
    QTest::keyClick(gallery(), Qt::Key_L);
    QTest::keyClick(gallery(), Qt::Key_Right);
    QTest::keyClick(gallery(), Qt::Key_U);
    EXPECT_EQ(judgementOf(images[0]).verdict, Verdict::ModelErred);
    EXPECT_EQ(judgementOf(images[1]).verdict, Verdict::LabelWrong);
    EXPECT_FALSE(judgementOf(images[2]).verdict);
    EXPECT_EQ(judgementOf(images[3]).verdict, Verdict::Unreadable);
    EXPECT_EQ(inOrder(), images) << "nothing moved";
    EXPECT_EQ(tile(0, PredictionListModel::VerdictLetterRole).toString(), QStringLiteral("M"));
    EXPECT_EQ(tile(2, PredictionListModel::VerdictLetterRole).toString(), QString());

    const std::size_t errors = m_kept.labels.size() - m_kept.evaluation.correctCount();
    EXPECT_EQ(m_studio.text("verdictSummary"), QStringLiteral("3 of %1 errors judged.").arg(errors));
    EXPECT_EQ(m_studio.find<QPushButton>("verdictCount_1")->text(), QStringLiteral("1 label"));
    EXPECT_TRUE(
        m_studio.text("verdictAnswer").contains(QStringLiteral("33 % are model errors and 67 % data errors")))
        << m_studio.text("verdictAnswer").toStdString();

    QTest::keyClick(gallery(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_FALSE(judgementOf(images[3]).verdict);
    QTest::keyClick(gallery(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(judgementOf(images[3]).verdict, Verdict::Unreadable);
    m_studio.click("undoVerdict");
    m_studio.click("undoVerdict");
    EXPECT_FALSE(judgementOf(images[1]).verdict);

    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_Delete);
    EXPECT_FALSE(judgementOf(images[0]).verdict);
    EXPECT_EQ(m_studio.text("verdictSummary"), QStringLiteral("0 of %1 errors judged.").arg(errors));
}

TEST_F(ErrorLaboratory, sharesAHundredPercentBetweenModelAndData)
{
    open();
    ASSERT_GE(inOrder().size(), 8U);
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_M);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(gallery(), Qt::Key_L); // 12.5 % and 87.5 %
    EXPECT_TRUE(
        m_studio.text("verdictAnswer").contains(QStringLiteral("13 % are model errors and 87 % data errors")))
        << m_studio.text("verdictAnswer").toStdString();
}

TEST_F(ErrorLaboratory, keepsNotesAndVerdictsOfTheButtons)
{
    open();
    const int image = inOrder()[1];
    EXPECT_FALSE(m_studio.find<QWidget>("galleryVerdict")->isEnabled()) << "no image is chosen";
    clickImage(1);
    m_studio.click("verdict_1");
    EXPECT_EQ(judgementOf(image).verdict, Verdict::LabelWrong);
    m_studio.click("verdict_2");
    EXPECT_EQ(judgementOf(image).verdict, Verdict::Unreadable) << "one verdict an image";
    EXPECT_FALSE(m_studio.find<QToolButton>("verdict_1")->isChecked());
    m_studio.click("verdict_2");
    EXPECT_FALSE(judgementOf(image).verdict);

    gallery()->setFocus();
    QTest::keyClick(gallery(), Qt::Key_N);
    auto* note = m_studio.find<QLineEdit>("verdictNote");
    QTest::keyClicks(note, QStringLiteral("model or label?")); // M, L and U are letters here
    QTest::keyClick(note, Qt::Key_Return);
    EXPECT_EQ(judgementOf(image).note, QStringLiteral("model or label?"));
    EXPECT_TRUE(tile(1, PredictionListModel::HasNoteRole).toBool());
    QTest::keyClick(gallery(), Qt::Key_N);
    QTest::keyClicks(note, QStringLiteral("something else"));
    QTest::keyClick(note, Qt::Key_Escape);
    EXPECT_EQ(judgementOf(image).note, QStringLiteral("model or label?"));
    clickImage(0);
    EXPECT_EQ(note->text(), QString());
    QTest::keyClick(gallery(), Qt::Key_N);
    QTest::keyClicks(note, QStringLiteral("unsaved?"));
    clickImage(1); // leaving keeps it too
    EXPECT_EQ(judgementOf(inOrder()[0]).note, QStringLiteral("unsaved?"));
    EXPECT_EQ(note->text(), QStringLiteral("model or label?"));
}

TEST_F(ErrorLaboratory, showsTheImagesOfAVerdict)
{
    open();
    const std::vector<int> images = inOrder();
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_L);
    QTest::keyClick(gallery(), Qt::Key_M);
    QTest::keyClick(gallery(), Qt::Key_L);
    EXPECT_FALSE(m_studio.find<QPushButton>("verdictCount_2")->isEnabled());
    m_studio.click("verdictCount_1");
    std::vector<int> labeled = {images[0], images[2]};
    std::ranges::sort(labeled);
    EXPECT_EQ(shown(), labeled);
    EXPECT_TRUE(rankings()->selectedItems().isEmpty());
}

TEST_F(ErrorLaboratory, exportsVerdictsAndNotes)
{
    open();
    const int image = inOrder()[0];
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_L);
    const std::string csv = test::readFile(exported("exportVerdicts", "verdicts.csv"));
    EXPECT_EQ(
        csv.find("index,label,prediction,label_probability,verdict,note\n" + std::to_string(image) + ","), 0U)
        << csv;
    EXPECT_NE(csv.find("\"the label is wrong\""), std::string::npos) << csv;
    EXPECT_EQ(std::ranges::count(csv, '\n'), 2);
}

TEST_F(ErrorLaboratory, findsVerdictsAgainAfterANewStart)
{
    open();
    const int image = inOrder()[0];
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_U);
    const QString path = core::verdictsPath(m_studio.folders.verdicts, m_studio.verdicts.datasetId());
    EXPECT_TRUE(waitUntil([&] {
        const auto kept = core::readVerdicts(path, m_studio.verdicts.datasetId());
        return kept && kept->contains({true, static_cast<std::uint32_t>(image)});
    }));
    chooseView(Matrix);
    train(2); // another run of the same images
    chooseView(Laboratory);
    EXPECT_EQ(judgementOf(image).verdict, Verdict::Unreadable);
}

TEST_F(ErrorLaboratory, reportsADamagedFileAndLeavesItAlone)
{
    train();
    ASSERT_TRUE(waitUntil([&] { return m_studio.verdicts.isOpen(); }));
    const QString id = m_studio.verdicts.datasetId();
    const std::string path = core::verdictsPath(m_studio.folders.verdicts, id).toStdString();
    std::filesystem::create_directories(m_studio.folders.verdicts.toStdString());
    test::writeFile(path, "nonsense");
    m_studio.verdicts.open(QStringLiteral("another"));
    m_studio.verdicts.open(id);
    ASSERT_TRUE(waitUntil([&] { return m_studio.verdicts.isDamaged(); }));
    chooseView(Laboratory);
    EXPECT_TRUE(m_studio.text("verdictDamage").contains(QString::fromStdString(path)));
    EXPECT_TRUE(m_studio.text("messageText").contains(QString::fromStdString(path)));
    clickImage(0);
    QTest::keyClick(gallery(), Qt::Key_M);
    EXPECT_FALSE(m_studio.find<QWidget>("galleryVerdict")->isEnabled());
    EXPECT_EQ(test::readFile(path), "nonsense");
    m_studio.click("setVerdictsAside");
    ASSERT_TRUE(waitUntil([&] { return m_studio.verdicts.isOpen(); }));
    EXPECT_FALSE(m_studio.find<QPushButton>("setVerdictsAside")->isVisible());
    EXPECT_EQ(test::readFile(path + ".damaged-1"), "nonsense");
}

namespace
{

/// The window on a data set that is called MNIST, with as many test images that the first of the rejected
/// labels (image 947) is one of them. Its files are those that were published, unless `isOther`.
void openOnMnist(std::unique_ptr<test::WindowFixture>& studio, bool isOther)
{
    test::TinyKnownDataset mnist = test::knownSketchDigits(QStringLiteral("mnist"), 64, 960);
    studio = std::make_unique<test::WindowFixture>(64, 64, QList{mnist.known});
    if (isOther)
        mnist.plain[2].back() ^= 1; // a pixel of the last test image
    test::writeIdxFolder(studio->catalog->userFolder(mnist.known), mnist.plain);
    studio->settings.setDataset(QStringLiteral("mnist"));
    studio->open();
    QTest::keyClick(studio->window.get(), Qt::Key_3, Qt::ControlModifier);
    studio->find<QSpinBox>("epochs")->setValue(1);
    studio->click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return studio->find<QToolButton>("evaluateView_1")->isVisible(); }));
    studio->click("evaluateView_1");
}

} // namespace

TEST(ErrorLaboratoryOnMnist, marksTheLabelsThatPeopleRejected)
{
    std::unique_ptr<test::WindowFixture> studio;
    openOnMnist(studio, false);
    auto* rankings = studio->find<QListWidget>("errorRankings");
    QTest::mouseClick(rankings->viewport(), Qt::LeftButton, {},
                      rankings->visualItemRect(rankings->item(1)).center()); // highest losses, of all images
    studio->find<QSpinBox>("rankingCount")->setValue(10'000);
    const QAbstractItemModel* images = studio->find<QListView>("gallery")->model();
    ASSERT_EQ(images->rowCount(), 960);
    const auto marks = [&] {
        std::map<int, QString> texts;
        for (int row = 0; row < images->rowCount(); ++row) {
            const QModelIndex image = images->index(row, 0);
            if (const QString text = image.data(PredictionListModel::RejectedTextRole).toString();
                !text.isEmpty())
                texts[image.data(PredictionListModel::IndexRole).toInt()] = text;
        }
        return texts;
    };
    EXPECT_TRUE(marks().empty());
    auto* box = studio->find<QCheckBox>("rejectedSwitch");
    ASSERT_TRUE(box->isVisible());
    QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    EXPECT_EQ(marks(), (std::map<int, QString>{{947, QStringLiteral("people: 9")}}));
    EXPECT_EQ(studio->text("rejectedText"), QStringLiteral("1 of 15 among the first 960"));
    QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    EXPECT_TRUE(marks().empty());
}

TEST(ErrorLaboratoryOnMnist, marksNothingInFilesThatWereNotPublished)
{
    std::unique_ptr<test::WindowFixture> studio;
    openOnMnist(studio, true);
    EXPECT_FALSE(studio->find<QCheckBox>("rejectedSwitch")->isVisible());
}

TEST_F(ErrorLaboratory, hasNoRejectedLabelsForOtherDigits)
{
    open();
    EXPECT_FALSE(m_studio.find<QCheckBox>("rejectedSwitch")->isVisible());
}

TEST(LaboratoryCard, countsTheRejectedLabelsAmongTheFirst)
{
    // A hundred errors of falling confidence; of the images whose labels are rejected, two are among the
    // first ten.
    auto split = std::make_shared<core::EvaluatedSplit>();
    split->evaluation.confusion = engine::ConfusionMatrix(2);
    for (int i = 0; i < 100; ++i) {
        split->labels.push_back(0);
        split->evaluation.confusion.add(0, 1);
        split->evaluation.predictions.push_back(1);
        const float confidence = 0.99F - 0.004F * static_cast<float>(i);
        split->evaluation.probabilities.insert(split->evaluation.probabilities.end(),
                                               {1 - confidence, confidence});
    }
    split->scores = engine::scoreSamples(split->evaluation, split->labels);
    split->classNames = {QStringLiteral("0"), QStringLiteral("1")};
    const std::vector<engine::RejectedLabel> rejected = {{3, 1}, {9, {}}, {10, 1}, {80, 1}};
    ui::LaboratoryCard card;
    card.show();
    card.setSplit(split, rejected);
    auto* marks = card.findChild<QCheckBox*>(QStringLiteral("rejectedSwitch"));
    auto* text = card.findChild<QLabel*>(QStringLiteral("rejectedText"));
    EXPECT_TRUE(marks->isVisible());
    EXPECT_FALSE(text->isVisible());
    EXPECT_TRUE(card.shownRejected().empty());
    QTest::mouseClick(marks, Qt::LeftButton, {}, {8, marks->height() / 2});
    EXPECT_EQ(card.shownRejected().size(), 4U);
    EXPECT_EQ(text->text(), QStringLiteral("3 of 4 among the first 50"));
    card.findChild<QSpinBox*>(QStringLiteral("rankingCount"))->setValue(10);
    EXPECT_EQ(text->text(), QStringLiteral("2 of 4 among the first 10"));
    card.findChild<QSpinBox*>(QStringLiteral("rankingCount"))->setValue(5000);
    EXPECT_EQ(text->text(), QStringLiteral("4 of 4 among the first 100")) << "there are no more";
    card.setSplit(split, {});
    EXPECT_FALSE(marks->isVisible());
    EXPECT_FALSE(text->isVisible());
}
