#include "ui/pages/train/NetworkEditor.h"

#include "engine/network/NetworkRanges.h"
#include "ui/models/NetworkDraft.h"
#include "ui/models/NetworkLayersModel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using engine::NetworkChoice;
using engine::NetworkFamily;

namespace
{

class NetworkEditorTest : public testing::Test
{
protected:
    explicit NetworkEditorTest(const NetworkChoice& choice = {})
        : editor(choice, {1, 28, 28}, 10),
          table(editor.findChild<QTableView*>(QStringLiteral("networkLayers")))
    {
        editor.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&editor));
        table->setFocus();
    }

    template<typename Widget>
    Widget* find(const char* name)
    {
        auto* widget = editor.findChild<Widget*>(QString::fromLatin1(name));
        EXPECT_NE(widget, nullptr) << name;
        return widget;
    }
    void click(const char* button) { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }
    /// Clicks on a row of the table.
    void select(int row)
    {
        const QRect cell = table->visualRect(table->model()->index(row, 0));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
    }
    void type(const char* field, const QString& text)
    {
        auto* box = find<QSpinBox>(field);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
    }
    void add(const QString& layer)
    {
        auto* menu = find<QMenu>("addLayerMenu");
        for (QAction* action : menu->actions()) {
            if (action->text() == layer)
                action->trigger();
        }
    }
    QString cell(int row, int column) const { return table->model()->index(row, column).data().toString(); }
    QString problem() { return find<QLabel>("networkProblemText")->text(); }
    bool isProblemShown() { return find<QWidget>("networkProblem")->isVisible(); }
    bool canBeUsed() { return find<QPushButton>("useNetwork")->isEnabled(); }

    ui::NetworkEditor editor;
    QTableView* table;
};

constexpr int kOutput = ui::NetworkLayersModel::OutputColumn;

} // namespace

