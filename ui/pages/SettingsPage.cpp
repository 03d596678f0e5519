#include "ui/pages/SettingsPage.h"

#include "core/catalog/DatasetCatalog.h"
#include "core/session/DeviceProbe.h"
#include "core/session/TrainingSession.h"
#include "core/settings/Settings.h"
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
constexpr int kWidth = 640; // lines longer than this are hard to read
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
    auto* card = new Card(tr("Where training computes"), this);
    m_devices->setHorizontalSpacing(14);
    m_devices->setVerticalSpacing(6);
    m_devices->setColumnStretch(1, 1);
    card->body()->addLayout(m_devices);

    auto* threads = new QSpinBox(card);
    threads->setObjectName(QStringLiteral("threads"));
    threads->setAccessibleName(tr("CPU threads"));
    threads->setRange(0, 256);
    threads->setSpecialValueText(tr("one per core (%1)").arg(engine::defaultThreadCount()));
    threads->setButtonSymbols(QAbstractSpinBox::NoButtons);
    threads->setFixedWidth(150);
    threads->setValue(m_services.settings.trainingConfig().threads);
    connect(threads, &QSpinBox::valueChanged, this, [this](int value) {
        m_services.settings.setThreads(value);
        Q_EMIT computeChanged();
    });
    connect(&m_services.session, &core::TrainingSession::stateChanged, threads,
            [threads](core::TrainingSession::State state) {
                threads->setEnabled(state == core::TrainingSession::State::Idle);
            });
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
        open->setAccessibleName(tr("Open the folder: %1").arg(name));
        connect(open, &QPushButton::clicked, this, [path = path] {
            QDir().mkpath(path);
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
    int row = 0;
    for (const engine::DeviceInfo& device : m_services.devices.devices()) {
        auto* name = new QLabel(QString::fromStdString(device.name), this);
        setTextRole(name, TextRole::Title);
        name->setAlignment(Qt::AlignTop);
        auto* state = new QLabel(device.isUsable ? tr("ready") : QString::fromStdString(device.reason), this);
        setTextRole(state, TextRole::Secondary);
        state->setWordWrap(true);
        m_devices->addWidget(name, row, 0);
        m_devices->addWidget(state, row, 1);
        ++row;
    }
}

} // namespace ui
