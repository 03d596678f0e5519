// Removes from a PNG file what does not concern its pixels: compressed texts and profiles of a few KB inflate
// to MB each, and the decoder keeps them all.
#pragma once

#include <QByteArray>

namespace ui
{

/// The signature and the chunks IHDR, PLTE, tRNS, IDAT and IEND of a complete or truncated file.
QByteArray pngPixels(const QByteArray& content);

} // namespace ui
