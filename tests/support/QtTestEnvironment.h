// What every test program that uses Qt stands on: a home of its own, so that nothing of the user's is read or
// written, and a rule: a Qt warning that a test did not expect fails it.
#pragma once

#include <QTemporaryDir>

namespace test
{

/// Made at the start of main(), before any application object. mnistFolder() still finds what it found
/// before.
class QtTestEnvironment
{
public:
    QtTestEnvironment();
    ~QtTestEnvironment();
    QtTestEnvironment(const QtTestEnvironment&) = delete;
    QtTestEnvironment& operator=(const QtTestEnvironment&) = delete;

private:
    QTemporaryDir m_home;
};

} // namespace test
