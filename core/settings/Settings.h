// Settings that persist between starts.
#pragma once

#include "engine/training/TrainingConfig.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

namespace core
{

enum class ThemeChoice { System, Light, Dark };

class Settings
{
public:
    /// `path` of an INI file, created when a value is first set.
    explicit Settings(const QString& path);

    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);

    /// The last configuration that was trained or edited; the Notebook recipe if there is none or it is
    /// damaged.
    engine::TrainingConfig trainingConfig() const;
    /// Stores all fields except the threads, which are a setting of the machine with its own setter.
    void setTrainingConfig(const engine::TrainingConfig& config);
    void setThreads(int threads);

    /// Empty if none was chosen yet.
    QString dataset() const;
    void setDataset(const QString& nameOrFolder);

    /// "auto", "cpu" or "gpu:N".
    QString deviceRequest() const;
    void setDeviceRequest(const QString& request);

    double chartSmoothing() const; ///< 0 … 0.999
    void setChartSmoothing(double smoothing);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);

private:
    mutable QSettings m_settings;
};

} // namespace core