TEST_F(NetworkEditorTest, listsLayersWithShapesParametersAndMacs)
{
    ASSERT_EQ(table->model()->rowCount(), 12);
    EXPECT_EQ(cell(0, 0), QStringLiteral("1  Conv2d"));
    EXPECT_EQ(cell(0, kOutput), QStringLiteral("10 × 28 × 28"));
    EXPECT_EQ(cell(0, ui::NetworkLayersModel::ParametersColumn), QLocale().toString(100));
    EXPECT_EQ(cell(0, ui::NetworkLayersModel::MacsColumn), QLocale().toString(70'560));
    EXPECT_EQ(cell(11, kOutput), QStringLiteral("10"));
    EXPECT_TRUE(find<QLabel>("networkSummary")->text().contains(QLocale().toString(7'740)));
    EXPECT_FALSE(isProblemShown());
    EXPECT_TRUE(canBeUsed());
    EXPECT_EQ(editor.choice(), NetworkChoice());
}

TEST_F(NetworkEditorTest, explainsAMismatchWithBothNumbersAndMendsItWithOneClick)
{
    // A third pooling: the course's question why it is hidden_units·7·7.
    select(9);
    add(QStringLiteral("MaxPool2d"));
    ASSERT_TRUE(isProblemShown());
    EXPECT_TRUE(problem().contains(QStringLiteral("Linear expects 490 inputs")));
    EXPECT_TRUE(problem().contains(QStringLiteral("10 × 3 × 3 = 90")));
    EXPECT_TRUE(problem().contains(QStringLiteral("mat1 and mat2")));
    EXPECT_FALSE(canBeUsed());
    EXPECT_EQ(cell(12, kOutput), QStringLiteral("does not fit"));
    auto* fix = find<QPushButton>("fixNetwork");
    EXPECT_EQ(fix->text(), QStringLiteral("Set in_features to 90"));
    QTest::mouseClick(fix, Qt::LeftButton);
    EXPECT_FALSE(isProblemShown());
    EXPECT_TRUE(canBeUsed());
    EXPECT_EQ(editor.choice().family, NetworkFamily::Custom);
}

TEST_F(NetworkEditorTest, changesTheSelectedLayersFields)
{
    select(2);
    type("layer_kernel_size", QStringLiteral("5"));
    EXPECT_TRUE(canBeUsed());
    NetworkChoice expected;
    expected.tinyVgg.kernelSizes = {3, 5, 3, 3};
    EXPECT_EQ(editor.choice(), expected);
    select(7);
    type("layer_kernel_size", QStringLiteral("4"));
    expected.tinyVgg.kernelSizes = {3, 5, 3, 4};
    EXPECT_EQ(editor.choice(), expected);
    EXPECT_EQ(cell(7, kOutput), QStringLiteral("10 × 14 × 14"));
}

TEST_F(NetworkEditorTest, undoesAndRedoesByKeysAndResets)
{
    select(1);
    QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_EQ(table->model()->rowCount(), 11);
    QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_EQ(table->model()->rowCount(), 10);
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(table->model()->rowCount(), 11);
    click("redoNetwork");
    EXPECT_EQ(table->model()->rowCount(), 10);
    click("resetNetwork");
    EXPECT_EQ(table->model()->rowCount(), 12);
    EXPECT_EQ(editor.choice(), NetworkChoice());
    EXPECT_FALSE(find<QToolButton>("resetNetwork")->isEnabled());
    click("undoNetwork"); // a reset can be undone as well
    EXPECT_EQ(table->model()->rowCount(), 10);
}

TEST_F(NetworkEditorTest, movesLayersByKeysAndButtons)
{
    select(0);
    EXPECT_FALSE(find<QToolButton>("moveLayerUp")->isEnabled());
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(cell(1, 0), QStringLiteral("2  Conv2d"));
    EXPECT_EQ(cell(0, 0), QStringLiteral("1  ReLU"));
    EXPECT_EQ(table->currentIndex().row(), 1);
    click("moveLayerUp");
    EXPECT_EQ(cell(0, 0), QStringLiteral("1  Conv2d"));
    EXPECT_EQ(editor.choice(), NetworkChoice());
}

TEST_F(NetworkEditorTest, survivesTheRemovalOfEverything)
{
    select(0);
    for (int i = 0; i < 14; ++i)
        QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_EQ(table->model()->rowCount(), 0);
    EXPECT_TRUE(isProblemShown());
    EXPECT_FALSE(canBeUsed());
    add(QStringLiteral("Flatten"));
    ASSERT_EQ(table->model()->rowCount(), 1);
    EXPECT_TRUE(problem().contains(QStringLiteral("10 classes")));
    click("fixNetwork");
    EXPECT_TRUE(canBeUsed());
    EXPECT_EQ(cell(1, kOutput), QStringLiteral("10"));
}

TEST_F(NetworkEditorTest, everyKindOfLayerCanBeAddedAndItsFieldsShown)
{
    for (const QString& type : ui::layerTypes()) {
        select(1);
        add(type);
        EXPECT_EQ(table->currentIndex().row(), 2);
        EXPECT_TRUE(cell(2, 0).endsWith(type));
        QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
        EXPECT_EQ(table->model()->rowCount(), 12);
    }
}

TEST_F(NetworkEditorTest, fieldsHaveTheRangesThatAreChecked)
{
    namespace ranges = engine::ranges;
    const auto expectRange = [&](const engine::Range<int>& range) {
        const auto* box = find<QSpinBox>((std::string("layer_") + range.name).c_str());
        EXPECT_EQ(box->minimum(), range.low) << range.name;
        EXPECT_EQ(box->maximum(), range.high) << range.name;
        const QString tip = QStringLiteral("%L1 to %L2").arg(std::max(1, range.low)).arg(range.high);
        EXPECT_TRUE(box->toolTip().endsWith(tip)) << range.name;
    };
    select(0);
    for (const auto& range :
         {ranges::kInChannels, ranges::kOutChannels, ranges::kKernelSize, ranges::kStride})
        expectRange(range);
    auto* padding = find<QComboBox>("layer_padding");
    EXPECT_EQ(padding->itemData(padding->count() - 1).toInt(), ranges::kPadding.high);
    select(4);
    for (const auto& range : {ranges::kPoolKernelSize, ranges::kPoolStride})
        expectRange(range);
    select(11);
    for (const auto& range : {ranges::kInFeatures, ranges::kOutFeatures})
        expectRange(range);
    add(QStringLiteral("Dropout"));
    const auto* p = find<QDoubleSpinBox>("layer_p");
    EXPECT_EQ(p->minimum(), ranges::kDropoutP.low);
    EXPECT_EQ(p->maximum(), ranges::kDropoutP.high);
}

TEST_F(NetworkEditorTest, turningANumberIsOneStepOfUndo)
{
    select(0);
    auto* units = find<QSpinBox>("layer_out_channels");
    units->setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(units, Qt::Key_Up);
    EXPECT_TRUE(cell(0, kOutput).startsWith(QStringLiteral("13 ")));
    click("undoNetwork");
    EXPECT_TRUE(cell(0, kOutput).startsWith(QStringLiteral("10 ")));
    EXPECT_FALSE(find<QToolButton>("undoNetwork")->isEnabled());
}

TEST_F(NetworkEditorTest, enterAcceptsNothingByAccident)
{
    QSignalSpy accepted(&editor, &QDialog::accepted);
    QTest::keyClick(table, Qt::Key_Return);
    type("layer_kernel_size", QStringLiteral("5"));
    EXPECT_EQ(accepted.count(), 0);
    click("useNetwork");
    EXPECT_EQ(accepted.count(), 1);
}

TEST(NetworkDraft, keepsLayerNamesWhileOnlyValuesChange)
{
    engine::NetworkSpec named = engine::tinyVgg({1, 28, 28}, 10);
    for (std::size_t i = 0; i < named.layers.size(); ++i)
        named.names[i] = "stage" + std::to_string(i);
    ui::NetworkDraft draft;
    draft.setSpec(named);
    engine::Conv2d wider = std::get<engine::Conv2d>(draft.layer(0));
    wider.kernelSize = 5;
    draft.replace(0, wider);
    EXPECT_EQ(draft.spec().names, named.names);
    draft.remove(4);
    EXPECT_TRUE(draft.spec().names.empty()) << "the names would no longer fit their layers";
    draft.applyFix();
    EXPECT_TRUE(draft.spec().names.empty());
    draft.undoStack().setIndex(1);
    EXPECT_EQ(draft.result().names, named.names);
    draft.move(0, 1);
    EXPECT_TRUE(draft.spec().names.empty());
    draft.replaceAll(named, QStringLiteral("open a file"));
    EXPECT_EQ(draft.result(), named);
}

TEST(NetworkLayersModel, keepsToTheRulesOfModelsWhateverIsDone)
{
    ui::NetworkDraft draft;
    draft.setSpec(engine::tinyVgg({3, 20, 20}, 4));
    ui::NetworkLayersModel model(draft);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    draft.remove(4);
    EXPECT_TRUE(model.index(10, 0).data(ui::NetworkLayersModel::IsBrokenRole).toBool());
    draft.applyFix();
    EXPECT_EQ(draft.error(), nullptr);
    draft.insert(0, engine::Flatten{});
    EXPECT_TRUE(model.index(1, 0).data(ui::NetworkLayersModel::IsBrokenRole).toBool());
    EXPECT_TRUE(model.index(2, 0).data(ui::NetworkLayersModel::IsUnknownRole).toBool());
    draft.undoStack().undo();
    draft.move(0, 3);
    draft.replace(0, engine::ReLU{});
    draft.undoStack().setIndex(0);
    EXPECT_EQ(draft.error(), nullptr);
}
