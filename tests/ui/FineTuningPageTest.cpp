// Fine-tuning with drawn and kept digits, on the Draw page of the real window.
#include "DrawnDigits.h"
#include "WindowFixture.h"
#include "core/PlainModel.h"
#include "core/runs/RunStore.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Evaluation.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QLabel>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class FineTuningPage : public testing::Test
{
protected:
    /// On the Draw page, with a model that has learnt the fixture's data set.
    void openWithModel()
    {
        m_studio.open();
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] { return m_studio.session->isActive(); }));
        ASSERT_TRUE(waitUntil([&] { return isIdle(); }));
        QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
    }
    bool isIdle()
    {
        return !m_studio.session->isActive() && m_studio.model.get() && !m_studio.model.isLoading() &&
               m_studio.fineTuning->state() == core::FineTuning::State::Idle;
    }
    /// As the page would, but many at once.
    void keepSketchDigits(std::size_t count)
    {
        std::vector<core::KeptDigit> digits;
        const engine::Dataset drawn = engine::makeSketchDigits({count, 1, 77}).train;
        for (std::size_t i = 0; i < drawn.size(); ++i)
            digits.push_back({drawn.label(i), {drawn.image(i).begin(), drawn.image(i).end()}, false});
        ASSERT_TRUE(core::keepDigits(m_studio.catalog->ownDigitsFolder(), digits));
        m_studio.kept.load();
        ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == count; }));
    }
    QPushButton& button() { return *m_studio.find<QPushButton>("fineTune"); }
    QPushButton& stop() { return *m_studio.find<QPushButton>("stopFineTuning"); }
    QString result() { return m_studio.text("keptResult"); }
    static std::size_t right(const engine::ModelSnapshot& model, const engine::Dataset& images)
    {
        return engine::evaluate(model, images, {}, 1)->correctCount();
    }

    test::WindowFixture m_studio;
};

} // namespace

TEST_F(FineTuningPage, keepsDrawnDigitsTrainsOnWithThemAndSaysWhatThatGainedAndCost)
{
    openWithModel();
    auto& canvas = *m_studio.find<ui::InkCanvas>("inkCanvas");
    for (int digit = 0; digit < 10; ++digit) {
        EXPECT_FALSE(button().isEnabled()) << digit << " are too few";
        EXPECT_TRUE(button().toolTip().contains(QStringLiteral("%1 more needed").arg(10 - digit)));
        test::drawDigit(canvas, digit);
        const auto name = QByteArray("keepAs_").append(QByteArray::number(digit));
        ASSERT_TRUE(waitUntil([&] { return m_studio.find<QToolButton>(name.constData())->isEnabled(); }));
        m_studio.click(name.constData());
        ASSERT_TRUE(waitUntil([&] {
            return static_cast<int>(m_studio.kept.digits().size()) == digit + 1 &&
                   !m_studio.find<QToolButton>(name.constData())->isEnabled();
        }));
    }
    ASSERT_TRUE(button().isEnabled());
    const auto before = m_studio.model.get();
    const QString form = QString::number(m_studio.find<QSpinBox>("epochs")->value());
    m_studio.click("fineTune");
    ASSERT_TRUE(waitUntil([&] { return result().contains(QStringLiteral("→")) && isIdle(); }));

    const auto after = m_studio.model.get();
    EXPECT_NE(after->runFolder, before->runFolder) << "a run of its own";
    EXPECT_EQ(m_studio.find<ui::Chip>("datasetChip")->value(), QStringLiteral("My digits"));
    const auto own = m_studio.catalog->load(QStringLiteral("my-digits"));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->splits.test.size(), 5U);
    const auto learnt = m_studio.catalog->load(before->datasetId());
    ASSERT_TRUE(learnt);
    const QLocale locale;
    const auto line = [&](const QString& title, const engine::Dataset& images) {
        return QStringLiteral("%1: %2 → %3 of %4 correct")
            .arg(title, locale.toString(static_cast<qulonglong>(right(*before->snapshot, images))),
                 locale.toString(static_cast<qulonglong>(right(*after->snapshot, images))),
                 locale.toString(static_cast<qulonglong>(images.size())));
    };
    EXPECT_TRUE(result().contains(line(QStringLiteral("My digits, held back"), own->splits.test)))
        << result().toStdString();
    EXPECT_TRUE(result().contains(line(QStringLiteral("digits, test images"), learnt->splits.test)))
        << result().toStdString();
    EXPECT_TRUE(result().contains(QStringLiteral("Too few digits")));

    ASSERT_TRUE(after->record);
    EXPECT_EQ(after->record->config.startedFrom.name, "run 1");
    EXPECT_TRUE(m_studio.text("drawingModelMeaning").contains(QStringLiteral("run 1")));
    EXPECT_EQ(QString::number(m_studio.find<QSpinBox>("epochs")->value()), form)
        << "the form keeps the recipe for trainings from scratch";
    EXPECT_TRUE(button().isEnabled()) << "and once more";

    m_studio.chooseRun(1);
    ASSERT_TRUE(waitUntil(
        [&] { return m_studio.model.get() && m_studio.model.get()->runFolder == before->runFolder; }));
    EXPECT_FALSE(result().contains(QStringLiteral("→"))) << "that was said of another model";
}

