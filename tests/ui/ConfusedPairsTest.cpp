#include "ui/pages/evaluate/ConfusedPairs.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace
{

constexpr int kRow = 24;

/// Nine pairs, each in one direction; 0 → 1 is the most frequent.
class ConfusedPairs : public testing::Test
{
protected:
    ConfusedPairs()
    {
        engine::ConfusionMatrix matrix(10);
        QStringList names;
        for (int i = 0; i < 10; ++i)
            names << QString::number(i);
        for (int i = 0; i < 9; ++i) {
            for (int count = 20 - i; count > 0; --count)
                matrix.add(i, i + 1);
        }
        m_pairs.setMatrix(matrix, names);
        m_pairs.resize(300, 4 * kRow + kRow / 2);
        m_pairs.show();
    }

    ui::ConfusedPairs m_pairs;
    QSignalSpy m_chosen{&m_pairs, &ui::ConfusedPairs::chosen};
};

} // namespace

TEST_F(ConfusedPairs, choosesWhatIsClicked)
{
    QTest::mouseClick(&m_pairs, Qt::LeftButton, {}, {50, kRow + kRow / 2});
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(m_chosen[0][0].toInt(), 1);
    EXPECT_EQ(m_chosen[0][1].toInt(), 2);
}

TEST_F(ConfusedPairs, choosesNothingThatIsNotSeen)
{
    QTest::mouseClick(&m_pairs, Qt::LeftButton, {}, {50, 4 * kRow + kRow / 4}); // below the last whole row
    EXPECT_EQ(m_chosen.count(), 0);
    m_pairs.setFocus();
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(&m_pairs, Qt::Key_Down);
    QTest::keyClick(&m_pairs, Qt::Key_Return);
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(m_chosen[0][0].toInt(), 3) << "the last that is seen";
}

TEST_F(ConfusedPairs, areNoneWhereNothingIsWrong)
{
    m_pairs.setMatrix(engine::ConfusionMatrix(2), {QStringLiteral("a"), QStringLiteral("b")});
    QTest::mouseClick(&m_pairs, Qt::LeftButton, {}, {50, 5});
    QTest::keyClick(&m_pairs, Qt::Key_Return);
    EXPECT_EQ(m_chosen.count(), 0);
    EXPECT_EQ(m_pairs.accessibleDescription(), QString());
}
