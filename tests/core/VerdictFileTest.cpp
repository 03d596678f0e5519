#include "core/evaluation/VerdictFile.h"

#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <QFileInfo>
#include <gtest/gtest.h>

using core::ImageKey;
using core::Judgement;
using core::Verdict;
using core::Verdicts;
using engine::ErrorCode;
using test::failsWith;

namespace
{

class VerdictFile : public testing::Test
{
protected:
    QString path() const { return core::verdictsPath(folder(), m_dataset); }
    QString folder() const { return QString::fromStdString((m_folder / "verdicts").string()); }
    auto read() const { return core::readVerdicts(path(), m_dataset); }
    auto write(const Verdicts& changes) const { return core::writeVerdicts(path(), m_dataset, changes); }
    std::string bytes() const { return test::readFile(path().toStdString()); }
    void put(const std::string& content) const
    {
        std::filesystem::create_directories(folder().toStdString());
        test::writeFile(path().toStdString(), content);
    }
    static std::string file(const std::string& entries)
    {
        return R"({"format":"tinyvgg-studio verdicts 1","dataset":"mnist","verdicts":[)" + entries + "]}";
    }

    test::TemporaryFolder m_folder;
    QString m_dataset = QStringLiteral("mnist");
};

const Verdicts kThree = {{{true, 947}, {Verdict::LabelWrong, QStringLiteral("a nine, \"clearly\"")}},
                         {{true, 3}, {Verdict::Unreadable, {}}},
                         {{false, 3}, {std::nullopt, QStringLiteral("schön")}}};

} // namespace

TEST_F(VerdictFile, hasNoneWhereThereIsNoFile)
{
    const auto none = read();
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_TRUE(none->empty());
}

TEST_F(VerdictFile, readsWhatWasWritten)
{
    ASSERT_TRUE(test::succeeds(write(kThree)));
    const auto again = read();
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, kThree);
}

TEST_F(VerdictFile, keepsWhatAnotherProgramWroteMeanwhile)
{
    ASSERT_TRUE(write(kThree));
    ASSERT_TRUE(write({{{true, 5}, {Verdict::ModelErred, {}}}, {{true, 3}, {}}}));
    Verdicts expected = kThree;
    expected.erase({true, 3}); // taken back
    expected[{true, 5}] = {Verdict::ModelErred, {}};
    EXPECT_EQ(*read(), expected);
}

TEST_F(VerdictFile, isNamedAsTheDataSet)
{
    EXPECT_TRUE(core::verdictsPath(folder(), QStringLiteral("fashion-mnist"))
                    .endsWith(QStringLiteral("/fashion-mnist.json")));
    const QString first = core::verdictsPath(folder(), QStringLiteral("/home/a/my digits"));
    const QString second = core::verdictsPath(folder(), QStringLiteral("/home/b/my digits"));
    EXPECT_NE(first, second);
    for (const QString& path : {first, second, core::verdictsPath(folder(), QStringLiteral("../../evil"))})
        EXPECT_EQ(QFileInfo(path).path(), folder()) << path.toStdString();
    EXPECT_TRUE(QFileInfo(first).fileName().startsWith(QStringLiteral("my-digits.")));
}

TEST_F(VerdictFile, rejectsWhatItHasNotWritten)
{
    const auto isRejected = [&](const std::string& content, const std::vector<std::string>& parts) {
        put(content);
        std::vector<std::string> all = parts;
        all.push_back(path().toStdString());
        return failsWith(read(), ErrorCode::BadFormat, all);
    };
    EXPECT_TRUE(isRejected("", {"JSON"}));
    EXPECT_TRUE(isRejected("{\"format\":", {"JSON", "byte"}));
    EXPECT_TRUE(isRejected("[]", {"JSON object"}));
    EXPECT_TRUE(isRejected("{}", {"format", "expected", "found nothing"}));
    EXPECT_TRUE(isRejected(R"({"format":"tinyvgg-studio verdicts 2"})", {"verdicts 1", "verdicts 2"}));
    EXPECT_TRUE(
        isRejected(R"({"format":"tinyvgg-studio verdicts 1","dataset":"kmnist"})", {"mnist", "kmnist"}));
    EXPECT_TRUE(
        isRejected(R"({"format":"tinyvgg-studio verdicts 1","dataset":"mnist","verdicts":{}})", {"list"}));
    EXPECT_TRUE(isRejected(file("7"), {"objects", "7"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"tset","index":1})"), {"split", "tset"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test"})"), {"index", "nothing"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":-1})"), {"index", "-1"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":1.5})"), {"index", "1.5"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":1e12})"), {"index"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":1,"verdict":"maybe"})"), {"verdict", "maybe"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":1,"note":5})"), {"note", "5"}));
    EXPECT_TRUE(isRejected(file(R"({"split":"test","index":1,"note":")" + std::string(2001, 'x') + "\"}"),
                           {"2000", "2001"}));
    const std::string one = R"({"split":"test","index":1,"verdict":"unreadable"})";
    EXPECT_TRUE(isRejected(file(one + "," + one), {"twice"}));
    put(file(one));
    EXPECT_TRUE(test::succeeds(read()));
}

TEST_F(VerdictFile, survivesWhateverDamage)
{
    ASSERT_TRUE(write(kThree));
    const std::string good = bytes();
    std::mt19937_64 random(7);
    int rejected = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string bad = test::damaged(good, random);
        put(bad);
        const auto result = read();
        if (result)
            continue;
        ++rejected;
        EXPECT_EQ(result.error().code, ErrorCode::BadFormat);
        EXPECT_FALSE(write({{{true, 1}, {Verdict::Unreadable, {}}}}));
        EXPECT_EQ(bytes(), bad) << "left as it was";
    }
    EXPECT_GT(rejected, 200);
}

TEST_F(VerdictFile, setsADamagedFileAside)
{
    put("nonsense");
    const auto aside = core::setAside(path());
    ASSERT_TRUE(aside) << aside.error().message;
    EXPECT_EQ(test::readFile(aside->toStdString()), "nonsense");
    EXPECT_TRUE(read()->empty());
    put("more nonsense");
    EXPECT_NE(*core::setAside(path()), *aside);
    EXPECT_EQ(test::readFile(aside->toStdString()), "nonsense");
    EXPECT_TRUE(failsWith(core::setAside(path()), ErrorCode::CannotWrite, {path().toStdString()}));
}

TEST_F(VerdictFile, saysWhereItCannotBeWritten)
{
    test::writeFile(m_folder / "verdicts", "a file where the folder should be");
    EXPECT_TRUE(failsWith(write(kThree), ErrorCode::CannotWrite, {path().toStdString()}));
}
