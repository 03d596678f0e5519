// The real window on its Evaluate page, with a run of two epochs, after which much is still wrong.
#pragma once

#include "FileDialogTypist.h"
#include "WindowFixture.h"
#include "engine/storage/PredictionsFile.h"
#include "support/WaitUntil.h"
#include "ui/models/PredictionListModel.h"
#include "ui/pages/evaluate/ConfusionView.h"

#include <QListView>
#include <QMenu>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <gtest/gtest.h>

namespace test
{

class EvaluateFixture : public testing::Test
{
protected:
    void SetUp() override
    {
        m_studio.open();
        QTest::keyClick(m_studio.window.get(), Qt::Key_3, Qt::ControlModifier);
    }

    /// Run `number`, which the page then shows; other runs come from other seeds.
    void train(int number = 1)
    {
        m_studio.find<QSpinBox>("epochs")->setValue(2);
        if (number > 1)
            m_studio.find<QLineEdit>("seed")->setText(QString::number(number));
        const QString folder = QStringLiteral("runs/%1").arg(number);
        QString evaluated;
        const auto watch = QObject::connect(
            &m_studio.evaluations, &core::EvaluationService::evaluated,
            [&](const std::shared_ptr<const core::EvaluatedSplit>& split) { evaluated = split->runFolder; });
        m_studio.click("trainButton");
        EXPECT_TRUE(waitUntil([&] { return evaluated.endsWith(folder) && matrix()->isVisible(); }));
        QObject::disconnect(watch);
        const auto read = engine::readPredictions(m_studio.folder / folder.toStdString());
        ASSERT_TRUE(read) << read.error().message;
        m_kept = read->splits.at("test");
        m_epochs = read->testEpochs;
    }

    ui::ConfusionView* matrix() { return m_studio.find<ui::ConfusionView>("confusionMatrix"); }
    QListView* gallery() { return m_studio.find<QListView>("gallery"); }

    void clickCell(int row, int column)
    {
        const QRect cell = matrix()->visualRect(matrix()->model()->index(row, column));
        QTest::mouseClick(matrix()->viewport(), Qt::LeftButton, {}, cell.center());
    }
    /// The images that the gallery shows, as they come.
    std::vector<int> inOrder()
    {
        std::vector<int> indices;
        for (int i = 0; i < gallery()->model()->rowCount(); ++i)
            indices.push_back(
                gallery()->model()->index(i, 0).data(ui::PredictionListModel::IndexRole).toInt());
        return indices;
    }
    /// … in the order of their indices.
    std::vector<int> shown()
    {
        std::vector<int> indices = inOrder();
        std::ranges::sort(indices);
        return indices;
    }
    /// The views of the page, in their order.
    enum View { Matrix, Laboratory, Compare };
    void chooseView(View view)
    {
        QTest::mouseClick(m_studio.find<QToolButton>(view == Matrix       ? "evaluateView_0"
                                                     : view == Laboratory ? "evaluateView_1"
                                                                          : "evaluateView_2"),
                          Qt::LeftButton);
    }
    void clickImage(int row)
    {
        const QRect tile = gallery()->visualRect(gallery()->model()->index(row, 0));
        QTest::mouseClick(gallery()->viewport(), Qt::LeftButton, {}, tile.center());
    }
    /// As a click on an entry of the Export menu, and `file` typed into the dialog. Its path, once it is
    /// written.
    std::filesystem::path exported(const char* action, const char* file)
    {
        const auto path = m_studio.folder / file;
        const test::FileDialogTypist typist(QString::fromStdString(path.string()));
        auto* menu = m_studio.find<QToolButton>("exportEvaluation")->menu();
        menu->findChild<QAction*>(QLatin1String(action))->trigger();
        EXPECT_TRUE(waitUntil([&] { return std::filesystem::exists(path); }));
        return path;
    }
    template<typename Condition>
    std::vector<int> expected(Condition isWanted) const
    {
        std::vector<int> indices;
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            if (isWanted(m_kept.labels[i], m_kept.evaluation.predictions[i]))
                indices.push_back(static_cast<int>(i));
        }
        return indices;
    }
    /// Some cell off the diagonal in which there are images.
    std::pair<int, int> errorCell() const
    {
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            if (m_kept.labels[i] != m_kept.evaluation.predictions[i])
                return {m_kept.labels[i], m_kept.evaluation.predictions[i]};
        }
        ADD_FAILURE() << "nothing is wrong";
        return {0, 1};
    }

    test::WindowFixture m_studio;
    engine::SplitPredictions m_kept;
    std::vector<std::vector<std::uint8_t>> m_epochs;
};

} // namespace test
