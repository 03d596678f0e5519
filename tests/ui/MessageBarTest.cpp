#include "ui/widgets/MessageBar.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using Kind = ui::MessageBar::Kind;

namespace
{

class MessageBar : public testing::Test
{
protected:
    void click(const char* name)
    {
        QTest::mouseClick(m_bar.findChild<QWidget*>(QLatin1String(name)), Qt::LeftButton);
    }

    ui::MessageBar m_bar;
    int m_done = 0;
};

} // namespace

TEST_F(MessageBar, aResultComesBackWhenTheMessageAfterItIsClosed)
{
    m_bar.showMessage(Kind::Success, QStringLiteral("result"), QStringLiteral("Open"), [this] { ++m_done; });
    m_bar.showMessage(Kind::Success, QStringLiteral("exported"));
    m_bar.showMessage(Kind::Error, QStringLiteral("cannot write"));
    EXPECT_EQ(m_bar.text(), QStringLiteral("cannot write"));
    click("messageClose");
    EXPECT_EQ(m_bar.text(), QStringLiteral("result")) << "the export has nothing to be done about it";
    click("messageAction");
    EXPECT_EQ(m_done, 1);
    EXPECT_TRUE(m_bar.isHidden());
}

TEST_F(MessageBar, anErrorIsReplacedAndItsActionGoesWithIt)
{
    m_bar.showMessage(Kind::Error, QStringLiteral("old"), QStringLiteral("Try again"), [this] { ++m_done; });
    m_bar.showMessage(Kind::Info, QStringLiteral("new"));
    click("messageClose");
    EXPECT_TRUE(m_bar.isHidden());
    EXPECT_EQ(m_done, 0);
}

TEST_F(MessageBar, clearTakesWaitingMessagesToo)
{
    m_bar.showMessage(Kind::Info, QStringLiteral("one"), QStringLiteral("Do"), [] {});
    m_bar.showMessage(Kind::Info, QStringLiteral("two"), QStringLiteral("Do"), [] {});
    m_bar.clear();
    EXPECT_TRUE(m_bar.isHidden());
    m_bar.showMessage(Kind::Info, QStringLiteral("three"));
    click("messageClose");
    EXPECT_TRUE(m_bar.isHidden());
}

TEST_F(MessageBar, anActionMayShowTheNextMessage)
{
    m_bar.showMessage(Kind::Info, QStringLiteral("one"), QStringLiteral("Do"),
                      [this] { m_bar.showMessage(Kind::Error, QStringLiteral("failed")); });
    click("messageAction");
    EXPECT_FALSE(m_bar.isHidden());
    EXPECT_EQ(m_bar.text(), QStringLiteral("failed"));
}
