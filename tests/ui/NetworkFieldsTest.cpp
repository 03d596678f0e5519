#include "ui/pages/train/TrainingConfigForm.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <gtest/gtest.h>

using engine::NetworkChoice;
using engine::NetworkFamily;

namespace
{

class NetworkFieldsTest : public testing::Test
{
protected:
    NetworkFieldsTest() { form.show(); }

    template<typename Field>
    Field* field(const char* name)
    {
        return form.findChild<Field*>(QString::fromLatin1(name));
    }
    void type(QLineEdit* line, const QString& text)
    {
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }
    void typeUnits(const QString& text) { type(field<QLineEdit>("hiddenUnits"), text); }
    void typeKernels(const QString& text) { type(field<QComboBox>("kernelSize")->lineEdit(), text); }
    void chooseFamily(int index)
    {
        auto* box = field<QComboBox>("networkFamily");
        box->setFocus();
        while (box->currentIndex() < index)
            QTest::keyClick(box, Qt::Key_Down);
        while (box->currentIndex() > index)
            QTest::keyClick(box, Qt::Key_Up);
    }
    QString note() { return field<QLabel>("networkNote")->text(); }
    NetworkChoice network() const { return form.config().network; }

    ui::TrainingConfigForm form;
};

} // namespace

TEST_F(NetworkFieldsTest, takesAKernelSizeForEachConvolution)
{
    typeKernels(QStringLiteral("1, 3,5 7"));
    EXPECT_EQ(network().tinyVgg.kernelSizes, (std::vector<int>{1, 3, 5, 7}));
    EXPECT_EQ(field<QComboBox>("kernelSize")->currentText(), QStringLiteral("1, 3, 5, 7"));
    EXPECT_TRUE(form.error().isEmpty());
    EXPECT_TRUE(note().contains(QStringLiteral("kernel sizes 1, 3, 5, 7")));
    EXPECT_EQ(field<QComboBox>("preset")->currentText(), QStringLiteral("Custom"));
}

TEST_F(NetworkFieldsTest, offersTheUsualKernelSizes)
{
    auto* kernel = field<QComboBox>("kernelSize");
    kernel->setFocus();
    QTest::keyClick(kernel, Qt::Key_Down);
    EXPECT_EQ(kernel->currentText(), QStringLiteral("5 × 5"));
    EXPECT_EQ(network().tinyVgg.kernelSizes, std::vector<int>{5});
}

TEST_F(NetworkFieldsTest, showsTheParametersOfTheCoursesKernelSizes)
{
    for (const auto& [size, parameters] : {std::pair{1, 5'260}, {3, 7'740}, {5, 12'700}, {7, 20'140}}) {
        typeKernels(QString::number(size));
        EXPECT_TRUE(note().contains(QLocale().toString(parameters))) << qPrintable(note());
    }
}

TEST_F(NetworkFieldsTest, saysWhatIsWrongWithAListAndKeepsWhatIsTyped)
{
    typeKernels(QStringLiteral("3, 5"));
    EXPECT_TRUE(form.error().contains(QStringLiteral("expected one number, or 4")));
    EXPECT_EQ(note(), form.error());
    EXPECT_EQ(field<QComboBox>("kernelSize")->currentText(), QStringLiteral("3, 5"));
    EXPECT_EQ(network(), NetworkChoice()); // the last that was sound
    typeKernels(QStringLiteral("12"));
    EXPECT_TRUE(form.error().contains(QStringLiteral("1 to 11")));
    typeKernels(QStringLiteral("11"));
    EXPECT_TRUE(form.error().isEmpty());
    EXPECT_EQ(network().tinyVgg.kernelSizes, std::vector<int>{11});
    typeUnits(QStringLiteral("10,20,30"));
    EXPECT_TRUE(form.error().contains(QStringLiteral("one for each block")));
    typeUnits(QStringLiteral("10,20"));
    EXPECT_EQ(network().tinyVgg.hiddenUnits, (std::vector<int>{10, 20}));
}

