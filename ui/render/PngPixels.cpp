#include "ui/render/PngPixels.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <string_view>

namespace ui
{

QByteArray pngPixels(const QByteArray& content)
{
    constexpr qsizetype kSignature = 8;
    constexpr qsizetype kFrame = 12; // length, type and checksum of a chunk
    constexpr std::array<std::string_view, 5> kKept = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    QByteArray pixels = content.left(kSignature);
    qsizetype at = kSignature;
    while (content.size() - at >= kFrame) {
        const qsizetype whole = kFrame + qFromBigEndian<quint32>(content.constData() + at);
        const std::string_view type(content.constData() + at + 4, 4);
        if (std::ranges::find(kKept, type) != kKept.end())
            pixels += QByteArrayView(content).sliced(at, std::min(whole, content.size() - at));
        at += std::min(whole, content.size() - at);
    }
    return pixels;
}

} // namespace ui
