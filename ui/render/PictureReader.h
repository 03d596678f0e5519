// Reads pictures of digits off the GUI thread, in any size, color and format that Qt supports, and extracts
// the ink. Only the latest request is reported.
#pragma once

#include "core/LatestTask.h"
#include "engine/Result.h"

#include <QImage>
#include <QObject>
#include <functional>

class QMimeData;

namespace ui
{

/// The ink of `picture`, centered in a square with the margin of a drawn digit: Grayscale8, 0 background …
/// 255 ink. Errors: BadFormat for a null picture, BadValue if there is no ink.
engine::Result<QImage> inkSquareOf(const QImage& picture);

class PictureReader : public QObject
{
    Q_OBJECT
public:
    explicit PictureReader(QObject* parent = nullptr);

    void readFile(const QString& path);
    void readImage(const QImage& image);
    /// Reads the picture, or the first local file; false if there is neither.
    bool readData(const QMimeData& data);
    bool isBusy() const { return m_work.isBusy(); }

    /// Patterns for a file dialog: "*.png *.jpg …".
    static QString filePatterns();

Q_SIGNALS:
    void busyChanged();
    /// `square`: see inkSquareOf().
    void haveRead(const QImage& square);
    void failed(const engine::Error& error);

private:
    void start(std::function<engine::Result<QImage>()> read);

    core::LatestTask m_work{*this};
};

} // namespace ui
