#include "ui/pages/train/NetworkEditor.h"

#include "FileDialogTypist.h"
#include "engine/network/NetworkRanges.h"
#include "engine/storage/NetworkFile.h"
#include "support/WaitUntil.h"
#include "ui/models/NetworkDraft.h"
#include "ui/models/NetworkLayersModel.h"
#include "ui/render/Colors.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QWheelEvent>
#include <gtest/gtest.h>

using engine::NetworkChoice;
using engine::NetworkFamily;

using test::waitUntil;

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
    QMessageBox* question()
    {
        return editor.findChild<QMessageBox*>(QStringLiteral("discardNetworkQuestion"));
    }
    QString problem() { return find<QLabel>("networkProblemText")->text(); }
    bool isProblemShown() { return find<QWidget>("networkProblem")->isVisible(); }
    bool canBeUsed() { return find<QPushButton>("useNetwork")->isEnabled(); }

    ui::NetworkEditor editor;
    QTableView* table;
};

constexpr int kNumber = ui::NetworkLayersModel::NumberColumn;
constexpr int kLayer = ui::NetworkLayersModel::LayerColumn;
constexpr int kOptions = ui::NetworkLayersModel::OptionsColumn;
constexpr int kOutput = ui::NetworkLayersModel::OutputColumn;

/// Closes the next message box with Enter and keeps its text.
class MessageReader
{
public:
    MessageReader()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr)
                return;
            m_timer.stop();
            text = box->text();
            QTest::keyClick(box, Qt::Key_Return);
        });
        m_timer.start(5);
    }

    QString text;

private:
    QTimer m_timer;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

} // namespace

TEST_F(NetworkEditorTest, listsLayersWithShapesParametersAndMacs)
{
    ASSERT_EQ(table->model()->rowCount(), 12);
    EXPECT_EQ(cell(0, kNumber), QStringLiteral("1"));
    EXPECT_EQ(cell(0, kLayer), QStringLiteral("Conv2d"));
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
    EXPECT_EQ(cell(1, kLayer), QStringLiteral("Conv2d"));
    EXPECT_EQ(cell(0, kLayer), QStringLiteral("ReLU"));
    EXPECT_EQ(table->currentIndex().row(), 1);
    click("moveLayerUp");
    EXPECT_EQ(cell(0, kLayer), QStringLiteral("Conv2d"));
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
        EXPECT_EQ(cell(2, kLayer), type);
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

TEST_F(NetworkEditorTest, asksBeforeChangesAreDiscarded)
{
    QSignalSpy rejected(&editor, &QDialog::rejected);
    select(1);
    QTest::keyClick(table, Qt::Key_Delete);
    QTest::keyClick(table, Qt::Key_Escape);
    ASSERT_NE(question(), nullptr);
    ASSERT_TRUE(QTest::qWaitForWindowActive(question()));
    QTest::keyClick(question(), Qt::Key_Escape); // keeps editing
    EXPECT_EQ(rejected.count(), 0);
    EXPECT_TRUE(editor.isVisible());
    EXPECT_EQ(table->model()->rowCount(), 11);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    EXPECT_FALSE(editor.close()) << "closing the window asks as well";
    ASSERT_NE(question(), nullptr);
    QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("keepEditingNetwork")),
                      Qt::LeftButton);
    EXPECT_TRUE(editor.isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    click("cancelNetwork");
    ASSERT_NE(question(), nullptr);
    QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("discardNetwork")), Qt::LeftButton);
    EXPECT_EQ(rejected.count(), 1);
    EXPECT_FALSE(editor.isVisible());
}

TEST_F(NetworkEditorTest, asksAboutANumberThatIsBeingTyped)
{
    select(0);
    auto* kernel = find<QSpinBox>("layer_kernel_size");
    kernel->setFocus();
    kernel->selectAll();
    QTest::keyClicks(kernel, QStringLiteral("5"));
    QTest::keyClick(kernel, Qt::Key_Escape);
    EXPECT_NE(question(), nullptr);
    EXPECT_TRUE(editor.isVisible());
}

TEST_F(NetworkEditorTest, closesAtOnceWithoutChanges)
{
    QSignalSpy rejected(&editor, &QDialog::rejected);
    select(1);
    QTest::keyClick(table, Qt::Key_Delete);
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(table, Qt::Key_Escape);
    EXPECT_EQ(question(), nullptr);
    EXPECT_EQ(rejected.count(), 1);
}

TEST_F(NetworkEditorTest, refusesAFileForOtherImages)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("other.json"));
    const engine::NetworkSpec other{
        {3, 32, 32}, 7, {engine::Flatten{}, engine::Linear{.outFeatures = 7}}, {}};
    ASSERT_TRUE(engine::writeNetworkFile(path.toStdString(), other));
    const test::FileDialogTypist typist(path);
    const MessageReader message;
    click("openNetwork");
    ASSERT_TRUE(waitUntil([&] { return !message.text.isEmpty(); }));
    EXPECT_EQ(message.text,
              QStringLiteral("The network is for images of 3 × 32 × 32 in 7 classes; the data set "
                             "has 1 × 28 × 28 in 10."));
    EXPECT_EQ(table->model()->rowCount(), 12);
    EXPECT_FALSE(find<QToolButton>("undoNetwork")->isEnabled());
}

