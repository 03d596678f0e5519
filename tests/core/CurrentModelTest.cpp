#include "core/session/CurrentModel.h"

#include "core/PlainModel.h"
#include "support/Files.h"
#include "support/WaitUntil.h"

#include <gtest/gtest.h>

using core::CurrentModel;
using test::waitUntil;

namespace
{

class CurrentModelTest : public testing::Test
{
protected:
    CurrentModelTest()
    {
        QObject::connect(&m_current, &CurrentModel::changed, &m_current, [this] { ++m_changes; });
        QObject::connect(&m_current, &CurrentModel::failed, &m_current, [this] { ++m_failures; });
    }
    QString writeRun(const char* name, const engine::SavedModel& checkpoint) const
    {
        const auto folder = m_folder / name;
        std::filesystem::create_directories(folder);
        EXPECT_TRUE(engine::writeSavedModel(folder, checkpoint));
        return QString::fromStdString(folder.string());
    }
    static engine::SavedModel checkpoint(unsigned seed)
    {
        engine::TrainingRecord record;
        record.config = engine::withPreset({}, engine::Preset::Fast);
        record.datasetId = "letters";
        record.datasetTitle = "Letters";
        record.classNames = {"a", "b", "c"};
        return {test::makeModel(test::tinyVgg(28, 28, 10, 3, 3), seed), record};
    }

    test::TemporaryFolder m_folder;
    CurrentModel m_current;
    int m_changes = 0;
    int m_failures = 0;
};

} // namespace

TEST_F(CurrentModelTest, readsWeightsAndRecordOfARun)
{
    const engine::SavedModel wanted = checkpoint(1);
    const QString run = writeRun("1", wanted);
    m_current.setRun(run);
    EXPECT_TRUE(m_current.isLoading());
    EXPECT_FALSE(m_current.get()) << "never at once";
    ASSERT_TRUE(waitUntil([&] { return !m_current.isLoading(); }));
    EXPECT_EQ(m_changes, 2) << "loading and loaded";
    const auto model = m_current.get();
    ASSERT_TRUE(model);
    EXPECT_TRUE(test::areSame(*model->snapshot, wanted.model));
    EXPECT_EQ(model->runFolder, run);
    EXPECT_EQ(model->preset(), engine::Preset::Fast);
    EXPECT_EQ(model->datasetId(), QStringLiteral("letters"));
    EXPECT_EQ(model->datasetTitle(), QStringLiteral("Letters"));
    EXPECT_EQ(model->classNames, QStringLiteral("a b c").split(QLatin1Char(' ')));
}

TEST_F(CurrentModelTest, namesClassesByNumberWhereTheRecordDoesNot)
{
    m_current.setRun(writeRun("1", {test::makeModel(test::tinyVgg(28, 28, 4, 3, 3)), std::nullopt}));
    ASSERT_TRUE(waitUntil([&] { return m_current.get() != nullptr; }));
    EXPECT_EQ(m_current.get()->classNames, QStringLiteral("0 1 2").split(QLatin1Char(' ')));
    EXPECT_EQ(m_current.get()->preset(), engine::Preset::Custom);
}

TEST_F(CurrentModelTest, keepsTheModelBeforeUntilTheNextIsThereAndDeliversTheNewest)
{
    const QString first = writeRun("1", checkpoint(1));
    const QString second = writeRun("2", checkpoint(2));
    const QString third = writeRun("3", checkpoint(3));
    m_current.setRun(first);
    ASSERT_TRUE(waitUntil([&] { return m_current.get() != nullptr; }));
    m_changes = 0;
    m_current.setRun(second);
    m_current.setRun(third);
    EXPECT_EQ(m_current.get()->runFolder, first);
    ASSERT_TRUE(waitUntil([&] { return !m_current.isLoading(); }));
    EXPECT_EQ(m_current.get()->runFolder, third);
    EXPECT_EQ(m_changes, 2);
}

TEST_F(CurrentModelTest, readsTheSameRunAnewWhenItHasNewWeights)
{
    const QString run = writeRun("1", checkpoint(1));
    m_current.setRun(run);
    ASSERT_TRUE(waitUntil([&] { return m_current.get() != nullptr; }));
    writeRun("1", checkpoint(2));
    m_current.setRun(run);
    ASSERT_TRUE(waitUntil([&] { return !m_current.isLoading(); }));
    EXPECT_TRUE(test::areSame(*m_current.get()->snapshot, checkpoint(2).model));
}

TEST_F(CurrentModelTest, reportsARunThatCannotBeReadAndIsThenWithoutModel)
{
    m_current.setRun(writeRun("1", checkpoint(1)));
    ASSERT_TRUE(waitUntil([&] { return m_current.get() != nullptr; }));
    m_current.setRun(QString::fromStdString((m_folder / "nowhere").string()));
    ASSERT_TRUE(waitUntil([&] { return m_failures == 1; }));
    EXPECT_FALSE(m_current.get());
    EXPECT_FALSE(m_current.isLoading());
}

TEST_F(CurrentModelTest, clearsAtOnceAndDropsWhatWasBeingRead)
{
    m_current.clear();
    EXPECT_EQ(m_changes, 0) << "there was nothing";
    m_current.setRun(writeRun("1", checkpoint(1)));
    m_current.clear();
    EXPECT_FALSE(m_current.isLoading());
    m_current.setRun(writeRun("2", checkpoint(2)));
    ASSERT_TRUE(waitUntil([&] { return m_current.get() != nullptr; }));
    EXPECT_TRUE(m_current.get()->runFolder.endsWith(QLatin1Char('2')));
}
