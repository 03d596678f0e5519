#include "ui/pages/train/TrainingConfigForm.h"
#include "engine/network/NetworkRanges.h"
#include "engine/training/TrainingConfigRanges.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <gtest/gtest.h>

namespace
{

class ConfigForm : public testing::Test
{
protected:
    ConfigForm() { form.show(); }

    template<typename Field>
    Field* field(const char* name)
    {
        return form.findChild<Field*>(QString::fromLatin1(name));
    }
    template<typename Field>
    void type(const char* name, const char* text)
    {
        auto* widget = field<Field>(name);
        widget->setFocus();
        widget->selectAll();
        QTest::keyClicks(widget, QString::fromLatin1(text));
        QTest::keyClick(widget, Qt::Key_Return);
    }

    ui::TrainingConfigForm form;
};

} // namespace

TEST_F(ConfigForm, startsWithTheNotebookRecipe)
{
    EXPECT_EQ(form.config(), engine::TrainingConfig());
    EXPECT_EQ(field<QComboBox>("preset")->currentText(), QStringLiteral("Notebook"));
}

TEST_F(ConfigForm, takesWhatIsTyped)
{
    QSignalSpy changed(&form, &ui::TrainingConfigForm::configChanged);
    type<QSpinBox>("epochs", "7");
    type<QSpinBox>("batchSize", "128");
    type<QDoubleSpinBox>("learningRate", "0.0005");
    type<QLineEdit>("hiddenUnits", "16");
    type<QLineEdit>("seed", "18446744073709551");
    auto* kernel = field<QComboBox>("kernelSize");
    kernel->setFocus();
    QTest::keyClick(kernel, Qt::Key_Down);
    const engine::TrainingConfig config = form.config();
    EXPECT_EQ(config.epochs, 7);
    EXPECT_EQ(config.batchSize, 128);
    EXPECT_DOUBLE_EQ(config.learningRate, 0.0005);
    EXPECT_EQ(config.network.tinyVgg.hiddenUnits, std::vector<int>{16});
    EXPECT_EQ(config.seed, 18446744073709551u);
    EXPECT_EQ(config.network.tinyVgg.kernelSizes, std::vector<int>{5});
    EXPECT_GT(changed.count(), 5);
    EXPECT_EQ(field<QComboBox>("preset")->currentText(), QStringLiteral("Custom"));
}

TEST_F(ConfigForm, readsALearningRateInEveryNotation)
{
    for (const auto& [text, expected] : {std::pair{"1e-3", 0.001}, std::pair{"0,05", 0.05},
                                         std::pair{"2", 2.0}, std::pair{"0.00012345", 0.00012345}}) {
        type<QDoubleSpinBox>("learningRate", text);
        EXPECT_DOUBLE_EQ(form.config().learningRate, expected) << text;
    }
    for (const char* text : {"-5", "1e-30", "50", "0", "1e", "abc"}) {
        type<QDoubleSpinBox>("learningRate", text);
        EXPECT_DOUBLE_EQ(form.config().learningRate, 0.00012345) << text << " must not become another number";
    }
}

TEST_F(ConfigForm, isValidWhateverIsTyped)
{
    for (const char* nonsense : {"0", "-5", "99999999", "abc", "1e9", ""}) {
        type<QSpinBox>("epochs", nonsense);
        type<QSpinBox>("batchSize", nonsense);
        type<QDoubleSpinBox>("learningRate", nonsense);
        type<QLineEdit>("hiddenUnits", nonsense);
        type<QLineEdit>("seed", nonsense);
        EXPECT_TRUE(engine::validate(form.config())) << nonsense;
    }
}

TEST_F(ConfigForm, notebookBringsTheRecipeBackAndKeepsTheDevice)
{
    engine::TrainingConfig config;
    config.epochs = 9;
    config.threads = 3;
    form.setConfig(config);
    auto* preset = field<QComboBox>("preset");
    EXPECT_EQ(preset->currentText(), QStringLiteral("Custom"));
    preset->setFocus();
    QTest::keyClick(preset, Qt::Key_Home);
    EXPECT_EQ(form.config().epochs, 3);
    EXPECT_EQ(form.config().threads, 3);
    EXPECT_EQ(preset->currentText(), QStringLiteral("Notebook"));
}

