#include <QCoreApplication>
#include <QLocale>
#include <gtest/gtest.h>

// QProcess needs an application object.
int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    const QCoreApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); // as main() does
    return RUN_ALL_TESTS();
}
