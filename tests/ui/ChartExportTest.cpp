// Export in the real window: through the menu and the file dialog to files that other programs open.
#include "WindowFixture.h"
#include "support/WaitUntil.h"
#include "ui/charts/MetricChart.h"

#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QSvgRenderer>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class ChartExport : public testing::Test
{
protected:
    void SetUp() override
    {
        m_studio.open();
        m_studio.find<QSpinBox>("epochs")->setValue(1);
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive() && isMessageShown(); }));
        m_studio.click("messageClose");
        QCoreApplication::processEvents(); // the charts take the message's room
    }

    bool isMessageShown() { return m_studio.find<QWidget>("messageBar")->isVisible(); }

    /// Chooses the menu's entry, types `path` into the dialog that opens, and presses Enter.
    void exportTo(const char* entry, const std::filesystem::path& path)
    {
        QTimer typist;
        QObject::connect(&typist, &QTimer::timeout, &typist, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
            if (name == nullptr)
                return;
            typist.stop();
            name->setText(QString::fromStdString(path.string()));
            QTest::keyClick(name, Qt::Key_Return);
        });
        typist.start(5);
        auto* menu = m_studio.find<QToolButton>("exportCharts")->menu();
        menu->findChild<QAction*>(QString::fromLatin1(entry))->trigger();
        EXPECT_TRUE(waitUntil([&] { return isMessageShown(); })) << "when the file is written";
        EXPECT_TRUE(m_studio.text("messageText").contains(QString::fromStdString(path.string())))
            << m_studio.text("messageText").toStdString();
    }

    test::WindowFixture m_studio;
};

} // namespace

TEST_F(ChartExport, writesAPictureOfBothCharts)
{
    const auto path = m_studio.folder / "curves.png";
    exportTo("export_png", path);
    const QImage image(QString::fromStdString(path.string()));
    ASSERT_FALSE(image.isNull());
    const QSize chart = m_studio.find<ui::MetricChart>("lossChart")->size();
    EXPECT_GE(image.width(), 2 * chart.width());
    EXPECT_GE(image.height(), 4 * chart.height()) << "two charts at twice their size";
    int colored = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colored += image.pixelColor(x, y).saturation() > 100 ? 1 : 0;
    }
    EXPECT_GT(colored, 1000) << "the curves";
}

TEST_F(ChartExport, writesADrawingOfBothCharts)
{
    const auto path = m_studio.folder / "curves.svg";
    exportTo("export_svg", path);
    const QSvgRenderer drawing(QString::fromStdString(path.string()));
    EXPECT_TRUE(drawing.isValid());
    const std::string text = test::readFile(path);
    EXPECT_NE(text.find("Loss"), std::string::npos);
    EXPECT_NE(text.find("Accuracy"), std::string::npos);
}

TEST_F(ChartExport, writesTheMetricsAsATable)
{
    // Without a suffix: it is added.
    QTemporaryDir other;
    const auto path = std::filesystem::path(other.filePath(QStringLiteral("figures")).toStdString());
    exportTo("export_csv", path);
    const std::string text = test::readFile(path.string() + ".csv");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 20) << "a header and 640 / 32 batches";
    EXPECT_TRUE(text.starts_with("epoch,batch,step,"));
}

TEST_F(ChartExport, saysWhereAFileCannotBeWritten)
{
    exportTo("export_csv", "/proc/figures.csv");
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("cannot be written")));
}
