#include "core/settings/Settings.h"

#include "core/StudioFolders.h"
#include "support/Files.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using core::Settings;
using core::ThemeChoice;
using engine::TrainingConfig;

namespace
{

class SettingsTest : public testing::Test
{
protected:
    Settings settings() const { return Settings(m_path); }
    void write(std::string_view ini) const
    {
        QDir().mkpath(QFileInfo(m_path).path());
        test::writeFile(m_path.toStdString(), ini);
    }
    /// A file of its own each time: QSettings remembers what it has read.
    QString newFile(const std::string& ini) const
    {
        const QString path = m_root.filePath(QStringLiteral("%1.ini").arg(++m_fileCount));
        test::writeFile(path.toStdString(), ini);
        return path;
    }
    TrainingConfig configFrom(const std::string& lines) const
    {
        return Settings(newFile("[training]\n" + lines)).trainingConfig();
    }
    double smoothingFrom(const std::string& value) const
    {
        return Settings(newFile("[charts]\nsmoothing=" + value + "\n")).chartSmoothing();
    }
    QString deviceFrom(const std::string& value) const
    {
        return Settings(newFile("[training]\ndevice=" + value + "\n")).deviceRequest();
    }

    QTemporaryDir m_root;
    QString m_path = m_root.filePath(QStringLiteral("some/folder/settings.ini"));
    mutable int m_fileCount = 0;
};

void expectDefaults(const Settings& settings)
{
    EXPECT_EQ(settings.theme(), ThemeChoice::System);
    EXPECT_EQ(settings.trainingConfig(), TrainingConfig());
    EXPECT_EQ(settings.dataset(), QString());
    EXPECT_EQ(settings.deviceRequest(), QStringLiteral("auto"));
    EXPECT_EQ(settings.chartSmoothing(), 0.97);
    EXPECT_EQ(settings.windowGeometry(), QByteArray());
}

TrainingConfig unusualConfig()
{
    TrainingConfig config;
    config.epochs = 1000;
    config.batchSize = 4096;
    config.learningRate = 0.1 + 0.2; // needs all its digits
    config.seed = std::numeric_limits<std::uint64_t>::max();
    config.network.tinyVgg.hiddenUnits = {128};
    config.network.tinyVgg.kernelSizes = {7};
    config.threads = 256;
    return config;
}

} // namespace

TEST_F(SettingsTest, beginsWithDefaultsAndWithoutAFile)
{
    expectDefaults(settings());
    EXPECT_FALSE(QFileInfo::exists(m_path));
}

TEST_F(SettingsTest, remembersEverything)
{
    const QByteArray geometry("\x01\x00\xff\n\";=,\\", 9);
    const QString dataset = QStringLiteral("/data, sets/\"Ziffern\"; groß = ä\\ü 数字 %20");
    {
        Settings first = settings();
        first.setTheme(ThemeChoice::Dark);
        first.setTrainingConfig(unusualConfig());
        first.setThreads(256);
        first.setDataset(dataset);
        first.setDeviceRequest(QStringLiteral("gpu:1"));
        first.setChartSmoothing(0.123456789012345678);
        first.setWindowGeometry(geometry);
        EXPECT_EQ(first.trainingConfig(), unusualConfig());
    }
    EXPECT_TRUE(QFileInfo::exists(m_path));
    // A copy, so that it is read from the disk and not from what QSettings remembers.
    const QString copy = m_root.filePath(QStringLiteral("copy.ini"));
    ASSERT_TRUE(QFile::copy(m_path, copy));
    const Settings second(copy);
    EXPECT_EQ(second.theme(), ThemeChoice::Dark);
    EXPECT_EQ(second.trainingConfig(), unusualConfig());
    EXPECT_EQ(second.dataset(), dataset);
    EXPECT_EQ(second.deviceRequest(), QStringLiteral("gpu:1"));
    EXPECT_EQ(second.chartSmoothing(), 0.123456789012345678);
    EXPECT_EQ(second.windowGeometry(), geometry);
}

TEST_F(SettingsTest, remembersEveryTheme)
{
    Settings settings(m_path);
    for (const ThemeChoice theme : {ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::System}) {
        settings.setTheme(theme);
        EXPECT_EQ(settings.theme(), theme);
    }
}

TEST_F(SettingsTest, keepsMachineAndConfigurationApart)
{
    Settings settings(m_path);
    settings.setDeviceRequest(QStringLiteral("cpu"));
    settings.setThreads(3);
    settings.setTrainingConfig(unusualConfig());
    EXPECT_EQ(settings.deviceRequest(), QStringLiteral("cpu"));
    TrainingConfig expected = unusualConfig();
    expected.threads = 3;
    EXPECT_EQ(settings.trainingConfig(), expected);
}

