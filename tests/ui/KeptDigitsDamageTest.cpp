// A damaged file of kept digits, and the three places from which it can be set aside.
#include "WindowFixture.h"
#include "support/WaitUntil.h"
#include "ui/pages/draw/KeptDigitsDialog.h"
#include "ui/widgets/Chip.h"

#include <QLabel>
#include <QListView>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class KeptDigitsDamageTest : public testing::Test
{
protected:
    /// On the Draw page, with a 3 and a 4 kept, one for each half.
    void open()
    {
        std::vector<core::KeptDigit> digits;
        for (const int label : {3, 4})
            digits.push_back({label, std::vector<std::uint8_t>(784, 200), false});
        ASSERT_TRUE(core::keepDigits(m_studio.catalog->ownDigitsFolder(), digits));
        m_sound = test::readFile(path());
        m_studio.open();
        QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
    }
    void load()
    {
        m_studio.kept.load();
        ASSERT_TRUE(
            waitUntil([&] { return m_studio.kept.digits().size() == 2 || m_studio.kept.isDamaged(); }));
    }
    void damage() { test::writeFile(path(), m_sound + "{\"label\":1}\n"); }
    std::filesystem::path path() const
    {
        return m_studio.catalog->ownDigitsFolder().toStdString() + "/digits.jsonl";
    }
    static QString aside() { return QStringLiteral("digits.jsonl.damaged-1"); }
    void expectRepaired()
    {
        ASSERT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(aside()); }));
        EXPECT_TRUE(m_studio.text("messageText").startsWith(QStringLiteral("2 digits could be read")));
        EXPECT_FALSE(m_studio.kept.isDamaged());
        EXPECT_EQ(test::readFile(path()), m_sound);
        EXPECT_EQ(m_studio.kept.digits().size(), 2U);
    }

    test::WindowFixture m_studio;
    std::string m_sound;
};

} // namespace

TEST_F(KeptDigitsDamageTest, isReportedOnTheDrawPageAndSetAsideThere)
{
    open();
    damage();
    load();
    auto* label = m_studio.find<QLabel>("keptDamage");
    ASSERT_TRUE(waitUntil([&] { return label->isVisible(); }));
    EXPECT_TRUE(label->toolTip().contains(QStringLiteral("digits.jsonl, line 3")));
    EXPECT_FALSE(label->toolTip().contains(QLatin1Char('<'))) << "the theme makes tooltips plain text";
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("line 3")));
    EXPECT_FALSE(m_studio.find<QWidget>("keptResult")->isVisible());
    EXPECT_FALSE(m_studio.find<QToolButton>("keepAs_1")->isEnabled());
    m_studio.click("setKeptAside");
    expectRepaired();
    EXPECT_FALSE(label->isVisible());
    EXPECT_TRUE(m_studio.text("keptResult").contains(aside()));
    EXPECT_TRUE(m_studio.find<QWidget>("keptResult")->isVisible());
}

TEST_F(KeptDigitsDamageTest, isReportedInTheDialogAndSetAsideThere)
{
    open();
    load();
    m_studio.click("showKept");
    auto* dialog = m_studio.find<ui::KeptDigitsDialog>("keptDigitsDialog");
    ASSERT_TRUE(dialog != nullptr && waitUntil([&] { return dialog->isVisible(); }));
    damage();
    auto* grid = dialog->findChild<QListView*>(QStringLiteral("keptGrid"));
    grid->setCurrentIndex(grid->model()->index(0, 0));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("keptRemove")), Qt::LeftButton);
    auto* setAside = dialog->findChild<QPushButton*>(QStringLiteral("setKeptAside"));
    ASSERT_TRUE(waitUntil([&] { return setAside->isVisible(); }));
    QTest::mouseClick(setAside, Qt::LeftButton);
    expectRepaired();
    EXPECT_FALSE(setAside->isVisible());
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("keptRemove")), Qt::LeftButton);
    EXPECT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == 1; }));
}

TEST_F(KeptDigitsDamageTest, isReportedWhereTheDataSetIsChosenAndSetAsideThere)
{
    open();
    damage();
    m_studio.chooseDataset("my-digits");
    auto* action = m_studio.find<QPushButton>("messageAction");
    ASSERT_TRUE(waitUntil([&] { return action->text() == QStringLiteral("Set the file aside"); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("line 3")));
    m_studio.click("messageAction");
    expectRepaired();
    m_studio.chooseDataset("my-digits");
    EXPECT_TRUE(waitUntil(
        [&] { return m_studio.find<ui::Chip>("datasetChip")->value() == QStringLiteral("My digits"); }));
}
