// Pictures of digits from a file, dropped or pasted, each made as MNIST's digits were.
#pragma once

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

    /// Shows a file dialog above `window`.
    void askForFile(QWidget* window);
    /// False if there is neither a picture nor a file.
    bool read(const QMimeData& data);
    static bool canRead(const QMimeData& data);

Q_SIGNALS:
    /// 28 × 28 pixels, 0 … 255, and what people call it.
    void haveRead(const std::vector<std::uint8_t>& pixels, const QString& title);
    void failed(const QString& message);

private:
    void onRead(const QImage& square);

    PictureReader* m_reader;
    QString m_title; ///< of the latest picture
};

} // namespace ui
