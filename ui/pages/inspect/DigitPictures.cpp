#include "ui/pages/inspect/DigitPictures.h"

#include "engine/recognition/Preprocessing.h"
#include "ui/render/PictureFile.h"
#include "ui/render/PictureReader.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>
#include <algorithm>

namespace ui
{
namespace
{

bool isDigit(const engine::ImageShape& shape)
{
    return shape == engine::ImageShape{1, engine::kImageSide, engine::kImageSide};
}

} // namespace

DigitPictures::DigitPictures(QObject* parent) : QObject(parent), m_reader(new PictureReader(this))
{
    connect(m_reader, &PictureReader::haveRead, this, &DigitPictures::onRead);
    connect(m_reader, &PictureReader::failed, this,
            [this](const engine::Error& error) { Q_EMIT failed(QString::fromStdString(error.message)); });
}

void DigitPictures::setShape(const engine::ImageShape& shape)
{
    m_shape = shape;
    m_reader->setShape(isDigit(shape) ? std::nullopt : std::optional(shape));
}

void DigitPictures::askForFile(QWidget* window)
{
    const QString path = QFileDialog::getOpenFileName(
        window, tr("Open a picture"), QStandardPaths::writableLocation(QStandardPaths::PicturesLocation),
        tr("Pictures (%1)").arg(PictureReader::filePatterns()));
    if (path.isEmpty())
        return;
    m_title = QFileInfo(path).fileName();
    m_reader->readFile(path);
}

bool DigitPictures::canRead(const QMimeData& data)
{
    return data.hasImage() || (data.hasUrls() && data.urls().first().isLocalFile());
}

bool DigitPictures::read(const QMimeData& data)
{
    if (!canRead(data))
        return false;
    const bool isFile = data.hasUrls() && data.urls().first().isLocalFile();
    m_title = isFile ? data.urls().first().fileName() : tr("the picture");
    return m_reader->readData(data);
}

void DigitPictures::onRead(const QImage& picture)
{
    if (!isDigit(m_shape))
        return Q_EMIT haveRead(pixelsOf(picture, m_shape.channels), m_title);
    const QImage& square = picture;
    engine::InkImage ink = engine::InkImage::blank(square.width(), square.height());
    for (int y = 0; y < square.height(); ++y)
        std::copy_n(square.constScanLine(y), square.width(), ink.ink.begin() + y * square.width());
    if (const auto normalized = engine::preprocessInk(ink))
        Q_EMIT haveRead(normalized->pixels, m_title);
    else
        Q_EMIT failed(QString::fromStdString(normalized.error().message));
}

} // namespace ui
