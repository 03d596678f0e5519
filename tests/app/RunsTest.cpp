#include "Studio.h"
#include "core/runs/RunStore.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <set>

namespace
{

QStringList runs(const QStringList& more)
{
    return QStringList{QStringLiteral("runs")} + more;
}

} // namespace

TEST(Runs, listsShowsExportsAndDeletes)
{
    const Studio studio;
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("no runs yet"));
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const QString elsewhere = studio.path(QStringLiteral("elsewhere"));
    ASSERT_EQ(studio
                  .run(quickTraining(
                      {QStringLiteral("--out"), elsewhere, QStringLiteral("--seed"), QStringLiteral("7")}))
                  .exitCode,
              0);

    const auto listed = studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json();
    ASSERT_EQ(listed.size(), 2u);
    EXPECT_EQ(listed[0][QStringLiteral("run")].toInt(), 2);
    EXPECT_EQ(listed[0][QStringLiteral("path")].toString(), elsewhere);
    EXPECT_EQ(listed[1][QStringLiteral("state")].toString(), QStringLiteral("finished"));
    EXPECT_EQ(listed[1][QStringLiteral("test_total")].toInt(), 2000);
    const Ended people = studio.run(runs({QStringLiteral("list")}));
    EXPECT_TRUE(people.out.contains("Sketch digits")) << people.out.toStdString();
    EXPECT_TRUE(people.out.contains("seed 7")) << people.out.toStdString();

    const Ended shown = studio.run(runs({QStringLiteral("show"), QStringLiteral("2")}));
    EXPECT_EQ(shown.exitCode, 0);
    EXPECT_TRUE(shown.out.contains("Epoch 1")) << shown.out.toStdString();
    // A number names a run wherever its folder is.
    EXPECT_EQ(studio.run({QStringLiteral("evaluate"), QStringLiteral("2"), QStringLiteral("--json")})
                  .json()[0][QStringLiteral("correct")],
              listed[0][QStringLiteral("test_correct")]);

    const QString copy = studio.path(QStringLiteral("copy"));
    EXPECT_EQ(studio.run(runs({QStringLiteral("export"), QStringLiteral("2"), copy})).exitCode, 0);
    EXPECT_EQ(studio.read(QStringLiteral("copy/weights.pt")),
              studio.read(QStringLiteral("elsewhere/weights.pt")));
    EXPECT_EQ(studio.read(QStringLiteral("copy/batches.csv")).count('\n'), 1 + 10);
    EXPECT_EQ(studio.read(QStringLiteral("copy/epochs.csv")).count('\n'), 1 + 1);

    QFile notes(elsewhere + QStringLiteral("/notes.txt"));
    ASSERT_TRUE(notes.open(QIODevice::WriteOnly));
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("2")})).exitCode, 0);
    EXPECT_EQ(QDir(elsewhere).entryList(QDir::Files), QStringList{QStringLiteral("notes.txt")});
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("1")})).exitCode, 0);
    EXPECT_FALSE(QDir(studio.runsFolder() + QStringLiteral("/1")).exists());
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json().empty());
}

TEST(Runs, aRunWhoseFilesAreGoneIsShownAsSuchAndHarmsNothing)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    ASSERT_TRUE(QDir(studio.runsFolder() + QStringLiteral("/1")).removeRecursively());
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("files missing"));
    EXPECT_EQ(studio.run(runs({QStringLiteral("show"), QStringLiteral("1")})).exitCode, 1);
    const Ended exported =
        studio.run(runs({QStringLiteral("export"), QStringLiteral("1"), studio.path(QStringLiteral("x"))}));
    EXPECT_EQ(exported.exitCode, 1);
    EXPECT_TRUE(exported.err.contains("the files of run 1 are missing")) << exported.err.toStdString();
    for (const char* line : {"evaluate 1", "train --resume 1", "classify 1 picture.png"}) {
        const Ended ended = studio.run(QString::fromLatin1(line).split(QLatin1Char(' ')));
        EXPECT_EQ(ended.exitCode, 1) << line;
        EXPECT_TRUE(ended.err.contains("the files of run 1 are missing")) << line << ended.err.toStdString();
        EXPECT_TRUE(ended.err.contains("runs delete 1")) << line << ended.err.toStdString();
    }
    EXPECT_EQ(studio.run(quickTraining()).exitCode, 0);
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("1")})).exitCode, 0);
}

