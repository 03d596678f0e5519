#include "ui/render/JpegStructure.h"

namespace ui
{
namespace
{

constexpr int kEndOfImage = 0xd9;
constexpr int kStartOfScan = 0xda;
constexpr int kComment = 0xfe;

bool isFrameHeader(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/// One pass, of which a decoder keeps no more than a few rows: baseline and extended, with either coding.
bool isSequential(int frameHeader)
{
    return frameHeader == 0xc0 || frameHeader == 0xc1 || frameHeader == 0xc9;
}

} // namespace

JpegStructure jpegStructure(const QByteArray& content)
{
    JpegStructure found;
    const auto at = [&](qsizetype position) {
        return position < content.size() ? static_cast<uchar>(content[position]) : 0;
    };
    // Also finds the markers behind the coded pixels, in which 0xff is followed by 0.
    for (qsizetype next = content.indexOf('\xff'); next >= 0; next = content.indexOf('\xff', next)) {
        const int marker = at(++next);
        if (marker == kEndOfImage)
            break;
        if (marker < 0xc0 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd8))
            continue; // has no length
        const int length = at(next + 1) << 8 | at(next + 2);
        if (isFrameHeader(marker)) {
            found.components = at(next + 8);
            found.isBuffered = found.isBuffered || !isSequential(marker);
        } else if (marker == kStartOfScan) {
            ++found.scans;
            found.isBuffered = found.isBuffered || at(next + 3) < found.components;
        } else if (marker >= 0xe0 && marker <= kComment) {
            found.metadataBytes += length;
        }
        next += 1 + length;
    }
    return found;
}

} // namespace ui
