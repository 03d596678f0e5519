// The digits that are kept, looked through and removed one by one.
#include "ui/pages/draw/KeptDigitsDialog.h"

#include "WindowFixture.h"
#include "support/WaitUntil.h"
#include "ui/models/SampleListModel.h"

#include <QLabel>
#include <QListView>
#include <QPointer>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

core::KeptDigit digit(int label, std::uint8_t ink)
{
    return {label, std::vector<std::uint8_t>(784, ink), false};
}

class KeptDigitsDialogTest : public testing::Test
{
protected:
    /// On the Draw page, with 3, 1, 4, 1 and 5 kept; opened by its button.
    void open()
    {
        ASSERT_TRUE(core::keepDigits(m_studio.catalog->ownDigitsFolder(),
                                     {digit(3, 10), digit(1, 20), digit(4, 30), digit(1, 40), digit(5, 50)}));
        m_studio.makeWindow();
        m_studio.open();
        QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
        ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == 5; }));
        m_before = m_studio.kept.digits();
        m_studio.click("showKept");
        m_dialog = m_studio.find<ui::KeptDigitsDialog>("keptDigitsDialog");
        ASSERT_NE(m_dialog, nullptr);
        ASSERT_TRUE(waitUntil([&] { return m_dialog->isVisible(); }));
    }
    QListView& grid() { return *m_dialog->findChild<QListView*>(QStringLiteral("keptGrid")); }
    QPushButton& button(const char* name) { return *m_dialog->findChild<QPushButton*>(QLatin1String(name)); }
    QStringList captions()
    {
        QStringList captions;
        for (int row = 0; row < grid().model()->rowCount(); ++row)
            captions << grid().model()->index(row, 0).data().toString();
        return captions;
    }
    void clickTile(int row)
    {
        QTest::mouseClick(grid().viewport(), Qt::LeftButton, {},
                          grid().visualRect(grid().model()->index(row, 0)).center());
    }
    bool isShown(const char* labels) { return captions().join(QLatin1Char(' ')) == QLatin1String(labels); }

    test::WindowFixture m_studio;
    std::vector<core::KeptDigit> m_before;
    QPointer<ui::KeptDigitsDialog> m_dialog;
};

} // namespace

TEST_F(KeptDigitsDialogTest, showsEveryDigitWithItsLabel)
{
    open();
    EXPECT_TRUE(isShown("3 1 4 1 5"));
    const QImage fourth = grid().model()->index(3, 0).data(ui::SampleListModel::ImageRole).value<QImage>();
    EXPECT_EQ(fourth.size(), QSize(28, 28));
    EXPECT_EQ(qGray(fourth.pixel(14, 14)), 40);
    EXPECT_TRUE(m_dialog->findChild<QLabel*>(QStringLiteral("keptCounts"))
                    ->text()
                    .startsWith(QStringLiteral("2 for training, 3 for testing")));
}

TEST_F(KeptDigitsDialogTest, removesTheSelectedAndPutsItBack)
{
    open();
    EXPECT_FALSE(button("keptRemove").isEnabled()) << "nothing is selected";
    EXPECT_FALSE(button("keptUndo").isEnabled());
    clickTile(1);
    QTest::mouseClick(&button("keptRemove"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return isShown("3 4 1 5"); }));
    EXPECT_TRUE(grid().selectionModel()->isSelected(grid().model()->index(1, 0)))
        << "the next one is selected";
    QTest::keyClick(&grid(), Qt::Key_Delete);
    ASSERT_TRUE(waitUntil([&] { return isShown("3 1 5"); }));
    EXPECT_TRUE(m_studio.find<QToolButton>("keepAs_1")->text().endsWith(QLatin1Char('1')));

    QTest::mouseClick(&button("keptUndo"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return isShown("3 4 1 5"); }));
    QTest::keyClick(&grid(), Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return isShown("3 1 4 1 5"); }));
    EXPECT_EQ(m_studio.kept.digits(), m_before) << "each in its half again";
    EXPECT_FALSE(button("keptUndo").isEnabled());
    EXPECT_EQ(*core::readKeptDigits(m_studio.kept.folder()), m_before);
}

TEST_F(KeptDigitsDialogTest, removesTheRightOneOfThoseThatAFilterLeaves)
{
    open();
    QTest::mouseClick(m_dialog->findChild<QToolButton*>(QStringLiteral("keptFilter_1")), Qt::LeftButton);
    EXPECT_TRUE(isShown("1 1"));
    clickTile(1);
    QTest::keyClick(&grid(), Qt::Key_Delete);
    ASSERT_TRUE(waitUntil([&] { return isShown("1"); }));
    ASSERT_EQ(m_studio.kept.digits().size(), 4U);
    EXPECT_EQ(m_studio.kept.digits()[1], m_before[1]) << "the first 1 stays";
    clickTile(0);
    QTest::keyClick(&grid(), Qt::Key_Delete);
    ASSERT_TRUE(waitUntil([&] { return isShown(""); }));
    QTest::mouseClick(m_dialog->findChild<QToolButton*>(QStringLiteral("keptFilter_1")), Qt::LeftButton);
    EXPECT_TRUE(isShown("3 4 5"));
}

TEST_F(KeptDigitsDialogTest, isFollowedByTheDataPageWhereThatShowsThem)
{
    open();
    m_studio.chooseDataset("my-digits");
    const auto facts = [&] { return m_studio.text("datasetFacts"); };
    ASSERT_TRUE(waitUntil([&] { return facts().contains(QStringLiteral("2 train · 3 test")); }));
    clickTile(0);
    QTest::keyClick(&grid(), Qt::Key_Delete);
    ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == 4; }));
    QTest::mouseClick(&button("keptClose"), Qt::LeftButton);
    m_studio.window->activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(m_studio.window.get()));
    QTest::keyClick(m_studio.window.get(), Qt::Key_1, Qt::ControlModifier);
    EXPECT_TRUE(waitUntil([&] { return facts().contains(QStringLiteral("2 train · 2 test")); }))
        << facts().toStdString();
}

TEST_F(KeptDigitsDialogTest, canBeEmptiedAndClosed)
{
    open();
    clickTile(0);
    for (std::size_t left = 5; left-- > 0;) {
        QTest::keyClick(&grid(), Qt::Key_Delete);
        ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == left; }));
    }
    EXPECT_FALSE(button("keptRemove").isEnabled());
    QTest::mouseClick(&button("keptClose"), Qt::LeftButton);
    EXPECT_FALSE(m_dialog->isVisible());
    EXPECT_FALSE(m_studio.find<QPushButton>("showKept")->isEnabled());
    m_studio.click("undoKept");
    ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == 1; }));
    EXPECT_TRUE(m_studio.find<QPushButton>("showKept")->isEnabled());
}
