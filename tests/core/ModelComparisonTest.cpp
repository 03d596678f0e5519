#include "core/evaluation/ModelComparison.h"

#include "core/PlainModel.h"
#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Evaluation.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/WaitUntil.h"

#include <gtest/gtest.h>

using core::ComparedSet;
using core::ModelComparison;
using engine::ErrorCode;
using test::failsWith;
using test::waitUntil;

namespace
{

class ModelComparisonTest : public testing::Test
{
protected:
    ModelComparisonTest()
    {
        const engine::Dataset digits = engine::makeSketchDigits({40, 1, 3}).train;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const auto pixels = digits.image(i);
            EXPECT_TRUE(core::keepDigits(m_catalog->ownDigitsFolder(),
                                         {{digits.label(i), {pixels.begin(), pixels.end()}}}));
        }
    }
    QString path(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    static std::size_t right(const engine::ModelSnapshot& model, const engine::Dataset& images)
    {
        return engine::evaluate(model, images, {}, 1)->correctCount();
    }

    test::TemporaryFolder m_folder;
    std::shared_ptr<const core::DatasetCatalog> m_catalog = std::make_shared<const core::DatasetCatalog>(
        core::StudioFolders{path("datasets"), {}, path("runs"), path("settings.ini"), path("verdicts")});
    std::shared_ptr<const engine::ModelSnapshot> m_first =
        std::make_shared<const engine::ModelSnapshot>(test::makeModel(test::tinyVgg(), 1));
    std::shared_ptr<const engine::ModelSnapshot> m_second =
        std::make_shared<const engine::ModelSnapshot>(test::makeModel(test::tinyVgg(), 2));
    const QString m_own = QLatin1String(core::kOwnDigitsId);
};

} // namespace

TEST_F(ModelComparisonTest, countsWhatEachGetsRightOnTheTestImagesOfEachSet)
{
    const auto sets = core::compareModels(
        {m_first, m_second, {m_own, QLatin1String(engine::kSketchDigitsId)}}, *m_catalog, {});
    ASSERT_TRUE(test::succeeds(sets));
    ASSERT_EQ(sets->size(), 2U);
    const engine::Dataset own = m_catalog->load(m_own)->splits.test;
    EXPECT_EQ((*sets)[0].title, QStringLiteral("My digits"));
    EXPECT_EQ((*sets)[0].total, own.size());
    EXPECT_EQ((*sets)[0].rightBefore, right(*m_first, own));
    EXPECT_EQ((*sets)[0].rightAfter, right(*m_second, own));
    const engine::Dataset sketch = engine::makeSketchDigits().test;
    EXPECT_EQ((*sets)[1].rightBefore, right(*m_first, sketch));
    EXPECT_EQ((*sets)[1].rightAfter, right(*m_second, sketch));
}

TEST_F(ModelComparisonTest, refusesAModelOfOtherClassesAndASetThatIsNotThere)
{
    const auto four =
        std::make_shared<const engine::ModelSnapshot>(test::makeModel(test::tinyVgg(28, 28, 3, 1, 4)));
    const auto alone = core::compareModels({m_first, nullptr, {m_own}}, *m_catalog, {});
    ASSERT_TRUE(test::succeeds(alone));
    EXPECT_FALSE(alone->front().rightAfter) << "there is no second model";
    EXPECT_TRUE(
        failsWith(core::compareModels({four, nullptr, {m_own}}, *m_catalog, {}), ErrorCode::BadValue));
    EXPECT_TRUE(
        failsWith(core::compareModels({m_first, nullptr, {QStringLiteral("nowhere")}}, *m_catalog, {}),
                  ErrorCode::NotFound));
}

TEST_F(ModelComparisonTest, answersTheNewestRequestAlone)
{
    ModelComparison comparison(m_catalog);
    std::vector<std::vector<ComparedSet>> answers;
    QObject::connect(&comparison, &ModelComparison::compared, &comparison,
                     [&](const std::vector<ComparedSet>& sets) { answers.push_back(sets); });
    comparison.compare({m_first, nullptr, {QLatin1String(engine::kSketchDigitsId)}});
    comparison.compare({m_second, nullptr, {m_own}});
    EXPECT_TRUE(comparison.isBusy());
    ASSERT_TRUE(waitUntil([&] { return !comparison.isBusy(); }));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0][0].title, QStringLiteral("My digits"));
    comparison.compare({m_first, nullptr, {m_own}});
    comparison.cancel();
    EXPECT_FALSE(comparison.isBusy());
}
