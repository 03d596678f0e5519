// Opens pictures of digits off the GUI thread: any format that Qt reads, any size and color, and what of it
// is ink. Of two pictures the newer counts.
#pragma once

#include "core/LatestTask.h"
#include "engine/Result.h"

#include <QImage>
#include <QObject>
#include <functional>

class QMimeData;

namespace ui
{

/// The ink of `picture`, in the middle of a square with the margin that a drawn digit has: Grayscale8, 0
/// background … 255 ink. BadFormat where there is no picture, BadValue where no ink is found on it.
engine::Result<QImage> inkSquareOf(const QImage& picture);

class PictureReader : public QObject
{
    Q_OBJECT
public:
    explicit PictureReader(QObject* parent = nullptr);

    void readFile(const QString& path);
    void readImage(const QImage& image);
    /// The picture itself, or the first file that is named; false where there is neither.
    bool readData(const QMimeData& data);
    bool isBusy() const { return m_work.isBusy(); }

    /// As a file dialog wants them: "*.png *.jpg …".
    static QString filePatterns();

Q_SIGNALS:
    void busyChanged();
    /// `square`: as inkSquareOf().
    void haveRead(const QImage& square);
    void failed(const engine::Error& error);

private:
    void start(std::function<engine::Result<QImage>()> read);

    core::LatestTask m_work{*this};
};

} // namespace ui
