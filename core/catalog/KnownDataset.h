// The data sets that the program knows by name: their files, download mirrors and checksums.
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
    QString name;                ///< without ".gz", as in engine::kIdxFileNames; mirrors offer name + ".gz"
    QByteArray sha256;           ///< of the uncompressed content, lower-case hex; empty if not published
    QByteArray md5OfGz;          ///< of the mirrors' .gz, if no SHA-256 is known; otherwise empty
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
    QString systemFolderName; ///< inside a system folder of data sets: "fashion-mnist"
};

/// MNIST, Fashion-MNIST and KMNIST, in this order.
QList<KnownDataset> knownDatasets();

} // namespace core
