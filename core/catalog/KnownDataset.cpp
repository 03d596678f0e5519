#include "core/catalog/KnownDataset.h"

#include "engine/data/IdxFolder.h"

namespace core
{
namespace
{

// All three have 60,000 training and 10,000 test images of 28 × 28.
constexpr std::array<qint64, 4> kSizes = {47'040'016, 60'008, 7'840'016, 10'008};

std::array<KnownFile, 4> filesWithSha256(const std::array<const char*, 4>& sums)
{
    std::array<KnownFile, 4> files;
    for (std::size_t i = 0; i < files.size(); ++i)
        files[i] = {QString::fromLatin1(engine::kIdxFileNames[i]), sums[i], {}, kSizes[i]};
    return files;
}

std::array<KnownFile, 4> filesWithMd5OfGz(const std::array<const char*, 4>& sums)
{
    std::array<KnownFile, 4> files;
    for (std::size_t i = 0; i < files.size(); ++i)
        files[i] = {QString::fromLatin1(engine::kIdxFileNames[i]), {}, sums[i], kSizes[i]};
    return files;
}

QStringList digitNames()
{
    QStringList names;
    for (int digit = 0; digit < 10; ++digit)
        names.append(QString::number(digit));
    return names;
}

KnownDataset mnist()
{
    KnownDataset dataset;
    dataset.id = QStringLiteral("mnist");
    dataset.title = QStringLiteral("MNIST");
    dataset.licence = QStringLiteral("CC BY-SA 3.0");
    dataset.classNames = digitNames();
    dataset.mirrors = {QUrl(QStringLiteral("https://ossci-datasets.s3.amazonaws.com/mnist/")),
                       QUrl(QStringLiteral("https://storage.googleapis.com/cvdf-datasets/mnist/"))};
    dataset.files = filesWithSha256({"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                                     "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                                     "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                                     "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"});
    dataset.downloadSize = 11'594'722;
    dataset.systemFolderName = QStringLiteral("mnist");
    return dataset;
}

KnownDataset fashionMnist()
{
    KnownDataset dataset;
    dataset.id = QStringLiteral("fashion-mnist");
    dataset.title = QStringLiteral("Fashion-MNIST");
    dataset.licence = QStringLiteral("MIT");
    dataset.classNames = {QStringLiteral("T-shirt/top"), QStringLiteral("Trouser"),
                          QStringLiteral("Pullover"),    QStringLiteral("Dress"),
                          QStringLiteral("Coat"),        QStringLiteral("Sandal"),
                          QStringLiteral("Shirt"),       QStringLiteral("Sneaker"),
                          QStringLiteral("Bag"),         QStringLiteral("Ankle boot")};
    dataset.mirrors = {QUrl(QStringLiteral("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"))};
    dataset.files = filesWithSha256({"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                                     "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                                     "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                                     "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"});
    dataset.downloadSize = 30'878'645;
    dataset.systemFolderName = QStringLiteral("fashion-mnist");
    return dataset;
}

KnownDataset kmnist()
{
    KnownDataset dataset;
    dataset.id = QStringLiteral("kmnist");
    dataset.title = QStringLiteral("KMNIST");
    dataset.licence = QStringLiteral("CC BY-SA 4.0");
    dataset.classNames = {QStringLiteral("お o"),   QStringLiteral("き ki"), QStringLiteral("す su"),
                          QStringLiteral("つ tsu"), QStringLiteral("な na"), QStringLiteral("は ha"),
                          QStringLiteral("ま ma"),  QStringLiteral("や ya"), QStringLiteral("れ re"),
                          QStringLiteral("を wo")};
    dataset.mirrors = {QUrl(QStringLiteral("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"))};
    dataset.files =
        filesWithMd5OfGz({"bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344",
                          "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134"});
    dataset.downloadSize = 21'000'000; // not published; an estimate for the progress bar
    dataset.systemFolderName = QStringLiteral("kmnist");
    return dataset;
}

} // namespace

QList<KnownDataset> knownDatasets()
{
    return {mnist(), fashionMnist(), kmnist()};
}

} // namespace core
