#include "ui/pages/evaluate/ConfusionView.h"

#include "ui/models/ConfusionModel.h"
#include "ui/render/Colors.h"
#include "ui/render/ConfusionPainter.h"

#include <QHeaderView>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using ui::ConfusionScope;

namespace
{

constexpr int kClasses = 62; // digits, capitals and small letters

QString className(int index)
{
    return QString(QChar(index < 10 ? '0' + index : index < 36 ? 'A' + index - 10 : 'a' + index - 36));
}

ui::ConfusionCells manyClasses(ui::ConfusionUnit unit = ui::ConfusionUnit::Counts)
{
    engine::ConfusionMatrix matrix(kClasses);
    QStringList names;
    for (int t = 0; t < kClasses; ++t) {
        names << className(t);
        for (int i = 0; i < 1234; ++i)
            matrix.add(t, t);
        for (int i = 0; i < t; ++i)
            matrix.add(t, (t * 7 + i) % kClasses);
    }
    return {matrix, names, unit, true};
}

class ConfusionView : public testing::Test
{
protected:
    ConfusionView()
    {
        m_model.setCells(manyClasses());
        m_view.setModel(&m_model);
        m_view.resize(470, 300);
        m_view.show();
    }
    QRect cell(int row, int column) const { return m_view.visualRect(m_model.index(row, column)); }

    ui::ConfusionModel m_model;
    ui::ConfusionView m_view;
};

} // namespace

TEST_F(ConfusionView, leavesEveryCountOfManyClassesItsRoom)
{
    QFont smallest = m_view.font();
    smallest.setPixelSize(9);
    EXPECT_GE(cell(0, 0).width(), QFontMetrics(smallest).horizontalAdvance(QStringLiteral("1234")));
    EXPECT_GE(cell(0, 0).height(), QFontMetrics(smallest).height());
    m_model.setCells(manyClasses(ui::ConfusionUnit::RowShare));
    EXPECT_GE(cell(0, 0).width(), QFontMetrics(smallest).horizontalAdvance(QStringLiteral("100.0")));
}

TEST_F(ConfusionView, paintsCellsAsPicturesDo)
{
    const QRect area(0, 0, 60, 40);
    const auto painted = [&](auto paint) {
        QImage image(area.size(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paint(painter);
        return image;
    };
    for (const auto& [row, column] : {std::pair(3, 3), std::pair(3, 21), std::pair(5, 50), std::pair(4, 3)}) {
        const QImage onScreen = painted([&, row = row, column = column](QPainter& painter) {
            QStyleOptionViewItem option;
            option.rect = area;
            option.font = m_view.font();
            m_view.itemDelegate()->paint(&painter, option, m_model.index(row, column));
        });
        const QImage onPaper = painted([&, row = row, column = column](QPainter& painter) {
            QFont font = m_view.font();
            font.setPixelSize(13);
            painter.setFont(font);
            paintConfusionCell(painter, area, m_model.cells(), row, column, ui::currentColors());
        });
        EXPECT_EQ(onScreen, onPaper) << row << ", " << column;
    }
}

TEST_F(ConfusionView, keepsTheNamesOfTheClassesInSight)
{
    m_view.scrollTo(m_model.index(kClasses - 1, kClasses - 1));
    EXPECT_TRUE(m_view.viewport()->rect().contains(cell(kClasses - 1, kClasses - 1)));
    EXPECT_FALSE(m_view.viewport()->rect().intersects(cell(0, 0)));
    for (QHeaderView* header : {m_view.horizontalHeader(), m_view.verticalHeader()}) {
        EXPECT_TRUE(header->isVisible());
        const int position = header->sectionViewportPosition(kClasses - 1);
        EXPECT_GE(position, 0);
        EXPECT_LT(position, header->orientation() == Qt::Horizontal ? header->viewport()->width()
                                                                    : header->viewport()->height());
    }
}

TEST_F(ConfusionView, reportsACellsCountWhereThePointerIs)
{
    const QModelIndex under = m_view.indexAt(cell(3, 21).center());
    EXPECT_EQ(under.data(Qt::ToolTipRole).toString(), QStringLiteral("true 3 → predicted L: 1 image"));
}

TEST_F(ConfusionView, followsTheKeyboardToTheLastClass)
{
    QSignalSpy chosen(&m_view, &ui::ConfusionView::chosen);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, cell(0, 0).center());
    QTest::keyClick(&m_view, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(&m_view, Qt::Key_Home, Qt::ControlModifier);
    for (int i = 1; i < kClasses; ++i)
        QTest::keyClick(&m_view, Qt::Key_Right);
    ASSERT_FALSE(chosen.isEmpty());
    EXPECT_EQ(chosen.back()[1].toInt(), 0);
    EXPECT_EQ(chosen.back()[2].toInt(), kClasses - 1);
    EXPECT_TRUE(m_view.viewport()->rect().contains(cell(0, kClasses - 1).center()));
}

TEST_F(ConfusionView, outlinesTheRowThatIsChosen)
{
    QSignalSpy chosen(&m_view, &ui::ConfusionView::chosen);
    const QImage before = m_view.viewport()->grab().toImage();
    QHeaderView* header = m_view.verticalHeader();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->width() / 2, header->sectionViewportPosition(4) + header->sectionSize(4) / 2});
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].value<ConfusionScope>(), ConfusionScope::Row);
    EXPECT_EQ(chosen[0][1].toInt(), 4);
    EXPECT_FALSE(m_view.selectionModel()->hasSelection()) << "no single cell";
    const QImage after = m_view.viewport()->grab().toImage();
    const QRect row = cell(4, 0);
    const auto changedIn = [&](const QRect& area) {
        int changed = 0;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x)
                changed += before.pixel(x, y) != after.pixel(x, y) ? 1 : 0;
        }
        return changed;
    };
    EXPECT_GT(changedIn({0, row.top(), 300, row.height()}), 500);
    EXPECT_EQ(changedIn({0, row.bottom() + 2, 300, 40}), 0);
    QTest::keyClick(&m_view, Qt::Key_Escape);
    EXPECT_EQ(m_view.viewport()->grab().toImage(), before);
}
