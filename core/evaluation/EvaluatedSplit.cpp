#include "core/evaluation/EvaluatedSplit.h"

#include <QCoreApplication>

namespace core
{

QString imagesName(SplitKind kind)
{
    const char* name = kind == SplitKind::Test         ? QT_TRANSLATE_NOOP("core", "test images")
                       : kind == SplitKind::Validation ? QT_TRANSLATE_NOOP("core", "validation images")
                                                       : QT_TRANSLATE_NOOP("core", "training images");
    return QCoreApplication::translate("core", name);
}

} // namespace core