TEST_F(NetworkEditorTest, opensAFileAndFillsInItsInputSizes)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("net.json"));
    const engine::NetworkSpec linear{{1, 28, 28},
                                     10,
                                     {engine::Flatten{}, engine::Linear{.outFeatures = 32}, engine::ReLU{},
                                      engine::Linear{.outFeatures = 10}},
                                     {}};
    ASSERT_TRUE(engine::writeNetworkFile(path.toStdString(), linear));
    const test::FileDialogTypist typist(path);
    click("openNetwork");
    ASSERT_TRUE(waitUntil([&] { return table->model()->rowCount() == 4; }));
    EXPECT_EQ(cell(1, kOptions), QStringLiteral("784 → 32"));
    EXPECT_EQ(cell(3, kOptions), QStringLiteral("32 → 10"));
    select(1);
    EXPECT_EQ(find<QSpinBox>("layer_in_features")->text(), QStringLiteral("784"));
    select(0);
    QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_TRUE(isProblemShown()) << "as PyTorch, which does not infer them";
}

TEST_F(NetworkEditorTest, savesWhatIsShownEvenIfItDoesNotFit)
{
    const QTemporaryDir folder;
    select(9);
    QTest::keyClick(table, Qt::Key_Delete); // the last pooling
    ASSERT_TRUE(isProblemShown());
    {
        const test::FileDialogTypist typist(folder.filePath(QStringLiteral("mine")));
        click("saveNetwork");
    }
    ASSERT_TRUE(waitUntil([&] { return QFile::exists(folder.filePath(QStringLiteral("mine.json"))); }));
    const QByteArray saved = contentOf(folder.filePath(QStringLiteral("mine.json")));
    EXPECT_TRUE(saved.contains("490")) << saved.toStdString();
    click("resetNetwork");
    const test::FileDialogTypist typist(folder.filePath(QStringLiteral("mine.json")));
    click("openNetwork");
    EXPECT_TRUE(waitUntil([&] { return problem().contains(QStringLiteral("Linear expects 490 inputs")); }));
}

TEST_F(NetworkEditorTest, asksBeforeAFileIsReplacedWhoseNameWasTypedWithoutSuffix)
{
    const QTemporaryDir folder;
    QFile existing(folder.filePath(QStringLiteral("mine.json")));
    ASSERT_TRUE(existing.open(QIODevice::WriteOnly) && existing.write("{}") == 2);
    existing.close();
    const test::FileDialogTypist typist(folder.filePath(QStringLiteral("mine")));
    QTimer keepsTheFile;
    bool isAsked = false;
    QObject::connect(&keepsTheFile, &QTimer::timeout, &keepsTheFile, [&isAsked] {
        QWidget* modal = QApplication::activeModalWidget();
        if (qobject_cast<QMessageBox*>(modal) != nullptr)
            isAsked = true;
        else if (!isAsked) // the file dialog, not answered yet
            return;
        if (modal != nullptr)
            QTest::keyClick(modal, Qt::Key_Escape);
    });
    keepsTheFile.start(5);
    click("saveNetwork");
    EXPECT_TRUE(isAsked);
    EXPECT_EQ(contentOf(existing.fileName()), "{}");
}

TEST_F(NetworkEditorTest, aClickBelowTheListKeepsTheRow)
{
    add(QStringLiteral("ReLU"));
    click("undoNetwork");
    for (int i = 0; i < 8; ++i) {
        select(0);
        QTest::keyClick(table, Qt::Key_Delete);
    }
    select(2);
    const QRect last = table->visualRect(table->model()->index(table->model()->rowCount() - 1, kLayer));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, last.center() + QPoint(0, 2 * last.height()));
    EXPECT_EQ(table->currentIndex().row(), 2);
    EXPECT_TRUE(table->selectionModel()->isRowSelected(2));
}

TEST_F(NetworkEditorTest, typesStandBelowEachOtherAndColumnsKeepADistance)
{
    const int left = table->columnViewportPosition(kLayer);
    const QFontMetrics metrics = table->fontMetrics();
    for (int column = kLayer; column < ui::NetworkLayersModel::ColumnCount; ++column) {
        if (column == kOptions)
            continue; // takes what is left
        for (int row = 0; row < 12; ++row)
            EXPECT_GE(table->columnWidth(column), metrics.horizontalAdvance(cell(row, column)) + 12);
        const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
        EXPECT_GE(table->columnWidth(column), metrics.horizontalAdvance(title) + 12) << title.toStdString();
    }
    for (int row = 0; row < 9; ++row) {
        select(0);
        QTest::keyClick(table, Qt::Key_Delete);
        EXPECT_EQ(table->columnViewportPosition(kLayer), left);
    }
}

