// The large image, opened from the gallery of the real window on a real run.
#include "ui/pages/evaluate/ImageDialog.h"
#include "EvaluateFixture.h"
#include "FileDialogTypist.h"
#include "core/Format.h"
#include "ui/models/NearestListModel.h"
#include "ui/pages/InspectPage.h"
#include "ui/pages/evaluate/EpochPredictions.h"
#include "ui/pages/evaluate/LargeImage.h"
#include "ui/pages/evaluate/VerdictBar.h"
#include "ui/render/SampleImage.h"
#include "ui/views/ProbabilityBars.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>

using test::waitUntil;

namespace
{

class ImageDialog : public test::EvaluateFixture
{
protected:
    void SetUp() override
    {
        EvaluateFixture::SetUp();
        train();
        ASSERT_GE(gallery()->model()->rowCount(), 3);
    }

    int indexAt(int row)
    {
        return gallery()->model()->index(row, 0).data(ui::PredictionListModel::IndexRole).toInt();
    }
    void doubleClick(int row)
    {
        const QModelIndex tile = gallery()->model()->index(row, 0);
        gallery()->scrollTo(tile);
        const QPoint place = gallery()->visualRect(tile).center();
        QTest::mouseClick(gallery()->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(gallery()->viewport(), Qt::LeftButton, {}, place);
    }
    /// Shortcuts are for the active window.
    bool isOpen()
    {
        return dialog() != nullptr && waitUntil([&] { return QApplication::activeWindow() == dialog(); });
    }

    ui::ImageDialog* dialog() { return m_studio.find<ui::ImageDialog>("imageDialog"); }
    template<typename Widget>
    Widget* find(const char* name)
    {
        return dialog()->findChild<Widget*>(QString::fromLatin1(name));
    }
    QString title() { return find<QLabel>("imageTitle")->text(); }
    static QString titleOf(int index) { return QStringLiteral("Image #%1").arg(index); }
    bool waitForNearest()
    {
        return waitUntil([&] { return find<QListView>("nearestImages")->isVisible(); });
    }
};

} // namespace

TEST_F(ImageDialog, opensOnTheTileThatIsDoubleClicked)
{
    doubleClick(1);
    ASSERT_TRUE(isOpen());
    EXPECT_TRUE(dialog()->isVisible());
    const int index = indexAt(1);
    EXPECT_EQ(title(), titleOf(index));
    const auto position = static_cast<std::size_t>(index);
    const QString name = QString::number(m_kept.labels[position]);
    const QString prediction = QString::number(m_kept.evaluation.predictions[position]);
    EXPECT_TRUE(find<QLabel>("imageVerdict")
                    ->text()
                    .startsWith(QStringLiteral("✗ true %1 → predicted %2 with").arg(name, prediction)))
        << find<QLabel>("imageVerdict")->text().toStdString();

    auto* bars = find<ui::ProbabilityBars>("imageProbabilities");
    EXPECT_EQ(bars->prediction(), m_kept.evaluation.predictions[position]);
    for (int c = 0; c < 10; ++c) {
        const float probability =
            m_kept.evaluation.probabilities[10 * position + static_cast<std::size_t>(c)];
        EXPECT_TRUE(bars->accessibleDescription().contains(
            QStringLiteral("%1: %2").arg(QString::number(c), core::probabilityText(probability))));
    }
    const auto data = m_studio.catalog->load(m_studio.settings.dataset());
    ASSERT_TRUE(data);
    EXPECT_TRUE(find<ui::LargeImage>("largeImage")->image() == ui::imageOf(data->splits.test, position));
}

TEST_F(ImageDialog, theArrowKeysGoThroughTheSelection)
{
    const int last = gallery()->model()->rowCount() - 1;
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    EXPECT_FALSE(find<QToolButton>("previousImage")->isEnabled());
    QTest::keyClick(dialog(), Qt::Key_Left);
    EXPECT_EQ(title(), titleOf(indexAt(0))) << "there is none before";
    QTest::keyClick(dialog(), Qt::Key_Right);
    EXPECT_EQ(title(), titleOf(indexAt(1)));
    EXPECT_EQ(gallery()->currentIndex().row(), 1) << "the gallery follows";
    EXPECT_TRUE(find<QLabel>("imagePlace")->text().startsWith(QStringLiteral("2 of %1").arg(last + 1)));
    QTest::keyClick(dialog(), Qt::Key_End);
    EXPECT_EQ(title(), titleOf(indexAt(last)));
    EXPECT_FALSE(find<QToolButton>("nextImage")->isEnabled());
    QTest::mouseClick(find<QToolButton>("previousImage"), Qt::LeftButton);
    EXPECT_EQ(title(), titleOf(indexAt(last - 1)));
    QTest::keyClick(dialog(), Qt::Key_Home);
    EXPECT_EQ(title(), titleOf(indexAt(0)));
}

TEST_F(ImageDialog, opensByEnterAndClosesByEscape)
{
    gallery()->setFocus();
    gallery()->setCurrentIndex(gallery()->model()->index(2, 0));
    QTest::keyClick(gallery(), Qt::Key_Return);
    ASSERT_TRUE(isOpen());
    EXPECT_EQ(title(), titleOf(indexAt(2)));
    QTest::keyClick(dialog(), Qt::Key_Right);
    QTest::keyClick(dialog(), Qt::Key_Escape);
    EXPECT_FALSE(dialog()->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(dialog(), nullptr);
    EXPECT_FALSE(m_studio.nearest.isBusy()) << "its search has gone with it";
    EXPECT_EQ(gallery()->currentIndex().row(), std::min(3, gallery()->model()->rowCount() - 1));
}

TEST_F(ImageDialog, showsTheNearestTrainingImages)
{
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    QTest::keyClick(dialog(), Qt::Key_Right); // the answer for the first comes too late
    ASSERT_TRUE(waitForNearest());
    auto dataset =
        std::make_shared<core::LoadedDataset>(*m_studio.catalog->load(m_studio.settings.dataset()));
    const auto split = core::evaluateRun({QString::fromStdString((m_studio.folder / "runs/1").string()),
                                          core::SplitKind::Test,
                                          dataset,
                                          {},
                                          1},
                                         {}, {});
    ASSERT_TRUE(split) << split.error().message;
    const auto expected =
        core::findNearestTrainingImages({*split, static_cast<std::size_t>(indexAt(1)), dataset, 12, 1});
    ASSERT_TRUE(expected) << expected.error().message;
    const QAbstractItemModel* model = find<QListView>("nearestImages")->model();
    ASSERT_EQ(model->rowCount(), 12);
    for (int row = 0; row < 12; ++row) {
        const QModelIndex image = model->index(row, 0);
        const engine::NearImage& wanted = (*expected)[static_cast<std::size_t>(row)];
        EXPECT_EQ(image.data(ui::NearestListModel::IndexRole).toInt(), static_cast<int>(wanted.index));
        EXPECT_EQ(image.data().toString(), QString::number(dataset->splits.train.label(wanted.index)));
        EXPECT_EQ(image.data(ui::NearestListModel::DistanceTextRole).toString(),
                  QString::number(static_cast<double>(wanted.distance), 'f', 2));
    }
}

TEST_F(ImageDialog, showsThePredictionOfEachEpoch)
{
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    auto* epochs = find<ui::EpochPredictions>("epochPredictions");
    ASSERT_EQ(epochs->count(), 2);
    const auto position = static_cast<std::size_t>(indexAt(0));
    for (std::size_t e = 0; e < 2; ++e) {
        const bool isRight = m_epochs[e][position] == m_kept.labels[position];
        EXPECT_EQ(epochs->describe(static_cast<int>(e)),
                  QStringLiteral("epoch %1: %2, %3")
                      .arg(e + 1)
                      .arg(m_epochs[e][position])
                      .arg(isRight ? QStringLiteral("correct") : QStringLiteral("wrong")));
    }
}

TEST_F(ImageDialog, copiesAndSavesTheImage)
{
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    const QImage image = find<ui::LargeImage>("largeImage")->image();
    const auto isEnlarged = [&](const QImage& copy) {
        if (copy.size() != image.size() * 10)
            return false;
        for (int y = 0; y < copy.height(); ++y) {
            for (int x = 0; x < copy.width(); ++x) {
                if (qGray(copy.pixel(x, y)) != qGray(image.pixel(x / 10, y / 10)))
                    return false;
            }
        }
        return true;
    };
    QTest::mouseClick(find<QPushButton>("copyImage"), Qt::LeftButton);
    EXPECT_TRUE(isEnlarged(QGuiApplication::clipboard()->image()));
    EXPECT_EQ(find<QLabel>("imageMessage")->text(), QStringLiteral("Copied."));

    const QString path = QString::fromStdString((m_studio.folder / "saved").string());
    const test::FileDialogTypist typist(path);
    QTest::mouseClick(find<QPushButton>("saveImage"), Qt::LeftButton);
    EXPECT_TRUE(
        waitUntil([&] { return find<QLabel>("imageMessage")->text().startsWith(QStringLiteral("Saved")); }));
    EXPECT_TRUE(isEnlarged(QImage(path + QStringLiteral(".png"))));
}

TEST_F(ImageDialog, saysWhereAnImageCannotBeSaved)
{
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    const QString path = QStringLiteral("/proc/digit.png"); // where nobody can make a file
    const test::FileDialogTypist typist(path);
    QTest::mouseClick(find<QPushButton>("saveImage"), Qt::LeftButton);
    EXPECT_TRUE(waitUntil([&] { return find<QLabel>("imageMessage")->text().contains(path); }));
    EXPECT_FALSE(QFileInfo::exists(path));
}

TEST_F(ImageDialog, showsTrainingImagesToo)
{
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(2);
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("accuracyDetail").contains(QStringLiteral("of 640")); }));
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    EXPECT_EQ(title(), titleOf(indexAt(0)));
    EXPECT_FALSE(find<ui::EpochPredictions>("epochPredictions")->isVisible()) << "of test images only";
    ASSERT_TRUE(waitForNearest());
    const QAbstractItemModel* model = find<QListView>("nearestImages")->model();
    for (int row = 0; row < model->rowCount(); ++row)
        EXPECT_NE(model->index(row, 0).data(ui::NearestListModel::IndexRole).toInt(), indexAt(0));
}