TEST_F(NetworkFieldsTest, theStartOfAWrongListIsNotTheChoice)
{
    auto* blocks = field<QSpinBox>("blocks");
    blocks->setFocus();
    QTest::keyClick(blocks, Qt::Key_Up);
    const NetworkChoice before = network();
    typeKernels(QStringLiteral("1, 3, 5"));
    EXPECT_TRUE(form.error().contains(QStringLiteral("6"))) << form.error().toStdString();
    EXPECT_EQ(network(), before);
    EXPECT_TRUE(field<QComboBox>("kernelSize")->property("invalid").toBool());
    typeKernels(QStringLiteral("5"));
    EXPECT_FALSE(field<QComboBox>("kernelSize")->property("invalid").toBool());
    EXPECT_EQ(network().tinyVgg.kernelSizes, std::vector<int>{5});
    typeUnits(QStringLiteral("8,16"));
    EXPECT_TRUE(field<QLineEdit>("hiddenUnits")->property("invalid").toBool());
    EXPECT_EQ(network().tinyVgg.hiddenUnits, std::vector<int>{10});
    EXPECT_EQ(network().tinyVgg.kernelSizes, std::vector<int>{5});
}

TEST_F(NetworkFieldsTest, bringsTheLastCustomNetworkBack)
{
    auto* family = field<QComboBox>("networkFamily");
    family->setFocus();
    QTest::keyClick(family, Qt::Key_End);
    EXPECT_NE(family->currentText(), QStringLiteral("Custom")) << "there is none yet";
    engine::TrainingConfig config;
    config.network.family = NetworkFamily::Custom;
    config.network.layers = {engine::Flatten{}, engine::Linear{.outFeatures = 10}};
    config.network.names = {"flat", "head"};
    form.setConfig(config);
    auto* preset = field<QComboBox>("preset");
    preset->setFocus();
    QTest::keyClick(preset, Qt::Key_Home);
    EXPECT_EQ(network(), NetworkChoice());
    family->setFocus();
    QTest::keyClick(family, Qt::Key_End);
    EXPECT_EQ(family->currentText(), QStringLiteral("Custom"));
    EXPECT_EQ(network(), config.network);
    EXPECT_TRUE(note().contains(QStringLiteral("Custom network · 2 layers"))) << note().toStdString();
}

TEST_F(NetworkFieldsTest, wrappedTextIsNotCut)
{
    QTest::mouseClick(field<QToolButton>("moreFields"), Qt::LeftButton);
    form.resize(form.sizeHint() + QSize(60, 0)); // rows wider than their labels
    const auto isWhole = [this](const char* name) {
        QApplication::processEvents();
        const auto* label = field<QLabel>(name);
        return label->height() >= label->heightForWidth(label->width());
    };
    EXPECT_TRUE(isWhole("networkNote"));
    typeKernels(QStringLiteral("3,3,5,5"));
    EXPECT_TRUE(isWhole("networkNote"));
    auto* blocks = field<QSpinBox>("blocks");
    blocks->setFocus();
    QTest::keyClick(blocks, Qt::Key_Up);
    QTest::keyClick(blocks, Qt::Key_Up);
    auto* padding = field<QComboBox>("padding");
    padding->setFocus();
    QTest::keyClick(padding, Qt::Key_Down);
    ASSERT_TRUE(note().contains(QStringLiteral("does not fit"))) << note().toStdString();
    EXPECT_TRUE(isWhole("networkNote"));
    EXPECT_TRUE(isWhole("presetNote"));
    field<QCheckBox>("batchNorm")->setFocus(); // a long hint
    EXPECT_TRUE(isWhole("presetNote"));
}

TEST_F(NetworkFieldsTest, listsGrowAndShrinkWithTheBlocks)
{
    typeKernels(QStringLiteral("3,3,5,5"));
    typeUnits(QStringLiteral("8,16"));
    auto* blocks = field<QSpinBox>("blocks");
    blocks->setFocus();
    QTest::keyClick(blocks, Qt::Key_Up);
    EXPECT_EQ(network().tinyVgg.blocks, 3);
    EXPECT_EQ(network().tinyVgg.kernelSizes, (std::vector<int>{3, 3, 5, 5, 5, 5}));
    EXPECT_EQ(network().tinyVgg.hiddenUnits, (std::vector<int>{8, 16, 16}));
    QTest::keyClick(blocks, Qt::Key_Down);
    QTest::keyClick(blocks, Qt::Key_Down);
    EXPECT_EQ(network().tinyVgg.blocks, 1);
    EXPECT_EQ(network().tinyVgg.kernelSizes, (std::vector<int>{3, 3}));
}

