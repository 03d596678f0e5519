#include "Studio.h"
#include "support/PictureFiles.h"

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QPainter>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace
{

/// One run of a few seconds' training on Sketch digits, which reads digits that are drawn in the same manner.
class Classify : public testing::Test
{
protected:
    void SetUp() override
    {
        const Ended trained = studio.run(
            quickTraining({QStringLiteral("--preset"), QStringLiteral("fast"), QStringLiteral("--limit"),
                           QStringLiteral("6000"), QStringLiteral("--epochs"), QStringLiteral("3")}));
        ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    }

    Ended classify(const QStringList& more) const
    {
        return studio.run(QStringList{QStringLiteral("classify"), QStringLiteral("1")} + more);
    }

    /// A one, drawn in `ink` on `ground`.
    QString drawOne(const QString& name, const QSize& size, const QColor& ink, const QColor& ground) const
    {
        QImage image(size, QImage::Format_ARGB32);
        image.fill(ground);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        const double unit = size.height() / 10.0;
        painter.setPen(QPen(ink, unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawLine(QPointF(size.width() * .6, 2 * unit), QPointF(size.width() * .6, 8 * unit));
        painter.end();
        const QString path = studio.path(name);
        EXPECT_TRUE(image.save(path));
        return path;
    }

    QString writeLines(const QString& name, const QByteArray& text) const
    {
        QFile file(studio.path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        return file.fileName();
    }

    Studio studio;
};

const QByteArray kOne = R"({"label":1,"strokes":[[[50,10],[51,40],[50,90]]]})";
const QByteArray kZero =
    R"({"label":0,"strokes":[[[50,10],[30,20],[20,50],[30,80],[50,90],[70,80],[80,50],[70,20],[50,10]]]})";

} // namespace

TEST_F(Classify, readsPicturesOfAnySizeColorAndGround)
{
    const QStringList paths = {
        drawOne(QStringLiteral("black on white.png"), {200, 300}, Qt::black, Qt::white),
        drawOne(QStringLiteral("blue on yellow.jpg"), {640, 480}, Qt::darkBlue, Qt::yellow),
        drawOne(QStringLiteral("chalk.bmp"), {90, 70}, Qt::white, QColor(20, 60, 40)),
        drawOne(QStringLiteral("black on nothing.png"), {300, 300}, Qt::black, Qt::transparent),
        drawOne(QStringLiteral("white on nothing.png"), {300, 300}, Qt::white, Qt::transparent),
        drawOne(QStringLiteral("large.png"), {6100, 6000}, Qt::black, Qt::white)};
    const Ended ended = classify(paths + QStringList{QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.err.toStdString(), "");
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 6u); // no labels, so no line of what was right
    for (int i = 0; i < 6; ++i) {
        const QJsonObject& line = lines[static_cast<std::size_t>(i)];
        EXPECT_EQ(line.keys(), (QStringList{QStringLiteral("index"), QStringLiteral("prediction"),
                                            QStringLiteral("probabilities"), QStringLiteral("source")}));
        EXPECT_EQ(line[QStringLiteral("source")].toString(), paths[i]);
        EXPECT_EQ(line[QStringLiteral("index")].toInt(-1), i);
        EXPECT_EQ(line[QStringLiteral("prediction")].toInt(-1), 1) << paths[i].toStdString();
        double sum = 0;
        const QJsonArray probabilities = line[QStringLiteral("probabilities")].toArray();
        EXPECT_EQ(probabilities.size(), 10);
        for (const auto& probability : probabilities)
            sum += probability.toDouble();
        EXPECT_NEAR(sum, 1, 1e-4);
    }
}

TEST_F(Classify, readsStrokesAndCountsWhatIsRight)
{
    QByteArray wrong = kOne;
    wrong.replace("\"label\":1", "\"label\":8");
    QByteArray unlabeled = kZero;
    unlabeled.replace("\"label\":0,", "");
    const QString file = writeLines(QStringLiteral("drawn.jsonl"),
                                    kOne + "\n\n" + kZero + "\n" + wrong + "\n" + unlabeled + "\n");
    const Ended ended = classify({QStringLiteral("--strokes"), file, QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 5u);
    const std::vector<int> predictions = {1, 0, 1, 0};
    const std::vector<int> labels = {1, 0, 8, -1};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(lines[i][QStringLiteral("index")].toInt(-1), static_cast<int>(i));
        EXPECT_EQ(lines[i][QStringLiteral("prediction")].toInt(-1), predictions[i]);
        EXPECT_EQ(lines[i][QStringLiteral("label")].toInt(-1), labels[i]);
        EXPECT_EQ(lines[i][QStringLiteral("source")].toString(), file);
    }
    EXPECT_EQ(lines[4][QStringLiteral("event")].toString(), QStringLiteral("done"));
    EXPECT_EQ(lines[4][QStringLiteral("correct")].toInt(-1), 2);
    EXPECT_EQ(lines[4][QStringLiteral("total")].toInt(-1), 3);

    const Ended forPeople = classify({QStringLiteral("--strokes"), file});
    EXPECT_TRUE(forPeople.out.contains("drawn.jsonl, line 4: 1 (")) << forPeople.out.toStdString();
    EXPECT_TRUE(forPeople.out.contains("but it is labeled 8")) << forPeople.out.toStdString();
    EXPECT_TRUE(forPeople.out.contains("Correct: 66.67 % (2/3)")) << forPeople.out.toStdString();
}

TEST_F(Classify, showsTheNetworkARawPictureAsItIs)
{
    // Small in a corner: where nothing is centered it is no digit in the middle.
    QImage image(280, 280, QImage::Format_Grayscale8);
    image.fill(0);
    QPainter painter(&image);
    painter.fillRect(10, 10, 10, 50, Qt::white);
    painter.end();
    const QString path = studio.path(QStringLiteral("corner.png"));
    ASSERT_TRUE(image.save(path));
    const Ended ink = classify({path, QStringLiteral("--json")});
    const Ended raw = classify({path, QStringLiteral("--raw"), QStringLiteral("--json")});
    ASSERT_EQ(ink.exitCode, 0) << ink.err.toStdString();
    ASSERT_EQ(raw.exitCode, 0) << raw.err.toStdString();
    EXPECT_EQ(ink.json().front()[QStringLiteral("prediction")].toInt(-1), 1);
    EXPECT_NE(raw.json().front()[QStringLiteral("probabilities")],
              ink.json().front()[QStringLiteral("probabilities")]);
}

TEST_F(Classify, reportsPicturesThatCannotBeReadAndReadsTheOthers)
{
    const QString one = drawOne(QStringLiteral("one.png"), {100, 150}, Qt::black, Qt::white);
    const QString text = writeLines(QStringLiteral("text.png"), "no picture");
    QImage blank(50, 50, QImage::Format_RGB32);
    blank.fill(Qt::white);
    const QString empty = studio.path(QStringLiteral("blank.png"));
    ASSERT_TRUE(blank.save(empty));
    const Ended ended = classify({studio.path(QStringLiteral("nowhere.png")), text, empty, one});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("nowhere.png: no such file")) << ended.err.toStdString();
    EXPECT_TRUE(ended.err.contains("text.png: expected an image file")) << ended.err.toStdString();
    EXPECT_TRUE(ended.err.contains("blank.png: There is no ink")) << ended.err.toStdString();
    EXPECT_EQ(ended.out.count('\n'), 1) << ended.out.toStdString();
    EXPECT_TRUE(ended.out.contains("one.png: 1 (")) << ended.out.toStdString();
}

TEST_F(Classify, readsTheOthersWherePicturesAreMadeToDoHarm)
{
    const QByteArray svg =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>";
    const QString pipe = studio.path(QStringLiteral("pipe.png"));
    ASSERT_EQ(mkfifo(qPrintable(pipe), 0600), 0);
    const QStringList harmful = {
        writeLines(QStringLiteral("text.svg"), svg + "<text y='20'>7</text></svg>"),
        writeLines(QStringLiteral("itself.svg"),
                   svg + "<image xlink:href='itself.svg' width='9' height='9'/></svg>"),
        writeLines(QStringLiteral("named.png"),
                   svg + "<image xlink:href='one.png' width='9' height='9'/></svg>"),
        writeLines(QStringLiteral("large.gif"), test::gif(16'000, 16'000)),
        writeLines(QStringLiteral("rows.png"), test::grayPng(30'000, 1, true, false)),
        pipe,
        QStringLiteral("/dev/zero"),
        studio.path(QString())};
    const QString first = drawOne(QStringLiteral("one.png"), {100, 150}, Qt::black, Qt::white);
    const QString last = drawOne(QStringLiteral("last.png"), {90, 90}, Qt::black, Qt::white);
    for (const QStringList& mode : {QStringList(), QStringList(QStringLiteral("--raw"))}) {
        const Ended ended = classify(QStringList(first) + harmful + QStringList(last) + mode);
        EXPECT_EQ(ended.exitCode, 1);
        EXPECT_EQ(ended.out.count('\n'), 2) << ended.out.toStdString();
        EXPECT_TRUE(ended.out.contains("one.png: ") && ended.out.contains("last.png: "));
        EXPECT_EQ(ended.err.count("SVG pictures are not read; export it as PNG."), 3)
            << ended.err.toStdString();
        EXPECT_TRUE(ended.err.contains("at most 40,000,000 pixels; found 256,000,000 (16,000 × 16,000)"))
            << ended.err.toStdString();
        EXPECT_TRUE(ended.err.contains("found 900,000,000")) << ended.err.toStdString();
        EXPECT_EQ(ended.err.count("expected an image file, but it cannot be read"), 3)
            << ended.err.toStdString();
        EXPECT_EQ(ended.err.count('\n'), harmful.size()) << ended.err.toStdString();
    }
}

TEST_F(Classify, refusesDamagedStrokesAndWrongUsage)
{
    const QString damaged = writeLines(QStringLiteral("damaged.jsonl"), kOne + "\n{\"strokes\":[[[1]]]}\n");
    const Ended refused = classify({QStringLiteral("--strokes"), damaged});
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_TRUE(refused.err.contains("damaged.jsonl, line 2: expected a point")) << refused.err.toStdString();
    EXPECT_EQ(classify({}).exitCode, 2);
    EXPECT_EQ(classify({QStringLiteral("a.png"), QStringLiteral("--strokes"), damaged}).exitCode, 2);
    EXPECT_EQ(classify({QStringLiteral("--strokes"), damaged, QStringLiteral("--raw")}).exitCode, 2);
    EXPECT_EQ(
        studio.run({QStringLiteral("classify"), QStringLiteral("77"), QStringLiteral("a.png")}).exitCode, 1);
}
