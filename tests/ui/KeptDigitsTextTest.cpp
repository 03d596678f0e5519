#include "ui/models/KeptDigitsText.h"
#include "core/PlainModel.h"

#include <QLocale>
#include <gtest/gtest.h>

using namespace ui;

namespace
{

core::TrainedModel model(const engine::NetworkSpec& spec = test::tinyVgg())
{
    core::TrainedModel model;
    model.snapshot = std::make_shared<const engine::ModelSnapshot>(engine::ModelSnapshot{spec, {}});
    for (int i = 0; i < spec.classCount; ++i)
        model.classNames << QString::number(i);
    return model;
}

std::vector<core::KeptDigit> digits(int count)
{
    std::vector<core::KeptDigit> digits;
    for (int i = 0; i < count; ++i)
        digits.push_back({i % 10, std::vector<std::uint8_t>(784), i % 2 == 1});
    return digits;
}

class KeptDigitsText : public testing::Test
{
protected:
    KeptDigitsText() { QLocale::setDefault(QLocale(QLocale::English)); }
    ~KeptDigitsText() override { QLocale::setDefault(m_before); }

    const QLocale m_before;
};

} // namespace

TEST_F(KeptDigitsText, saysWhyAModelCannotBeFineTuned)
{
    const auto ten = model();
    EXPECT_TRUE(whyNotFineTuned(&ten, digits(10)).isEmpty());
    EXPECT_TRUE(whyNotFineTuned(&ten, digits(7)).contains(QStringLiteral("3 more needed")));
    EXPECT_TRUE(whyNotFineTuned(nullptr, digits(10)).contains(QStringLiteral("no trained model")));
    const auto large = model(test::tinyVgg(32, 32, 10, 3, 10));
    EXPECT_TRUE(
        whyNotFineTuned(&large, digits(10)).contains(QStringLiteral("does not classify 28 × 28 digits")));
    auto fashion = model();
    fashion.classNames[3] = QStringLiteral("Dress");
    EXPECT_TRUE(
        whyNotFineTuned(&fashion, digits(10)).contains(QStringLiteral("does not classify 28 × 28 digits")));
}

TEST_F(KeptDigitsText, saysWhyAModelCannotBeEvaluatedOnThem)
{
    EXPECT_TRUE(whyNotEvaluated(nullptr).contains(QStringLiteral("no trained model")));
    const auto ten = model();
    EXPECT_TRUE(whyNotEvaluated(&ten).isEmpty());
    const auto color = model(engine::linearBaseline({3, 28, 28}, 10));
    EXPECT_TRUE(whyNotEvaluated(&color).contains(QStringLiteral("3 × 28 × 28")));
    auto fashion = model();
    fashion.classNames[3] = QStringLiteral("Dress");
    EXPECT_TRUE(whyNotEvaluated(&fashion).contains(QStringLiteral("does not classify digits")));
}

TEST_F(KeptDigitsText, countsTheHalves)
{
    EXPECT_TRUE(keptText({}).contains(QStringLiteral("click its label")));
    EXPECT_EQ(keptText(digits(3)),
              QStringLiteral("2 for training, 1 for testing. Keep 7 more to fine-tune a model."));
    EXPECT_EQ(keptText(digits(12)), QStringLiteral("6 for training, 6 for testing."));
}

TEST_F(KeptDigitsText, saysWhatUndoTakesBack)
{
    EXPECT_TRUE(undoText({}).startsWith(QStringLiteral("Nothing")));
    EXPECT_EQ(undoText(core::KeptDigits::Change{{7, {}, false}, 0, false}),
              QStringLiteral("Undo keeping the 7"));
    EXPECT_EQ(undoText(core::KeptDigits::Change{{7, {}, false}, 0, true}),
              QStringLiteral("Restore the removed 7"));
}

TEST_F(KeptDigitsText, reportsGainAndLossAsCounts)
{
    core::FineTuningResult result;
    result.epochs = 10;
    result.sets = {{QStringLiteral("my-digits"), QStringLiteral("My digits"), 40, 30, std::size_t{38}},
                   {QStringLiteral("mnist"), QStringLiteral("MNIST"), 10000, 9866, std::size_t{9801}}};
    EXPECT_EQ(fineTuningText(result),
              QStringLiteral("My digits, held back: 30 → 38 of 40 correct (+8)\n"
                             "MNIST, test images: 9,866 → 9,801 of 10,000 correct (−65)"));
    result.sets[0].rightAfter = 30;
    EXPECT_TRUE(fineTuningText(result).contains(QStringLiteral("30 → 30 of 40 correct (no change)")));
    result.sets[0].total = 29;
    EXPECT_TRUE(fineTuningText(result).contains(QStringLiteral("Too few digits")));
    result.isStopped = true;
    EXPECT_TRUE(fineTuningText(result).contains(QStringLiteral("Stopped after 10 epochs.")));
    result.sets.pop_back();
    result.unknownLoss = QStringLiteral("KMNIST");
    EXPECT_TRUE(fineTuningText(result).contains(QStringLiteral("KMNIST is not on this computer")));
    result.sets[0].total = 40;
    EXPECT_EQ(evaluationText(result.sets[0]),
              QStringLiteral("My digits: 30 of 40 test digits correct (75.0 %)"));
}

TEST_F(KeptDigitsText, saysWhatIsKeptOfADamagedFile)
{
    EXPECT_EQ(repairText({digits(1), 1, QStringLiteral("/own/digits.jsonl.damaged-1")}),
              QStringLiteral("1 digit could be read and is kept. 1 line was damaged. "
                             "The original file is now /own/digits.jsonl.damaged-1."));
    EXPECT_TRUE(
        repairText({digits(20), 3, QString()})
            .startsWith(QStringLiteral("20 digits could be read and are kept. 3 lines were damaged.")));
}