TEST(Runs, reportsDamageAndGivesAwayWhatIsSound)
{
    const Studio studio;
    for (int run = 1; run <= 4; ++run)
        ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const auto damage = [&](const char* file) {
        QFile damaged(studio.runsFolder() + QLatin1Char('/') + QLatin1String(file));
        ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
        damaged.write("junk");
    };
    damage("1/checkpoint.safetensors");
    damage("2/weights.pt");
    damage("3/weights.json");
    const QByteArray table = studio.run(runs({QStringLiteral("list")})).out;
    EXPECT_EQ(table.count("damaged"), 3) << table.toStdString();
    EXPECT_EQ(table.count("finished"), 1) << table.toStdString();
    const auto listed = studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json();
    ASSERT_EQ(listed.size(), 4U);
    const char* files[] = {"weights.json", "weights.pt", "checkpoint.safetensors"};
    EXPECT_TRUE(listed[0][QStringLiteral("problem")].isNull());
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_TRUE(listed[i][QStringLiteral("problem")].toString().contains(QLatin1String(files[i - 1])));
        const Ended shown =
            studio.run(runs({QStringLiteral("show"), QString::number(4 - i), QStringLiteral("--json")}));
        EXPECT_EQ(shown.exitCode, 1);
        EXPECT_TRUE(shown.err.contains(files[i - 1])) << shown.err.toStdString();
        const QJsonArray epochs = shown.json().at(0)[QStringLiteral("finished_epochs")].toArray();
        ASSERT_EQ(epochs.size(), 1) << "which some file still has";
        EXPECT_EQ(epochs[0].toObject()[QStringLiteral("test_total")].toInt(), 2000);
    }
    EXPECT_EQ(studio.run({QStringLiteral("evaluate"), QStringLiteral("1")}).exitCode, 0);
    EXPECT_EQ(studio.run({QStringLiteral("evaluate"), QStringLiteral("3")}).exitCode, 0);
    EXPECT_EQ(studio.run({QStringLiteral("evaluate"), QStringLiteral("2")}).exitCode, 1);

    const auto exported = [&](const char* run, const char* to) {
        return studio.run(runs({QStringLiteral("export"), QLatin1String(run), studio.path(QLatin1String(to)),
                                QStringLiteral("--json")}));
    };
    EXPECT_EQ(exported("2", "two").exitCode, 1);
    EXPECT_FALSE(QDir(studio.path(QStringLiteral("two"))).exists());
    const Ended first = exported("1", "one");
    ASSERT_EQ(first.exitCode, 0) << first.err.toStdString();
    EXPECT_EQ(first.json().at(0)[QStringLiteral("files")].toArray(),
              (QJsonArray{QStringLiteral("weights.pt"), QStringLiteral("weights.json"),
                          QStringLiteral("epochs.csv")}));
    EXPECT_EQ(exported("3", "three").exitCode, 0);
    EXPECT_TRUE(studio.read(QStringLiteral("three/weights.json")).contains("sketch-digits"));
    EXPECT_EQ(studio.read(QStringLiteral("three/weights.pt")), studio.read(QStringLiteral("one/weights.pt")))
        << "the same recipe and seed";
}

TEST(Runs, areShownExportedAndDeletedAsJson)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining({QStringLiteral("--epochs"), QStringLiteral("2")})).exitCode, 0);
    const auto shown =
        studio.run(runs({QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--json")})).json();
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0][QStringLiteral("state")].toString(), QStringLiteral("finished"));
    const QJsonArray epochs = shown[0][QStringLiteral("finished_epochs")].toArray();
    ASSERT_EQ(epochs.size(), 2);
    EXPECT_EQ(epochs[1].toObject()[QStringLiteral("epoch")].toInt(), 2);
    EXPECT_EQ(epochs[1].toObject()[QStringLiteral("test_correct")], shown[0][QStringLiteral("test_correct")]);
    const auto exported = studio
                              .run(runs({QStringLiteral("export"), QStringLiteral("1"),
                                         QStringLiteral("copy"), QStringLiteral("--json")}))
                              .json();
    ASSERT_EQ(exported.size(), 1U);
    EXPECT_EQ(exported[0][QStringLiteral("run")].toInt(), 1);
    for (const auto& file : exported[0][QStringLiteral("files")].toArray())
        EXPECT_FALSE(studio.read(QStringLiteral("copy/") + file.toString()).isEmpty());
    QFile notes(studio.runsFolder() + QStringLiteral("/1/notes.txt"));
    ASSERT_TRUE(notes.open(QIODevice::WriteOnly));
    const auto deleted =
        studio.run(runs({QStringLiteral("delete"), QStringLiteral("1"), QStringLiteral("--json")})).json();
    ASSERT_EQ(deleted.size(), 1U);
    EXPECT_EQ(deleted[0][QStringLiteral("run")].toInt(), 1);
    EXPECT_TRUE(deleted[0][QStringLiteral("folder_left")].toBool());
}