TEST_F(ConfigForm, customCannotBeChosenByItself)
{
    auto* preset = field<QComboBox>("preset");
    preset->setFocus();
    QTest::keyClick(preset, Qt::Key_End);
    EXPECT_EQ(preset->currentText(), QStringLiteral("Robust"));
    EXPECT_EQ(form.config(), withPreset({}, engine::Preset::Robust));
}

TEST_F(ConfigForm, showsWhatBelongsToTheChoicesMade)
{
    EXPECT_FALSE(field<QSpinBox>("stepEpochs")->isVisible());
    EXPECT_FALSE(field<QDoubleSpinBox>("weightDecay")->isVisible());
    auto* schedule = field<QComboBox>("schedule");
    schedule->setCurrentIndex(schedule->findData(static_cast<int>(engine::Schedule::Step)));
    EXPECT_TRUE(field<QSpinBox>("stepEpochs")->isVisible());
    EXPECT_EQ(form.config().schedule, engine::Schedule::Step);

    QTest::mouseClick(field<QToolButton>("moreFields"), Qt::LeftButton);
    EXPECT_TRUE(field<QDoubleSpinBox>("weightDecay")->isVisible());
    EXPECT_FALSE(field<QDoubleSpinBox>("momentum")->isEnabled());
    auto* optimizer = field<QComboBox>("optimizer");
    optimizer->setCurrentIndex(optimizer->findData(static_cast<int>(engine::OptimizerKind::SgdMomentum)));
    EXPECT_TRUE(field<QDoubleSpinBox>("momentum")->isEnabled());

    EXPECT_FALSE(field<QSpinBox>("patience")->isEnabled()) << "there is nothing to judge by";
    type<QDoubleSpinBox>("validationShare", "0.1");
    EXPECT_TRUE(field<QSpinBox>("patience")->isEnabled());
    type<QSpinBox>("patience", "4");
    EXPECT_EQ(form.config().patience, 4);
    EXPECT_TRUE(engine::validate(form.config()));
    type<QDoubleSpinBox>("validationShare", "0");
    EXPECT_EQ(form.config().patience, 0);
    EXPECT_TRUE(engine::validate(form.config()));
}

TEST_F(ConfigForm, showsARareSettingThatIsInUse)
{
    engine::TrainingConfig config;
    config.labelSmoothing = .1;
    form.setConfig(config);
    EXPECT_TRUE(field<QDoubleSpinBox>("labelSmoothing")->isVisible());
    EXPECT_EQ(form.config(), config);
}

TEST_F(ConfigForm, leavesOnlyTheLearningRateOpenWhileTraining)
{
    QSignalSpy rates(&form, &ui::TrainingConfigForm::learningRateChanged);
    type<QDoubleSpinBox>("learningRate", "0.2");
    EXPECT_EQ(rates.count(), 0);
    form.setTraining(true);
    EXPECT_FALSE(field<QSpinBox>("epochs")->isEnabled());
    EXPECT_FALSE(field<QComboBox>("optimizer")->isEnabled());
    type<QDoubleSpinBox>("learningRate", "0.05");
    ASSERT_EQ(rates.count(), 1);
    EXPECT_EQ(rates[0][0].toDouble(), .05);
    form.setTraining(false);
    EXPECT_TRUE(field<QSpinBox>("epochs")->isEnabled());
}

TEST_F(ConfigForm, anEmptySeedKeepsTheOneBefore)
{
    auto* seed = field<QLineEdit>("seed");
    seed->setFocus();
    seed->selectAll();
    QTest::keyClick(seed, Qt::Key_Delete);
    EXPECT_EQ(form.config().seed, 42u);
    QTest::keyClick(seed, Qt::Key_Return);
    EXPECT_EQ(seed->text(), QStringLiteral("42"));
}

TEST_F(ConfigForm, takesEverySeedUpToTheLargest)
{
    const QString largest = QString::number(engine::ranges::kSeed.high);
    type<QLineEdit>("seed", largest.toLatin1().constData());
    EXPECT_EQ(form.config().seed, engine::ranges::kSeed.high);
    type<QLineEdit>("seed", (largest + QLatin1Char('0')).toLatin1().constData());
    EXPECT_EQ(field<QLineEdit>("seed")->text(), largest);
}

