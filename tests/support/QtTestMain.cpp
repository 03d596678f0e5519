// main() of the test programs that use Qt, with as much of an application as the program links.
#include "support/QtTestEnvironment.h"

#include <gtest/gtest.h>

#if defined(QT_WIDGETS_LIB)
#include <QApplication>
using TestApplication = QApplication;
#elif defined(QT_GUI_LIB)
#include <QGuiApplication>
using TestApplication = QGuiApplication;
#else
#include <QCoreApplication>
using TestApplication = QCoreApplication;
#endif

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    const test::QtTestEnvironment environment;
    const TestApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
