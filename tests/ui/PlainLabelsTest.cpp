#include "ui/style/PlainLabels.h"

#include "WindowFixture.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/MessageBar.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QProgressDialog>
#include <QTest>
#include <QToolTip>
#include <algorithm>
#include <gtest/gtest.h>
#include <memory>

namespace
{

/// As a class name, a path or a message from elsewhere might be.
const QString kMarkup = QStringLiteral("<h1>7</h1><img src='/dev/null' width='900' height='9'>");

class PlainLabelsTest : public testing::Test
{
protected:
    PlainLabelsTest() { qApp->installEventFilter(&m_filter); }

    ui::PlainLabels m_filter;
};

/// Whether every label with a text in or below `widget` shows it as it is.
void expectPlain(QWidget& widget)
{
    int count = 0;
    for (QLabel* label : widget.findChildren<QLabel*>()) {
        if (!label->text().contains(QStringLiteral("<h1>")))
            continue;
        ++count;
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << label->objectName().toStdString();
    }
    EXPECT_GT(count, 0);
}

} // namespace

TEST_F(PlainLabelsTest, showMarkupAsItIsWritten)
{
    QLabel plain;
    plain.setTextFormat(Qt::PlainText);
    plain.setText(kMarkup);
    for (const auto& label : {std::make_shared<QLabel>(), std::shared_ptr<QLabel>(new ui::ElidedLabel)}) {
        label->setText(kMarkup);
        label->show();
        EXPECT_EQ(label->textFormat(), Qt::PlainText);
        EXPECT_EQ(label->sizeHint(), plain.sizeHint());
    }
    QLabel rich;
    rich.setTextFormat(Qt::RichText);
    rich.show();
    EXPECT_EQ(rich.textFormat(), Qt::RichText) << "asked for";
}

TEST_F(PlainLabelsTest, areThoseOfTooltips)
{
    QToolTip::showText({}, kMarkup);
    const QWidgetList all = QApplication::allWidgets();
    const auto tip = std::ranges::find(all, QStringLiteral("qtooltip_label"), &QWidget::objectName);
    ASSERT_NE(tip, all.end());
    EXPECT_EQ(qobject_cast<QLabel*>(*tip)->text(), kMarkup);
    EXPECT_EQ(qobject_cast<QLabel*>(*tip)->textFormat(), Qt::PlainText);
    QToolTip::hideText();
}

TEST_F(PlainLabelsTest, areThoseOfDialogs)
{
    QMessageBox box(QMessageBox::Warning, {}, kMarkup);
    box.setInformativeText(kMarkup);
    box.open();
    expectPlain(box);
    QProgressDialog progress(kMarkup, {}, 0, 1);
    progress.show();
    expectPlain(progress);
}

TEST(MainWindowLabels, showTextAsItIsWritten)
{
    test::WindowFixture studio;
    studio.open();
    for (QLabel* label : studio.window->findChildren<QLabel*>()) {
        EXPECT_TRUE(!label->isVisible() || label->textFormat() != Qt::AutoText)
            << label->text().toStdString();
    }
    studio.find<ui::MessageBar>("messageBar")->showMessage(ui::MessageBar::Kind::Error, kMarkup);
    expectPlain(*studio.window);
}
