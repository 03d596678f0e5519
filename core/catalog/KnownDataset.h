// The data sets that the program knows by name: what their files are, where they can be had, and how to tell
// that they are the right ones.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <array>

namespace core
{

struct KnownFile {
    QString name;       ///< without ".gz", as in engine::kIdxFileNames; mirrors offer name + ".gz"
    QByteArray sha256;  ///< of the uncompressed content, lower-case hex; empty where nobody published it
    QByteArray md5OfGz; ///< of the mirrors' .gz, where that is all that is known; else empty
    qint64 uncompressedSize = 0; ///< bytes
};

struct KnownDataset {
    QString id;    ///< "mnist"
    QString title; ///< "MNIST"
    QString licence;
    QStringList classNames;
    QList<QUrl> mirrors; ///< folders, each ending in "/"; tried in this order
    std::array<KnownFile, 4> files;
    qint64 downloadSize = 0;  ///< bytes of the four .gz files together
    QString systemFolderName; ///< below a system folder of data sets: "fashion-mnist"
};

/// MNIST, Fashion-MNIST and KMNIST, in this order.
QList<KnownDataset> knownDatasets();

} // namespace core
