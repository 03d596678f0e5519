// Opens pictures off the GUI thread: any format that Qt reads, any size and color. Of a picture of a digit
// what is ink, of another one as many pixels as a model reads. Of two pictures the newer counts.
#pragma once

#include "core/LatestTask.h"
#include "engine/ImageShape.h"
#include "engine/Result.h"

#include <QImage>
#include <QObject>
#include <functional>
#include <optional>

class QMimeData;

namespace ui
{

/// The ink of `picture`, centered in a square with the margin of a drawn digit: Grayscale8, 0 background …
/// 255 ink. Errors: BadFormat for a null picture, BadValue if there is no ink.
engine::Result<QImage> inkSquareOf(const QImage& picture);

/// The middle of `picture` in the proportions of `shape`, scaled to its size: Grayscale8, or RGB32 where it
/// has more than one channel. BadFormat where there is no picture.
engine::Result<QImage> fittedPicture(const QImage& picture, const engine::ImageShape& shape);

class PictureReader : public QObject
{
    Q_OBJECT
public:
    explicit PictureReader(QObject* parent = nullptr);

    /// What haveRead() gives from now on: fittedPicture() of this shape; nothing for inkSquareOf().
    void setShape(const std::optional<engine::ImageShape>& shape) { m_shape = shape; }
    void readFile(const QString& path);
    void readImage(const QImage& image);
    /// Reads the picture, or the first local file; false if there is neither.
    bool readData(const QMimeData& data);
    bool isBusy() const { return m_work.isBusy(); }

    /// Patterns for a file dialog: "*.png *.jpg …".
    static QString filePatterns();

Q_SIGNALS:
    void busyChanged();
    /// As inkSquareOf(), or as fittedPicture().
    void haveRead(const QImage& picture);
    void failed(const engine::Error& error);

private:
    void start(std::function<engine::Result<QImage>()> read);

    core::LatestTask m_work{*this};
    std::optional<engine::ImageShape> m_shape;
};

} // namespace ui