TEST(Runs, aDamagedListIsRebuiltAndThatIsSaidOnce)
{
    const Studio studio;
    const QString list = studio.runsFolder() + QStringLiteral(".sqlite");
    for (int run = 0; run < 2; ++run)
        ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const auto before = studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json();
    QFile file(list);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(9000, 'x'));
    file.close();
    const Ended listed = studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")}));
    EXPECT_EQ(listed.exitCode, 0);
    EXPECT_TRUE(listed.err.contains("The list of runs was damaged. It has been rebuilt from the run folders, "
                                    "with 2 runs."))
        << listed.err.toStdString();
    EXPECT_TRUE(listed.err.contains("runs.sqlite.damaged-1")) << listed.err.toStdString();
    const auto after = listed.json();
    ASSERT_EQ(after.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        for (const char* key : {"run", "state", "dataset", "recipe", "epochs", "epochs_planned",
                                "test_correct", "test_total", "path", "files", "problem"})
            EXPECT_EQ(after[i][QLatin1String(key)], before[i][QLatin1String(key)]) << key;
        EXPECT_NEAR(after[i][QStringLiteral("seconds")].toDouble(),
                    before[i][QStringLiteral("seconds")].toDouble(), 1e-9);
    }
    EXPECT_EQ(studio.run(runs({QStringLiteral("list")})).err.toStdString(), "");
    EXPECT_EQ(studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs.sqlite.damaged-1")),
              QByteArray(9000, 'x'));

    for (const char* name : {"", "-wal", "-shm"})
        QFile::remove(list + QLatin1String(name));
    const Ended trained = studio.run(quickTraining({QStringLiteral("--json")}));
    EXPECT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.err.contains("The list of runs was missing")) << trained.err.toStdString();
    EXPECT_EQ(trained.json().back()[QStringLiteral("run")].toInt(), 3);
}

TEST(Runs, theListIsRebuiltOnRequest)
{
    const Studio studio;
    const Ended nothing = studio.run(runs({QStringLiteral("rebuild")}));
    EXPECT_EQ(nothing.out.toStdString(), "The list has 0 runs: 0 added, 0 removed.\n");
    EXPECT_EQ(nothing.err.toStdString(), "");
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    ASSERT_TRUE(QDir(studio.runsFolder() + QStringLiteral("/1")).removeRecursively());
    ASSERT_TRUE((*core::RunStore::open(studio.runsFolder()))->withdraw(2));
    const Ended rebuilt = studio.run(runs({QStringLiteral("rebuild")}));
    EXPECT_EQ(rebuilt.out.toStdString(), "The list has 1 run: 1 added, 1 removed.\n")
        << rebuilt.err.toStdString();
    QFile file(studio.runsFolder() + QStringLiteral(".sqlite"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("junk");
    file.close();
    const Ended damaged = studio.run(runs({QStringLiteral("rebuild"), QStringLiteral("--json")}));
    EXPECT_TRUE(damaged.err.contains("was damaged")) << damaged.err.toStdString();
    const auto done = damaged.json();
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0][QStringLiteral("runs")].toInt(), 1);
    EXPECT_EQ(done[0][QStringLiteral("added")].toInt(), 0);
    EXPECT_TRUE(done[0][QStringLiteral("damaged_file")].toString().endsWith(QStringLiteral("damaged-1")));
}

TEST(Runs, aTrainingSaysThatItIsUnlisted)
{
    const Studio studio;
    ASSERT_TRUE(QDir().mkpath(studio.runsFolder() + QStringLiteral(".sqlite"))); // a folder in its place
    const Ended listed = studio.run(runs({QStringLiteral("list")}));
    EXPECT_EQ(listed.exitCode, 1);
    EXPECT_TRUE(listed.err.contains("runs.sqlite: expected the list of runs; found a folder"))
        << listed.err.toStdString();
    const Ended trained = studio.run(quickTraining({QStringLiteral("--json")}));
    EXPECT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.json().back()[QStringLiteral("run")].isNull());
    EXPECT_TRUE(trained.err.contains("this run is not in the list of runs")) << trained.err.toStdString();
    EXPECT_TRUE(trained.err.contains("/runs/1")) << trained.err.toStdString();
    EXPECT_TRUE(trained.err.contains("runs.sqlite")) << trained.err.toStdString();
}