TEST_F(ConfigForm, saysWhatTheFieldWithTheFocusTakes)
{
    ASSERT_TRUE(QTest::qWaitForWindowActive(&form));
    const auto note = [&] { return field<QLabel>("presetNote")->text(); };
    field<QComboBox>("preset")->setFocus();
    EXPECT_TRUE(note().startsWith(QStringLiteral("Notebook:"))) << note().toStdString();
    type<QLineEdit>("hiddenUnits", "12");
    EXPECT_TRUE(note().contains(QStringLiteral("1 to 128"))) << note().toStdString();
    field<QComboBox>("preset")->setFocus();
    EXPECT_TRUE(note().startsWith(QStringLiteral("Custom:"))) << note().toStdString();
}

TEST_F(ConfigForm, offersTheRangesThatAreChecked)
{
    namespace ranges = engine::ranges;
    for (const auto& [name, range] : {std::pair{"epochs", ranges::kEpochs},
                                      {"batchSize", ranges::kBatchSize},
                                      {"stepEpochs", ranges::kStepEpochs},
                                      {"patience", ranges::kPatience},
                                      {"blocks", ranges::kBlocks},
                                      {"convolutionsPerBlock", ranges::kConvolutionsPerBlock}}) {
        EXPECT_EQ(field<QSpinBox>(name)->minimum(), range.low) << name;
        EXPECT_EQ(field<QSpinBox>(name)->maximum(), range.high) << name;
        EXPECT_TRUE(field<QSpinBox>(name)->toolTip().endsWith(
            QStringLiteral("%L1 to %L2").arg(range.low).arg(range.high)))
            << name;
    }
    for (const auto& [name, range] : {std::pair{"learningRate", ranges::kLearningRate},
                                      {"momentum", ranges::kMomentum},
                                      {"weightDecay", ranges::kWeightDecay},
                                      {"labelSmoothing", ranges::kLabelSmoothing},
                                      {"stepFactor", ranges::kStepFactor},
                                      {"validationShare", ranges::kValidationShare},
                                      {"dropout", ranges::kDropout}}) {
        const auto* box = field<QDoubleSpinBox>(name);
        EXPECT_TRUE(range.contains(box->minimum())) << name;
        EXPECT_NEAR(box->minimum(), range.low, 1e-6) << name;
        EXPECT_EQ(box->maximum(), range.high) << name;
        EXPECT_TRUE(box->toolTip().endsWith(QString::fromStdString(textOf(range)))) << name;
    }
    const auto tip = [&](const char* name) { return field<QWidget>(name)->toolTip(); };
    EXPECT_TRUE(tip("hiddenUnits").contains(QString::fromStdString(textOf(ranges::kHiddenUnits))));
    EXPECT_TRUE(tip("kernelSize").contains(QString::fromStdString(textOf(ranges::kKernelSizes))));
}

TEST(ConfigFormInAScrollArea, theWheelScrollsOverFieldsWithoutTheFocus)
{
    QScrollArea area;
    area.setWidgetResizable(true);
    auto* form = new ui::TrainingConfigForm;
    area.setWidget(form);
    area.resize(290, 200);
    area.show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&area));
    QTest::mouseClick(form->findChild<QToolButton*>(QStringLiteral("moreFields")), Qt::LeftButton);
    QApplication::processEvents(); // lays the new rows out
    const engine::TrainingConfig before = form->config();
    const auto turnWheel = [&area](const QWidget* field) {
        const QPointF position = field->mapTo(&area, field->rect().center());
        QWheelEvent event(position, area.mapToGlobal(position), {}, QPoint(0, -120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // otherwise it would not reach the parents
        qApp->notify(area.windowHandle(), &event);
    };
    int count = 0;
    for (auto* field : form->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (qobject_cast<QComboBox*>(field) == nullptr && qobject_cast<QAbstractSpinBox*>(field) == nullptr)
            continue;
        if (!field->isVisible())
            continue;
        area.ensureWidgetVisible(field, 0, 0);
        const int scrolled = area.verticalScrollBar()->value();
        turnWheel(field);
        EXPECT_TRUE(area.verticalScrollBar()->value() > scrolled ||
                    scrolled == area.verticalScrollBar()->maximum())
            << field->objectName().toStdString();
        ++count;
    }
    EXPECT_GT(count, 12);
    EXPECT_EQ(form->config(), before);
    auto* epochs = form->findChild<QSpinBox*>(QStringLiteral("epochs"));
    epochs->setFocus();
    area.ensureWidgetVisible(epochs);
    turnWheel(epochs);
    EXPECT_EQ(form->config().epochs, before.epochs - 1);
}
