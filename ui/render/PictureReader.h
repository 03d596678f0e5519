// Reads pictures off the GUI thread, in any color and in the sizes and formats of PictureFile.h: the ink of a
// digit, or pixels scaled to a network input. Only the latest request is reported.
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

/// The center of `picture` in the aspect ratio of `shape`, scaled to its size: Grayscale8, or RGB32 with more
/// than one channel. Errors: BadFormat for a null picture.
engine::Result<QImage> fittedPicture(const QImage& picture, const engine::ImageShape& shape);

class PictureReader : public QObject
{
    Q_OBJECT
public:
    explicit PictureReader(QObject* parent = nullptr);

    /// Format of haveRead(): fittedPicture() of this shape, or inkSquareOf() for nullopt.
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
    /// See inkSquareOf() and fittedPicture().
    void haveRead(const QImage& picture);
    void failed(const engine::Error& error);

private:
    void readContent(const QByteArray& content);
    /// `read` gets the number of channels.
    void startFitting(std::function<engine::Result<QImage>(int channels)> read);
    void start(std::function<engine::Result<QImage>()> read);

    core::LatestTask m_work{*this};
    std::optional<engine::ImageShape> m_shape;
};

} // namespace ui
