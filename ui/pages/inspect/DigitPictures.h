// Pictures from a file, dropped or pasted, as a model reads them: for gray images of 28 × 28 each is made as
// MNIST's digits were, for others it is scaled to their size, in color where they are.
#pragma once

#include "engine/ImageShape.h"
#include "engine/Result.h"

#include <QObject>
#include <cstdint>
#include <vector>

class QImage;
class QMimeData;

namespace ui
{

class PictureReader;

class DigitPictures : public QObject
{
    Q_OBJECT
public:
    explicit DigitPictures(QObject* parent = nullptr);

    /// Of the images that the pictures are to become.
    void setShape(const engine::ImageShape& shape);
    /// Asks for a file, in a dialog above `window`.
    void askForFile(QWidget* window);
    /// False if there is neither a picture nor a file.
    bool read(const QMimeData& data);
    static bool canRead(const QMimeData& data);

Q_SIGNALS:
    /// Pixels of that shape, 0 … 255, and what people call it.
    void haveRead(const std::vector<std::uint8_t>& pixels, const QString& title);
    void failed(const QString& message);

private:
    void onRead(const QImage& picture);

    PictureReader* m_reader;
    engine::ImageShape m_shape;
    QString m_title; ///< of the newest
};

} // namespace ui