TEST_F(ImageDialog, takesAVerdict)
{
    doubleClick(1);
    ASSERT_TRUE(isOpen());
    const core::ImageKey image = {true, static_cast<std::uint32_t>(indexAt(1))};
    ASSERT_TRUE(waitUntil([&] { return m_studio.verdicts.isOpen(); }));
    QTest::keyClick(dialog(), Qt::Key_L);
    EXPECT_EQ(m_studio.verdicts.judgement(image).verdict, core::Verdict::LabelWrong);
    auto* bar = dialog()->findChild<ui::VerdictBar*>();
    ASSERT_NE(bar, nullptr);
    EXPECT_EQ(bar->image(), image);
    QTest::keyClick(dialog(), Qt::Key_Delete);
    EXPECT_EQ(m_studio.verdicts.judgement(image).verdict, std::nullopt);
    QTest::keyClick(dialog(), Qt::Key_Right);
    EXPECT_EQ(bar->image(), (core::ImageKey{true, static_cast<std::uint32_t>(indexAt(2))}));
}

TEST_F(ImageDialog, leadsInsideTheNetworkOnThatVerySample)
{
    auto* page = m_studio.find<ui::InspectPage>("inspectPage");
    const auto isShown = [&](const engine::Dataset& images, int index, const char* title) {
        return page->isVisible() && waitUntil([&] {
                   return page->inspection() &&
                          page->inspection()->image.title == QString::fromUtf8(title).arg(index);
               }) &&
               std::ranges::equal(page->inspection()->image.pixels,
                                  images.image(static_cast<std::size_t>(index)));
    };
    const auto data = m_studio.catalog->load(m_studio.settings.dataset());
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr && !m_studio.model.isLoading(); }));
    doubleClick(2);
    ASSERT_TRUE(isOpen());
    ASSERT_TRUE(find<QPushButton>("inspectImage")->isEnabled());
    const int test = indexAt(2);
    QTest::mouseClick(find<QPushButton>("inspectImage"), Qt::LeftButton);
    EXPECT_TRUE(isShown(data->splits.test, test, "test image %1"));
    EXPECT_EQ(page->inspection()->model, m_studio.model.get()->snapshot);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(dialog(), nullptr);

    QTest::keyClick(m_studio.window.get(), Qt::Key_3, Qt::ControlModifier);
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(2); // training images
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("accuracyDetail").contains(QStringLiteral("of 640")); }));
    doubleClick(1);
    ASSERT_TRUE(isOpen());
    const int training = indexAt(1);
    QTest::keyClick(dialog(), Qt::Key_I);
    EXPECT_TRUE(isShown(data->splits.train, training, "training image %1"));
}