TEST_F(SettingsTest, takesTheRecipesValuesForThoseThatAreMissing)
{
    TrainingConfig expected;
    expected.epochs = 7;
    EXPECT_EQ(configFrom("epochs=7\n"), expected);
}

TEST_F(SettingsTest, takesTheRecipeForADamagedConfiguration)
{
    for (const char* damaged : {"epochs=0",
                                "epochs=1001",
                                "epochs=-3",
                                "epochs=many",
                                "epochs=",
                                "epochs=2.5",
                                "epochs=1, 2",
                                "epochs=4294967301",
                                "epochs=@Invalid()",
                                "batch_size=0",
                                "batch_size=4097",
                                "batch_size=x",
                                "learning_rate=0",
                                "learning_rate=-1",
                                "learning_rate=11",
                                "learning_rate=nan",
                                "learning_rate=inf",
                                "learning_rate=0;1",
                                "learning_rate=fast",
                                "optimizer=adam",
                                "schedule=",
                                "augmentation=1",
                                "patience=3",
                                "validation_share=0.9",
                                "seed=lucky",
                                "seed=-1",
                                "seed=18446744073709551616",
                                "seed=",
                                "hidden_units=0",
                                "hidden_units=129",
                                "hidden_units=x",
                                "kernel_size=0",
                                "kernel_size=12",
                                "kernel_size=x",
                                "threads=-1",
                                "threads=257",
                                "threads=all"}) {
        // The batch size or the epochs are fine, but no mixture of the two is wanted.
        const char* fine = std::string_view(damaged).starts_with("batch") ? "epochs=7\n" : "batch_size=64\n";
        EXPECT_EQ(configFrom(fine + std::string(damaged) + "\n"), TrainingConfig()) << damaged;
    }
}

TEST_F(SettingsTest, takesTheDefaultForSmoothingThatIsNoNumber)
{
    for (const char* damaged : {"much", "nan", "inf", "-inf", "", "0.5x", "1, 2"})
        EXPECT_EQ(smoothingFrom(damaged), 0.97) << damaged;
}

TEST_F(SettingsTest, keepsSmoothingWithinItsRange)
{
    EXPECT_EQ(smoothingFrom("-0.5"), 0);
    EXPECT_EQ(smoothingFrom("0"), 0);
    EXPECT_EQ(smoothingFrom("0.999"), 0.999);
    EXPECT_EQ(smoothingFrom("1"), 0.999);
    EXPECT_EQ(smoothingFrom("1e300"), 0.999);
    Settings settings(m_path);
    settings.setChartSmoothing(std::nan(""));
    EXPECT_EQ(settings.chartSmoothing(), 0.97);
}

TEST_F(SettingsTest, takesTheSystemsThemeForOneThatItDoesNotKnow)
{
    write("[appearance]\ntheme=pink\n");
    EXPECT_EQ(settings().theme(), ThemeChoice::System);
}

TEST_F(SettingsTest, choosesTheDeviceItselfWhereTheWordNamesNone)
{
    for (const char* damaged : {"", "toaster", "gpu:", "gpu:-1", "gpu:x", "cpu, gpu:0", "@Invalid()"})
        EXPECT_EQ(deviceFrom(damaged), QStringLiteral("auto")) << damaged;
    for (const char* fine : {"auto", "cpu", "gpu", "gpu:0", "gpu:7"})
        EXPECT_EQ(deviceFrom(fine), QLatin1String(fine));
}

TEST_F(SettingsTest, beginsWithDefaultsWhereTheFileIsNoIniFile)
{
    write(std::string("\x00\xff[[[=\n]training\n%%%=\\x\n[training\nepochs\n=5\n", 44));
    expectDefaults(settings());
    Settings changed = settings();
    changed.setTheme(ThemeChoice::Light);
    EXPECT_EQ(changed.theme(), ThemeChoice::Light);
}

TEST_F(SettingsTest, goesOnWhereNothingCanBeKept)
{
    test::writeFile(m_root.filePath(QStringLiteral("some")).toStdString(), "a file in the folder's place");
    {
        Settings first = settings();
        first.setTheme(ThemeChoice::Dark);
        EXPECT_EQ(first.theme(), ThemeChoice::Dark);
    }
    EXPECT_FALSE(QFileInfo::exists(m_path));
}

TEST(StudioFolders, areBelowTheUsersFolders)
{
    const core::StudioFolders folders = core::StudioFolders::standard();
    const QString home = qEnvironmentVariable("HOME");
    for (const QString& path : {folders.datasets, folders.runs, folders.settingsFile})
        EXPECT_TRUE(path.startsWith(home)) << path.toStdString();
    EXPECT_NE(folders.datasets, folders.runs);
    EXPECT_EQ(folders.systemDatasets, QStringList{QStringLiteral("/usr/share/datasets")});
}
