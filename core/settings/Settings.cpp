#include "core/settings/Settings.h"

#include "engine/storage/NetworkFile.h"
#include "engine/training/TrainingConfigFields.h"

#include <algorithm>
#include <cmath>

namespace core
{
namespace
{

constexpr auto kTheme = "appearance/theme";
constexpr auto kSmoothing = "charts/smoothing";
constexpr auto kDataset = "data/dataset";
constexpr auto kGeometry = "window/geometry";
constexpr auto kDevice = "training/device";
constexpr auto kNetwork = "network"; // within training

// Parses text, because QVariant's own conversions truncate silently.
bool parse(const QString& text, int& number)
{
    bool isNumber = false;
    number = text.toInt(&isNumber);
    return isNumber;
}

bool parse(const QString& text, double& number)
{
    bool isNumber = false;
    number = text.toDouble(&isNumber);
    return isNumber;
}

bool parse(const QString& text, std::uint64_t& number)
{
    bool isNumber = false;
    number = text.toULongLong(&isNumber);
    return isNumber;
}

template<typename Enum>
requires std::is_enum_v<Enum>
bool parse(const QString& text, Enum& value)
{
    return engine::setByName(value, text.toStdString());
}

} // namespace

Settings::Settings(const QString& path) : m_settings(path, QSettings::IniFormat) {}

ThemeChoice Settings::theme() const
{
    const QString name = m_settings.value(kTheme).toString();
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    return name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    const char* name = theme == ThemeChoice::Light ? "light" : theme == ThemeChoice::Dark ? "dark" : "system";
    m_settings.setValue(kTheme, QLatin1String(name));
}

engine::TrainingConfig Settings::trainingConfig() const
{
    engine::TrainingConfig config;
    bool isDamaged = false;
    const auto read = [&](const char* key, auto& field) {
        if (m_settings.contains(key) && !parse(m_settings.value(key).toString(), field))
            isDamaged = true;
    };
    m_settings.beginGroup(QStringLiteral("training"));
    engine::visitRecipe(config, read);
    read("threads", config.threads);
    if (m_settings.contains(kNetwork)) {
        auto network = engine::choiceFromText(m_settings.value(kNetwork).toString().toStdString());
        isDamaged = isDamaged || !network;
        if (network)
            config.network = std::move(*network);
    } else { // older settings: always a TinyVGG of two blocks
        read("hidden_units", config.network.tinyVgg.hiddenUnits.front());
        read("kernel_size", config.network.tinyVgg.kernelSizes.front());
    }
    m_settings.endGroup();
    return !isDamaged && engine::validate(config) ? config : engine::TrainingConfig();
}

void Settings::setTrainingConfig(const engine::TrainingConfig& config)
{
    m_settings.beginGroup(QStringLiteral("training"));
    engine::visitRecipe(config, [this](const char* key, const auto& field) {
        using Field = std::decay_t<decltype(field)>;
        if constexpr (std::is_enum_v<Field>)
            m_settings.setValue(key, QLatin1String(engine::nameOf(field)));
        else if constexpr (std::is_same_v<Field, std::uint64_t>)
            m_settings.setValue(key, QVariant::fromValue<qulonglong>(field));
        else
            m_settings.setValue(key, field);
    });
    m_settings.setValue(kNetwork, QString::fromStdString(engine::choiceText(config.network)));
    m_settings.endGroup();
}

void Settings::setThreads(int threads)
{
    m_settings.setValue("training/threads", threads);
}

QString Settings::dataset() const
{
    return m_settings.value(kDataset).toString();
}

void Settings::setDataset(const QString& nameOrFolder)
{
    m_settings.setValue(kDataset, nameOrFolder);
}

QString Settings::deviceRequest() const
{
    const QString request = m_settings.value(kDevice).toString();
    // Only checks that the text is a valid request, not whether the device exists.
    const auto device = engine::chooseDevice(request.toStdString(), {});
    const bool isRequest = device || device.error().code == engine::ErrorCode::DeviceUnavailable;
    return isRequest ? request : QStringLiteral("auto");
}

void Settings::setDeviceRequest(const QString& request)
{
    m_settings.setValue(kDevice, request);
}

double Settings::chartSmoothing() const
{
    constexpr double kDefault = 0.97;
    double value = kDefault;
    const bool isNumber = parse(m_settings.value(kSmoothing, kDefault).toString(), value);
    return isNumber && std::isfinite(value) ? std::clamp(value, 0.0, 0.999) : kDefault;
}

void Settings::setChartSmoothing(double smoothing)
{
    m_settings.setValue(kSmoothing, smoothing);
}

QByteArray Settings::windowGeometry() const
{
    return m_settings.value(kGeometry).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    m_settings.setValue(kGeometry, geometry);
}

} // namespace core