TEST_F(ImageDialog, doesNotLeadInsideAnotherRun)
{
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr && !m_studio.model.isLoading(); }));
    doubleClick(0);
    ASSERT_TRUE(isOpen());
    auto* button = find<QPushButton>("inspectImage");
    EXPECT_TRUE(button->isEnabled());
    m_studio.model.clear(); // as with another data set
    EXPECT_FALSE(button->isEnabled());
    EXPECT_TRUE(button->toolTip().contains(QStringLiteral("not available")));
    QTest::keyClick(dialog(), Qt::Key_I);
    EXPECT_TRUE(dialog()->isVisible());
    EXPECT_FALSE(m_studio.find<ui::InspectPage>("inspectPage")->isVisible());

    const QString first = QString::fromStdString((m_studio.folder / "runs/1").string());
    const QString copy = QString::fromStdString((m_studio.folder / "runs/2").string());
    std::filesystem::copy(first.toStdString(), copy.toStdString(), std::filesystem::copy_options::recursive);
    m_studio.model.setRun(copy);
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr; }));
    EXPECT_FALSE(button->isEnabled());
    EXPECT_TRUE(button->toolTip().contains(QStringLiteral("another run")));
    m_studio.model.setRun(first);
    EXPECT_TRUE(waitUntil([&] { return button->isEnabled(); }));
}
