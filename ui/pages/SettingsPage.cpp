#include "ui/pages/SettingsPage.h"

#include "core/PrivateFolder.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/session/DeviceProbe.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "engine/training/TrainingConfigRanges.h"
#include "ui/style/TextRole.h"
#include "ui/style/Theme.h"
#include "ui/widgets/Card.h"

#include <QDesktopServices>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

namespace ui
{
namespace
{
constexpr int kWidth = 640; // longer lines are hard to read
}

SettingsPage::SettingsPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_devices(new QGridLayout)
{
    setObjectName(QStringLiteral("settingsPage"));
    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    for (QWidget* card : {makeAppearanceCard(), makeComputeCard(), makeFoldersCard()}) {
        card->setMaximumWidth(kWidth);
        card->setMinimumWidth(kWidth);
        column->addWidget(card);
    }
    column->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(column);
    layout->addStretch();
    connect(&services.devices, &core::DeviceProbe::listed, this, &SettingsPage::listDevices);
    connect(&services.training, &core::TrainingController::stateChanged, this, &SettingsPage::showDevice);
    listDevices();
}

QWidget* SettingsPage::makeAppearanceCard()
{
    auto* card = new Card(tr("Appearance"), this);
    const std::pair<core::ThemeChoice, QString> choices[] = {
        {core::ThemeChoice::System, tr("Follow the system")},
        {core::ThemeChoice::Light, tr("Light")},
        {core::ThemeChoice::Dark, tr("Dark")}};
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    for (const auto& [choice, name] : choices) {
        auto* button = new QRadioButton(name, card);
        button->setObjectName(QStringLiteral("theme_%1").arg(static_cast<int>(choice)));
        button->setAccessibleName(name);
        button->setChecked(m_services.theme.choice() == choice);
        connect(button, &QRadioButton::clicked, this, [this, choice = choice] {
            m_services.settings.setTheme(choice);
            m_services.theme.setChoice(choice);
        });
        row->addWidget(button);
    }
    row->addStretch();
    card->body()->addLayout(row);
    return card;
}

QWidget* SettingsPage::makeComputeCard()
{
    auto* card = new Card(tr("Device"), this);
    card->setSubtitle(tr("used for training"));
    m_devices->setHorizontalSpacing(14);
    m_devices->setVerticalSpacing(6);
    m_devices->setColumnStretch(1, 1);
    card->body()->addLayout(m_devices);

    auto* threads = new QSpinBox(card);
    threads->setObjectName(QStringLiteral("threads"));
    threads->setAccessibleName(tr("CPU threads"));
    threads->setRange(engine::ranges::kThreads.low, engine::ranges::kThreads.high);
    threads->setSpecialValueText(tr("one per core (%1)").arg(engine::defaultThreadCount()));
    threads->setButtonSymbols(QAbstractSpinBox::NoButtons);
    threads->setFixedWidth(150);
    threads->setValue(m_services.settings.trainingConfig().threads);
    connect(threads, &QSpinBox::valueChanged, this, [this](int value) {
        m_services.settings.setThreads(value);
        Q_EMIT threadsChanged();
    });
    connect(&m_services.training, &core::TrainingController::stateChanged, threads,
            [this, threads] { threads->setEnabled(!m_services.training.isActive()); });
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("CPU threads"), card);
    label->setBuddy(threads);
    row->addWidget(label);
    row->addWidget(threads);
    row->addStretch();
    card->body()->addLayout(row);
    return card;
}

QWidget* SettingsPage::makeFoldersCard()
{
    auto* card = new Card(tr("Folders"), this);
    auto* grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(14);
    const core::StudioFolders& folders = m_services.catalog.folders();
    int row = 0;
    for (const auto& [name, path] :
         {std::pair{tr("Data sets"), folders.datasets}, std::pair{tr("Trained models"), folders.runs}}) {
        auto* text = new QLabel(QDir::toNativeSeparators(path), card);
        setTextRole(text, TextRole::Secondary);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setWordWrap(true);
        auto* open = new QPushButton(tr("Open"), card);
        open->setObjectName(QStringLiteral("openFolder_%1").arg(row));
        open->setAccessibleName(tr("Open folder: %1").arg(name));
        connect(open, &QPushButton::clicked, this, [path = path] {
            core::makePrivateFolder(path);
            QDesktopServices::openUrl(QUrl::fromLocalFile(path));
        });
        grid->addWidget(new QLabel(name, card), row, 0);
        grid->addWidget(text, row, 1);
        grid->addWidget(open, row, 2);
        ++row;
    }
    card->body()->addLayout(grid);
    return card;
}

void SettingsPage::listDevices()
{
    while (QLayoutItem* item = m_devices->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_deviceChoices.clear();
    addDevice(QStringLiteral("auto"), tr("Automatic"), true, tr("a GPU if available, otherwise the CPU"));
    for (const engine::DeviceInfo& info : m_services.devices.devices()) {
        const bool isCpu = info.device.kind == engine::DeviceKind::Cpu;
        addDevice(isCpu ? QStringLiteral("cpu") : QStringLiteral("gpu:%1").arg(info.device.index),
                  QString::fromStdString(info.name), info.isUsable,
                  info.isUsable ? tr("ready") : QString::fromStdString(info.reason));
    }
    showDevice();
}

void SettingsPage::addDevice(const QString& request, const QString& name, bool isUsable, const QString& note)
{
    const int row = static_cast<int>(m_deviceChoices.size());
    auto* button = new QRadioButton(name, this);
    button->setObjectName(QStringLiteral("useDevice_") + request);
    button->setAccessibleName(tr("Train on: %1").arg(name));
    button->setAccessibleDescription(note);
    connect(button, &QRadioButton::clicked, this, [this, request] { Q_EMIT deviceChosen(request); });
    auto* label = new QLabel(note, this);
    setTextRole(label, TextRole::Secondary);
    label->setWordWrap(true);
    m_devices->addWidget(button, row, 0, Qt::AlignTop);
    m_devices->addWidget(label, row, 1);
    m_deviceChoices.push_back({request, isUsable, button});
}

void SettingsPage::showDevice()
{
    const bool isIdle = !m_services.training.isActive();
    for (const auto& [request, isUsable, button] : m_deviceChoices) {
        button->setChecked(m_services.settings.deviceRequest() == request);
        button->setEnabled(isUsable && isIdle);
        button->setToolTip(isUsable && !isIdle ? tr("The device can be changed after training") : QString());
    }
}

} // namespace ui