TEST(Runs, numbersOutOfRangeAreRefused)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    for (const char* number : {"999999999", "2147483647"}) {
        const Ended shown = studio.run(runs({QStringLiteral("show"), QLatin1String(number)}));
        EXPECT_EQ(shown.exitCode, 1);
        EXPECT_TRUE(shown.err.contains("There is no run ")) << shown.err.toStdString();
    }
    EXPECT_EQ(studio.run(runs({QStringLiteral("show"), QStringLiteral("2147483648")})).exitCode, 2);
    ASSERT_TRUE(QDir().mkdir(studio.runsFolder() + QStringLiteral("/999999999")));
    const auto trainedNumber = [&] {
        const Ended ended = studio.run(quickTraining({QStringLiteral("--json")}));
        EXPECT_FALSE(ended.err.contains("not in the list")) << ended.err.toStdString();
        return ended.json().back()[QStringLiteral("run")].toInt();
    };
    EXPECT_EQ(trainedNumber(), 2) << "a made-up folder at the end of the range does not prevent training";
    ASSERT_TRUE(QDir(studio.runsFolder()).rename(QStringLiteral("999999999"), QStringLiteral("2147483647")));
    EXPECT_EQ(trainedNumber(), 3);
}

TEST(Runs, aRunThatHadNotBegunIsCalledSo)
{
    const Studio studio;
    // As a program leaves it that is killed before the first checkpoint.
    ASSERT_TRUE((*core::RunStore::open(studio.runsFolder()))->add({}));
    ASSERT_TRUE(QDir().mkpath(studio.runsFolder() + QStringLiteral("/1")));
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("  had not begun  "));
    const auto listed = studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_TRUE(listed[0][QStringLiteral("problem")].isNull());
    EXPECT_TRUE(listed[0][QStringLiteral("note")].toString().contains(QStringLiteral("had not begun")));
    const Ended shown = studio.run(runs({QStringLiteral("show"), QStringLiteral("1")}));
    EXPECT_EQ(shown.exitCode, 0) << shown.err.toStdString();
    EXPECT_TRUE(shown.out.contains("Run     1, had not begun")) << shown.out.toStdString();
    for (const char* line : {"evaluate 1", "train --resume 1", "runs export 1 copy"}) {
        const Ended ended = studio.run(QString::fromLatin1(line).split(QLatin1Char(' ')));
        EXPECT_EQ(ended.exitCode, 1) << line;
        EXPECT_TRUE(ended.err.contains("run 1 had not begun")) << line << ended.err.toStdString();
        EXPECT_TRUE(ended.err.contains("runs delete 1")) << line << ended.err.toStdString();
    }
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("1")})).exitCode, 0);
    EXPECT_FALSE(QDir(studio.runsFolder() + QStringLiteral("/1")).exists());
}

TEST(Runs, resumingRepairsARunThatWasKilledInItsFirstWrites)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const QDir folder(studio.runsFolder() + QStringLiteral("/1"));
    const QString path = QStringLiteral("home/.local/share/tinyvgg-studio/runs/1/weights.pt");
    const QByteArray weights = studio.read(path);
    for (const char* name : {"weights.pt", "weights.json", "predictions.safetensors"})
        ASSERT_TRUE(QFile::remove(folder.filePath(QLatin1String(name))));
    {
        const auto store = std::move(*core::RunStore::open(studio.runsFolder()));
        core::RunInfo run = store->list()->front();
        run.state = core::RunInfo::State::Running;
        ASSERT_TRUE(store->update(run));
    }
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("  resume repairs it  "));
    const Ended shown = studio.run(runs({QStringLiteral("show"), QStringLiteral("1")}));
    EXPECT_EQ(shown.exitCode, 0) << shown.err.toStdString();
    EXPECT_TRUE(shown.out.contains("Run     1, interrupted")) << shown.out.toStdString();
    EXPECT_TRUE(shown.out.contains("Resume repairs it")) << shown.out.toStdString();
    EXPECT_EQ(studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("1")}).exitCode,
              0);
    EXPECT_EQ(studio.read(path), weights);
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("  finished  "));
}

