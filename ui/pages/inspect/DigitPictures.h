// Pictures from a file, dropped or pasted, converted to network input: for gray images of 28 × 28 they are
// preprocessed like MNIST, otherwise scaled to the input size, in color if needed.
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

    /// Shape of the network input.
    void setShape(const engine::ImageShape& shape);
    /// Shows a file dialog above `window`.
    void askForFile(QWidget* window);
    /// False if there is neither a picture nor a file.
    bool read(const QMimeData& data);
    static bool canRead(const QMimeData& data);

Q_SIGNALS:
    /// Pixels of that shape, 0 … 255, and a title for the user.
    void haveRead(const std::vector<std::uint8_t>& pixels, const QString& title);
    void failed(const QString& message);

private:
    void onRead(const QImage& picture);

    PictureReader* m_reader;
    engine::ImageShape m_shape;
    QString m_title; ///< of the latest picture
};

} // namespace ui
