// What the markers of a JPEG file say about the cost of decoding it. A few bytes can ask for thousands of
// passes over all pixels, or for a buffer of all coefficients.
#pragma once

#include <QByteArray>

namespace ui
{

struct JpegStructure {
    int components = 0;       ///< 1 gray, 3 color, 4 CMYK; 0 if there is no frame header
    int scans = 0;            ///< passes over the pixels
    qint64 metadataBytes = 0; ///< application data and comments, which the decoder keeps in memory
    bool isBuffered = false; ///< all coefficients are kept until the last scan: progressive, or several scans
};

/// Of a complete or truncated file.
JpegStructure jpegStructure(const QByteArray& content);

} // namespace ui