TEST_F(NetworkFieldsTest, marksANetworkThatDoesNotFitTheImages)
{
    form.setImages({1, 8, 8}, 10);
    EXPECT_TRUE(form.error().isEmpty());
    auto* blocks = field<QSpinBox>("blocks");
    blocks->setFocus();
    QTest::keyClick(blocks, Qt::Key_Up);
    QTest::keyClick(blocks, Qt::Key_Up);
    EXPECT_TRUE(form.error().contains(QStringLiteral("MaxPool2d"))) << qPrintable(form.error());
    form.setImages({1, 28, 28}, 10);
    EXPECT_TRUE(form.error().isEmpty());
}

TEST_F(NetworkFieldsTest, offersTheCoursesBaselines)
{
    chooseFamily(1);
    EXPECT_EQ(network().family, NetworkFamily::Linear);
    EXPECT_FALSE(field<QSpinBox>("blocks")->isVisible());
    EXPECT_FALSE(field<QComboBox>("kernelSize")->isVisible());
    EXPECT_TRUE(field<QLineEdit>("hiddenUnits")->isVisible());
    EXPECT_TRUE(note().contains(QLocale().toString(784 * 10 + 10 + 110)));
    chooseFamily(0);
    EXPECT_EQ(network(), NetworkChoice());
}

TEST_F(NetworkFieldsTest, hasTheRarerOptionsUnderMore)
{
    EXPECT_FALSE(field<QCheckBox>("batchNorm")->isVisible());
    QTest::mouseClick(field<QToolButton>("moreFields"), Qt::LeftButton);
    ASSERT_TRUE(field<QCheckBox>("batchNorm")->isVisible());
    field<QCheckBox>("batchNorm")->setFocus();
    QTest::keyClick(field<QCheckBox>("batchNorm"), Qt::Key_Space);
    auto* padding = field<QComboBox>("padding");
    padding->setFocus();
    QTest::keyClick(padding, Qt::Key_Down);
    auto* dropout = field<QDoubleSpinBox>("dropout");
    dropout->setFocus();
    QTest::keyClick(dropout, Qt::Key_Up);
    QTest::keyClick(dropout, Qt::Key_Up);
    EXPECT_TRUE(network().tinyVgg.hasBatchNorm);
    EXPECT_FALSE(network().tinyVgg.isPadded);
    EXPECT_DOUBLE_EQ(network().tinyVgg.dropout, 0.2);
    // What is not at its default must not be out of sight.
    ui::TrainingConfigForm other;
    other.show();
    other.setConfig(form.config());
    EXPECT_TRUE(other.findChild<QCheckBox*>(QStringLiteral("batchNorm"))->isVisible());
    EXPECT_EQ(other.config(), form.config());
}

TEST_F(NetworkFieldsTest, takesWhatTheEditorMakes)
{
    QSignalSpy changed(&form, &ui::TrainingConfigForm::configChanged);
    QTimer::singleShot(0, [] {
        auto* editor = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        ASSERT_NE(editor, nullptr);
        auto* table = editor->findChild<QAbstractItemView*>(QStringLiteral("networkLayers"));
        table->setFocus();
        table->setCurrentIndex(table->model()->index(3, 0));
        QTest::keyClick(table, Qt::Key_Delete);
        QTest::mouseClick(editor->findChild<QPushButton*>(QStringLiteral("useNetwork")), Qt::LeftButton);
    });
    QTest::mouseClick(field<QPushButton>("editNetwork"), Qt::LeftButton);
    EXPECT_EQ(network().family, NetworkFamily::Custom);
    EXPECT_EQ(network().layers.size(), 11U);
    EXPECT_EQ(field<QComboBox>("networkFamily")->currentText(), QStringLiteral("Custom"));
    EXPECT_FALSE(field<QLineEdit>("hiddenUnits")->isVisible());
    EXPECT_GE(changed.count(), 1);
    chooseFamily(0);
    EXPECT_EQ(network(), NetworkChoice());
}