TEST(Runs, deletesNothingOfAFolderThatIsNoRun)
{
    const Studio studio;
    const QString thesis = studio.path(QStringLiteral("thesis"));
    ASSERT_TRUE(QDir().mkpath(thesis));
    QFile weights(thesis + QStringLiteral("/weights.pt"));
    ASSERT_TRUE(weights.open(QIODevice::WriteOnly));
    weights.write("precious");
    weights.close();
    core::RunInfo run;
    run.folder = thesis; // as a damaged list may name any folder
    for (const char* option : {"", "--json"}) {
        ASSERT_TRUE((*core::RunStore::open(studio.runsFolder()))->add(run, 6));
        const QString number = QString::number(option[0] == '\0' ? 7 : 8);
        QStringList words = {QStringLiteral("delete"), number};
        if (option[0] != '\0')
            words << QLatin1String(option);
        const Ended deleted = studio.run(runs(words));
        EXPECT_EQ(deleted.exitCode, 0) << deleted.err.toStdString();
        EXPECT_TRUE(deleted.out.contains("found no checkpoint of this program")) << deleted.out.toStdString();
        EXPECT_EQ(studio.read(QStringLiteral("thesis/weights.pt")), "precious");
        EXPECT_TRUE(studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json().empty());
    }
}

TEST(Runs, areReadByTheirUserAlone)
{
    const Studio studio;
    using Rights = std::filesystem::perms;
    const auto rightsOf = [](const QString& path) {
        return std::filesystem::status(path.toStdString()).permissions();
    };
    const QString data = studio.path(QStringLiteral("home/.local/share/tinyvgg-studio"));
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    EXPECT_EQ(rightsOf(data), Rights::owner_all);
    EXPECT_EQ(rightsOf(studio.runsFolder()), Rights::owner_all);

    // As an earlier version has made it. What the user names is the user's.
    std::filesystem::permissions(data.toStdString(), Rights(0755));
    const QString elsewhere = studio.path(QStringLiteral("elsewhere"));
    ASSERT_TRUE(QDir().mkdir(elsewhere));
    std::filesystem::permissions(elsewhere.toStdString(), Rights(0755));
    ASSERT_EQ(studio.run(quickTraining({QStringLiteral("--out"), elsewhere})).exitCode, 0);
    EXPECT_EQ(rightsOf(data), Rights::owner_all);
    EXPECT_EQ(rightsOf(elsewhere), Rights(0755));
}

TEST(Runs, knowsItsNumbers)
{
    for (const char* verb : {"show", "delete"}) {
        const Ended unknown = Studio().run(runs({QLatin1String(verb), QStringLiteral("9")}));
        EXPECT_EQ(unknown.exitCode, 1);
        EXPECT_TRUE(unknown.err.contains("runs list")) << unknown.err.toStdString();
        EXPECT_EQ(Studio().run(runs({QLatin1String(verb), QStringLiteral("first")})).exitCode, 2);
    }
    EXPECT_EQ(Studio().run(runs({})).exitCode, 2);
}

TEST(Runs, anUnknownRunIsReportedInTheSameWordsEverywhere)
{
    const Studio studio;
    const QByteArray expected = "There is no run 9. To list the runs: tinyvgg-studio runs list";
    for (const char* line :
         {"runs show 9", "runs delete 9", "runs export 9 copy", "evaluate 9", "train --resume 9"}) {
        const Ended ended = studio.run(QString::fromLatin1(line).split(QLatin1Char(' ')));
        EXPECT_EQ(ended.exitCode, 1) << line;
        EXPECT_TRUE(ended.err.contains(expected)) << line << ": " << ended.err.toStdString();
    }
    for (const char* line : {"evaluate no/where", "train --resume no/where"}) {
        const Ended ended = studio.run(QString::fromLatin1(line).split(QLatin1Char(' ')));
        EXPECT_EQ(ended.exitCode, 1) << line;
        EXPECT_TRUE(ended.err.contains("no/where: there is no such run folder or weights file"))
            << ended.err.toStdString();
    }
}