TEST_F(FineTuningPage, canBeStopped)
{
    openWithModel();
    keepSketchDigits(4000);
    m_studio.click("fineTune");
    ASSERT_TRUE(waitUntil([&] { return m_studio.session->isActive(); }));
    EXPECT_FALSE(button().isEnabled()) << "a second click does nothing";
    ASSERT_TRUE(waitUntil([&] { return result().contains(QStringLiteral(" of 10 epochs")); }));
    EXPECT_TRUE(stop().isVisible());
    m_studio.click("stopFineTuning");
    ASSERT_TRUE(waitUntil([&] { return isIdle() && result().contains(QStringLiteral("→")); }));
    EXPECT_TRUE(result().contains(QStringLiteral("Stopped after"))) << result().toStdString();
    EXPECT_FALSE(stop().isVisible());
    EXPECT_TRUE(button().isEnabled());
    const auto run = (*core::RunStore::open(m_studio.folders.runs))->find(2);
    ASSERT_TRUE(run && *run);
    EXPECT_EQ((*run)->state, core::RunInfo::State::Stopped);
}

TEST_F(FineTuningPage, readsWithTheModelItBeganWithUntilThereIsTheNewOne)
{
    openWithModel();
    keepSketchDigits(2000);
    bool wasEverWithout = false;
    QObject::connect(&m_studio.model, &core::CurrentModel::changed, &m_studio.model,
                     [&] { wasEverWithout = wasEverWithout || !m_studio.model.get(); });
    m_studio.click("fineTune");
    ASSERT_TRUE(waitUntil([&] { return result().contains(QStringLiteral("→")) && isIdle(); }));
    EXPECT_FALSE(wasEverWithout);
    EXPECT_FALSE(m_studio.find<QWidget>("trainOffer")->isVisible());
}

TEST_F(FineTuningPage, waitsForATrainingThatRuns)
{
    openWithModel();
    keepSketchDigits(40);
    m_studio.find<QSpinBox>("epochs")->setValue(1000);
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return m_studio.session->isActive(); }));
    EXPECT_FALSE(button().isEnabled());
    EXPECT_TRUE(button().toolTip().contains(QStringLiteral("in progress")));
    EXPECT_FALSE(stop().isVisible()) << "it does not stop another training";
    m_studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    EXPECT_FALSE(result().contains(QStringLiteral("→"))) << "nothing was fine-tuned";
    EXPECT_TRUE(waitUntil([&] { return button().isEnabled(); }));
}

TEST_F(FineTuningPage, isNotForAModelThatKnowsNoDigits)
{
    openWithModel();
    keepSketchDigits(40);
    ASSERT_TRUE(button().isEnabled());
    const auto folder = m_studio.folder / "three";
    std::filesystem::create_directories(folder);
    ASSERT_TRUE(
        engine::writeSavedModel(folder, {test::makeModel(test::tinyVgg(28, 28, 4, 3, 3), 1), std::nullopt}));
    m_studio.model.setRun(QString::fromStdString(folder.string()));
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get()->classNames.size() == 3; }));
    EXPECT_FALSE(button().isEnabled());
    EXPECT_TRUE(button().toolTip().contains(QStringLiteral("does not classify 28 × 28 digits")));
}

TEST_F(FineTuningPage, triesAgainWithTheSameModelWhereTheRunsFolderCannotBeWritten)
{
    openWithModel();
    keepSketchDigits(40);
    const std::filesystem::path runs(m_studio.folders.runs.toStdString());
    std::filesystem::rename(runs, m_studio.folder / "elsewhere");
    test::writeFile(runs, "a file where the folder should be");
    m_studio.click("fineTune");
    ASSERT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(m_studio.folders.runs); }));
    EXPECT_FALSE(m_studio.session->isActive());
    EXPECT_FALSE(stop().isVisible());
    std::filesystem::remove(runs);
    std::filesystem::rename(m_studio.folder / "elsewhere", runs);
    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil([&] { return result().contains(QStringLiteral("→")) && isIdle(); }));
    EXPECT_EQ(m_studio.model.get()->record->config.startedFrom.name, "run 1");
}

TEST_F(FineTuningPage, offersTheModelForDrawingsToWhoeverHasAPlainOne)
{
    openWithModel();
    EXPECT_TRUE(m_studio.text("drawingModelMeaning").contains(QStringLiteral("upright")));
    auto& offer = *m_studio.find<QPushButton>("trainRobust");
    ASSERT_TRUE(offer.isVisible());
    m_studio.click("trainRobust");
    ASSERT_TRUE(waitUntil([&] { return m_studio.session->isActive(); }));
    EXPECT_FALSE(offer.isVisible()) << "while one is trained";
    ASSERT_TRUE(waitUntil([&] { return isIdle(); }));
    EXPECT_EQ(m_studio.model.get()->preset(), engine::Preset::Robust);
    EXPECT_FALSE(offer.isVisible()) << "there is one";

    keepSketchDigits(40);
    m_studio.click("fineTune");
    ASSERT_TRUE(waitUntil([&] { return result().contains(QStringLiteral("→")) && isIdle(); }));
    EXPECT_FALSE(offer.isVisible()) << "what was fine-tuned from it is made for drawings too";
}