TEST_F(NetworkEditorTest, theBrokenRowStaysMarkedWhenSelected)
{
    select(9);
    add(QStringLiteral("MaxPool2d"));
    const auto hasMark = [&](int row) {
        const QImage picture =
            table->viewport()->grab(table->visualRect(table->model()->index(row, kLayer))).toImage();
        const QColor wrong = ui::currentColors().wrong;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor color = picture.pixelColor(x, y);
                if (std::abs(color.red() - wrong.red()) + std::abs(color.green() - wrong.green()) +
                        std::abs(color.blue() - wrong.blue()) <
                    60)
                    return true;
            }
        }
        return false;
    };
    EXPECT_TRUE(hasMark(12));
    select(12);
    EXPECT_TRUE(hasMark(12));
    select(0);
    EXPECT_FALSE(hasMark(0));
}

TEST_F(NetworkEditorTest, tabGoesFromTheToolsToTheListTheFieldsAndTheButtons)
{
    select(1);
    select(0); // fields are made again for each type of layer
    select(11);
    QApplication::processEvents(); // shows the new fields
    auto* first = find<QToolButton>("addLayer");
    first->setFocus(Qt::TabFocusReason);
    QStringList names;
    for (int i = 0; i < 20; ++i) {
        const QString name = editor.focusWidget()->objectName();
        if (names.contains(name))
            break;
        names << name;
        QTest::keyClick(editor.focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(names.join(QLatin1Char(' ')).toStdString(),
              std::string("addLayer removeLayer moveLayerUp networkLayers layer_in_features "
                          "layer_out_features layer_bias openNetwork saveNetwork cancelNetwork useNetwork"));
}

TEST_F(NetworkEditorTest, showsNumbersInTheShortestNotation)
{
    add(QStringLiteral("BatchNorm2d"));
    EXPECT_EQ(find<QDoubleSpinBox>("layer_eps")->text(), QStringLiteral("1e-05"));
    EXPECT_EQ(find<QDoubleSpinBox>("layer_momentum")->text(), QStringLiteral("0.1"));
    add(QStringLiteral("Dropout"));
    auto* p = find<QDoubleSpinBox>("layer_p");
    EXPECT_EQ(p->text(), QStringLiteral("0.2"));
    p->setFocus();
    p->selectAll();
    QTest::keyClicks(p, QStringLiteral("0,30"));
    QTest::keyClick(p, Qt::Key_Return);
    EXPECT_EQ(p->text(), QStringLiteral("0.3"));
    EXPECT_EQ(cell(table->currentIndex().row(), kOptions), QStringLiteral("p 0.3"));
}

TEST_F(NetworkEditorTest, theWheelChangesOnlyTheFieldWithTheFocus)
{
    select(0);
    auto* padding = find<QComboBox>("layer_padding");
    auto* kernel = find<QSpinBox>("layer_kernel_size");
    const auto turnWheel = [](QWidget* field) {
        const QPointF middle(field->rect().center());
        QWheelEvent event(middle, field->mapToGlobal(middle), {}, QPoint(0, -120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(field, &event);
    };
    turnWheel(padding);
    turnWheel(kernel);
    EXPECT_EQ(editor.choice(), NetworkChoice());
    kernel->setFocus();
    turnWheel(kernel);
    EXPECT_EQ(kernel->value(), 2);
}

TEST_F(NetworkEditorTest, saysWhatTheFirstLayerGetsAndWhatAnEmptyListNeeds)
{
    select(0);
    type("layer_in_channels", QStringLiteral("3"));
    EXPECT_TRUE(problem().contains(QStringLiteral("the images are 1 × 28 × 28"))) << problem().toStdString();
    select(0);
    for (int i = 0; i < 12; ++i)
        QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_TRUE(problem().startsWith(QStringLiteral("Add a layer"))) << problem().toStdString();
    EXPECT_FALSE(find<QPushButton>("saveNetwork")->isEnabled());
}

TEST(NetworkDraft, undoesEachFieldOfALayerByItself)
{
    ui::NetworkDraft draft;
    draft.setSpec(engine::tinyVgg({1, 28, 28}, 10));
    auto convolution = std::get<engine::Conv2d>(draft.layer(0));
    constexpr int kKernelSize = 2;
    constexpr int kOutChannels = 1;
    for (const int size : {5, 7}) {
        convolution.kernelSize = size;
        draft.replace(0, convolution, kKernelSize);
    }
    convolution.outChannels = 12;
    draft.replace(0, convolution, kOutChannels);
    ASSERT_EQ(draft.undoStack().count(), 2);
    draft.undoStack().undo();
    EXPECT_EQ(std::get<engine::Conv2d>(draft.layer(0)).kernelSize, 7);
    EXPECT_EQ(std::get<engine::Conv2d>(draft.layer(0)).outChannels, 10);
    draft.undoStack().undo();
    EXPECT_EQ(std::get<engine::Conv2d>(draft.layer(0)).kernelSize, 3);

    for (const int size : {5, 3}) {
        convolution = std::get<engine::Conv2d>(draft.layer(0));
        convolution.kernelSize = size;
        draft.replace(0, convolution, kKernelSize);
    }
    EXPECT_FALSE(draft.undoStack().canUndo()) << "nothing has changed";
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