TEST(KilledRuns, areReadableAfterFiftyKillsAtRandomMoments)
{
    const Studio studio;
    ASSERT_EQ(studio
                  .run(quickTraining({QStringLiteral("--preset"), QStringLiteral("fast"),
                                      QStringLiteral("--epochs"), QStringLiteral("1")}))
                  .exitCode,
              0);
    const std::string folder = studio.runsFolder().toStdString() + "/1";
    std::mt19937 random(17);
    int epochs = 1;
    for (int kill = 1; kill <= 50; ++kill) {
        QProcess process;
        studio.start(process, {QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("1"),
                               QStringLiteral("--epochs"), QStringLiteral("1000"),
                               QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--json")});
        // From its first epoch on it writes all the time; some are killed before that.
        if (kill % 5 != 0)
            process.waitForReadyRead(600'000);
        process.waitForFinished(static_cast<int>(random() % 120));
        process.kill();
        ASSERT_TRUE(process.waitForFinished(600'000));

        const auto training = engine::readCheckpoint(folder);
        ASSERT_TRUE(training) << "kill " << kill << ": " << training.error().message;
        EXPECT_GE(training->state.epoch, epochs) << "kill " << kill << ": an epoch that was reported is lost";
        const auto reported =
            QString::fromUtf8(process.readAllStandardOutput()).count(QStringLiteral("\"event\":\"epoch\""));
        EXPECT_GE(training->state.epoch - 1, epochs - 1 + static_cast<int>(reported));
        epochs = training->state.epoch;
        const auto model = engine::readSavedModel(folder);
        ASSERT_TRUE(model) << "kill " << kill << ": " << model.error().message;
        ASSERT_TRUE(model->record) << "kill " << kill << ": the weights do not say what they are";
        EXPECT_EQ(model->record->datasetId, training->origin.datasetId);
        EXPECT_EQ(model->record->classNames, training->origin.classNames);
        const Ended evaluated = studio.run({QStringLiteral("evaluate"), QStringLiteral("1")});
        ASSERT_EQ(evaluated.exitCode, 0) << "kill " << kill << ": " << evaluated.err.toStdString();
    }
    EXPECT_GT(epochs, 20);
    EXPECT_TRUE(studio.run(runs({QStringLiteral("list")})).out.contains("interrupted"));
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("1")})).exitCode, 0);
    EXPECT_FALSE(QDir(studio.runsFolder() + QStringLiteral("/1")).exists()) << "with all that was left";
}

TEST(Runs, thatBeginAtOnceAreNumberedAsTheirFolders)
{
    const Studio studio;
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 8; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        studio.start(*processes.back(), quickTraining({QStringLiteral("--json")}));
    }
    std::set<int> numbers;
    for (const auto& process : processes) {
        const Ended ended = waitFor(*process);
        ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
        const QJsonObject done = ended.json().back();
        const int number = done[QStringLiteral("run")].toInt();
        EXPECT_EQ(QFileInfo(done[QStringLiteral("path")].toString()).fileName(), QString::number(number));
        numbers.insert(number);
    }
    EXPECT_EQ(numbers, (std::set<int>{1, 2, 3, 4, 5, 6, 7, 8}));
    for (const QJsonObject& run :
         studio.run(runs({QStringLiteral("list"), QStringLiteral("--json")})).json()) {
        EXPECT_EQ(QFileInfo(run[QStringLiteral("path")].toString()).fileName().toInt(),
                  run[QStringLiteral("run")].toInt());
    }
}

TEST(Runs, aRunWithWhatAKilledProgramHasLeftIsDeletedWholly)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const QDir folder(studio.runsFolder() + QStringLiteral("/1"));
    ASSERT_TRUE(QFile::copy(folder.filePath(QStringLiteral("weights.pt")),
                            folder.filePath(QStringLiteral("weights.pt.Ab12cd.tmp"))));
    EXPECT_EQ(studio.run(runs({QStringLiteral("delete"), QStringLiteral("1")})).exitCode, 0);
    EXPECT_FALSE(folder.exists());
}

TEST(Runs, killedAtItsVeryEndARunGetsItsWeightsWhenItGoesOn)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining({QStringLiteral("--epochs"), QStringLiteral("2")})).exitCode, 0);
    const QString weights = QStringLiteral("home/.local/share/tinyvgg-studio/runs/1/weights.pt");
    const QByteArray expected = studio.read(weights);
    ASSERT_TRUE(QFile::remove(studio.path(weights))); // as if they had never been written
    const Ended resumed =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("1")});
    EXPECT_EQ(resumed.exitCode, 0) << resumed.err.toStdString();
    EXPECT_EQ(studio.read(weights), expected);
}
