#include "ui/window/DatasetChooser.h"

#include "core/catalog/DatasetDownload.h"
#include "core/catalog/KeptDigitsFile.h"
#include "core/session/KeptDigits.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "engine/data/SketchDigits.h"
#include "ui/models/TrainingProgress.h"
#include "ui/widgets/Chip.h"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QProgressDialog>

namespace ui
{
namespace
{

const QString sketchDigits()
{
    return QString::fromLatin1(engine::kSketchDigitsId);
}

QString megabytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString downloadText(const core::KnownDataset& dataset)
{
    return DatasetChooser::tr("Download %1 (%2)").arg(dataset.title, megabytes(dataset.downloadSize));
}

} // namespace

DatasetChooser::DatasetChooser(const Services& services, Chip& chip, MessageBar& messages, QWidget* window)
    : QObject(window),
      m_services(services),
      m_chip(chip),
      m_messages(messages),
      m_window(window),
      m_menu(new QMenu(window))
{
    m_menu->setObjectName(QStringLiteral("datasetMenu"));
    m_menu->setToolTipsVisible(true);
    m_chip.setMenu(m_menu);
    m_chip.setToolTip(tr("Choose the data set"));
    m_chip.setValue(tr("none"));
    connect(m_menu, &QMenu::aboutToShow, this, &DatasetChooser::fillMenu);
    const core::TrainingController& training = services.training;
    connect(&training, &core::TrainingController::datasetChanged, this, &DatasetChooser::onChanged);
    connect(&training, &core::TrainingController::datasetFailed, this, &DatasetChooser::onFailed);
    connect(&training, &core::TrainingController::stateChanged, this,
            [this] { setEnabled(!m_services.training.isActive()); });
}

void DatasetChooser::chooseAtStart()
{
    const QString last = m_services.settings.dataset();
    if (!last.isEmpty() && last != sketchDigits()) {
        const core::KnownDataset* known = m_services.catalog.find(last);
        if (known == nullptr || m_services.catalog.locate(*known))
            return choose(last);
    }
    const core::KnownDataset* mnist = m_services.catalog.find(QStringLiteral("mnist"));
    if (last.isEmpty() && mnist != nullptr && m_services.catalog.locate(*mnist))
        return choose(mnist->id);
    choose(sketchDigits(), last == sketchDigits() ? Reason::Chosen : Reason::Fallback);
    if (mnist != nullptr && !m_services.catalog.locate(*mnist)) {
        m_messages.showMessage(MessageBar::Kind::Info,
                               tr("Using built-in practice digits until you download MNIST."),
                               downloadText(*mnist), [this, dataset = *mnist] { download(dataset); });
    }
}

void DatasetChooser::setEnabled(bool enabled)
{
    m_chip.setEnabled(enabled);
    m_chip.setToolTip(enabled ? tr("Choose the data set") : tr("The data set can be changed after training"));
}

void DatasetChooser::fillMenu()
{
    m_menu->clear();
    const QString currentId = m_services.training.datasetId();
    const auto add = [&](const QString& id, const QString& text, const QString& tip, auto action) {
        QAction* entry = m_menu->addAction(text);
        entry->setObjectName(QStringLiteral("dataset_") + id);
        entry->setToolTip(tip);
        entry->setCheckable(id == currentId);
        entry->setChecked(id == currentId);
        connect(entry, &QAction::triggered, this, action);
    };
    for (const core::KnownDataset& dataset : m_services.catalog.known()) {
        if (const auto folder = m_services.catalog.locate(dataset))
            add(dataset.id, dataset.title, *folder, [this, id = dataset.id] { choose(id); });
        else
            add(dataset.id, tr("%1 – download %2").arg(dataset.title, megabytes(dataset.downloadSize)),
                dataset.licence, [this, dataset] { download(dataset); });
    }
    if (const auto folder = m_services.catalog.locate(m_services.catalog.ownDigits())) {
        const core::KnownDataset& own = m_services.catalog.ownDigits();
        add(own.id, tr("%1 (drawn and kept)").arg(own.title), *folder, [this, id = own.id] { choose(id); });
    }
    for (const engine::BuiltInDataset& dataset : engine::kBuiltInDatasets) {
        const QString id = QLatin1String(dataset.id);
        add(id, tr("%1 (built in)").arg(QLatin1String(dataset.title)),
            tr("Generated digits, available without files or network"), [this, id] { choose(id); });
    }
    m_menu->addSeparator();
    add(QStringLiteral("folder"), tr("Open a folder…"), tr("A folder with four IDX files named like MNIST's"),
        [this] { openFolder(); });
}

void DatasetChooser::choose(const QString& nameOrFolder, Reason reason)
{
    if (m_services.training.chooseDataset(nameOrFolder))
        m_reason = reason;
}

void DatasetChooser::reloadOwnDigits()
{
    const core::KeptDigits& kept = m_services.kept;
    if (!m_services.training.canStart() ||
        m_services.training.datasetId() != QLatin1String(core::kOwnDigitsId))
        return;
    if (kept.isUsable() && !core::isMadeOf(m_services.training.dataset()->splits, kept.digits()))
        choose(QLatin1String(core::kOwnDigitsId));
}

void DatasetChooser::openFolder()
{
    const QString folder =
        QFileDialog::getExistingDirectory(m_window, tr("Open a folder with four IDX files"));
    if (!folder.isEmpty())
        choose(folder);
}

void DatasetChooser::onChanged()
{
    const core::LoadedDataset& dataset = *m_services.training.dataset();
    if (std::exchange(m_reason, Reason::Chosen) == Reason::Chosen)
        m_services.settings.setDataset(QString::fromStdString(dataset.splits.id));
    showCurrent();
    if (dataset.verification == core::Verification::Differs) {
        m_messages.showMessage(MessageBar::Kind::Error,
                               tr("%1: at least one file in %2 does not match the published checksum. "
                                  "Results are not comparable with published ones.")
                                   .arg(QString::fromStdString(dataset.splits.title), dataset.folder));
    }
}

void DatasetChooser::onFailed(const QString& nameOrFolder, const engine::Error& error)
{
    m_reason = Reason::Chosen;
    showMissing(nameOrFolder, error);
    if (!m_services.training.dataset())
        choose(sketchDigits(), Reason::Fallback); // stays usable, whatever happened to the user's files
}

void DatasetChooser::showMissing(const QString& nameOrFolder, const engine::Error& error)
{
    const QString message = QString::fromStdString(error.message);
    const core::KnownDataset* known = m_services.catalog.find(nameOrFolder);
    if (nameOrFolder == sketchDigits()) {
        m_messages.showMessage(MessageBar::Kind::Error, message);
    } else if (known != nullptr && !known->mirrors.isEmpty() && !m_services.catalog.locate(*known)) {
        m_messages.showMessage(MessageBar::Kind::Error, message, downloadText(*known),
                               [this, dataset = *known] { download(dataset); });
    } else if (known == &m_services.catalog.ownDigits() && error.code == engine::ErrorCode::BadFormat) {
        m_messages.showMessage(MessageBar::Kind::Error, message, tr("Set the file aside"),
                               [this, id = known->id] {
                                   connect(
                                       &m_services.kept, &core::KeptDigits::repaired, this,
                                       [this, id] { choose(id); }, Qt::SingleShotConnection);
                                   m_services.kept.setDamagedFileAside();
                               });
    } else {
        m_messages.showMessage(MessageBar::Kind::Error, message, tr("Use Sketch digits"),
                               [this] { choose(sketchDigits()); });
    }
}

void DatasetChooser::showCurrent()
{
    const core::LoadedDataset& dataset = *m_services.training.dataset();
    const bool isBuiltIn = engine::isBuiltInDataset(dataset.splits.id);
    m_chip.setValue(QString::fromStdString(dataset.splits.title), isBuiltIn ? tr("built in") : QString());
}

void DatasetChooser::download(const core::KnownDataset& dataset)
{
    auto* download = new core::DatasetDownload(dataset, m_services.catalog.userFolder(dataset), this);
    auto* dialog =
        new QProgressDialog(tr("Downloading %1 …").arg(dataset.title), tr("Cancel"), 0, 1000, m_window);
    dialog->setObjectName(QStringLiteral("downloadDialog"));
    dialog->setWindowTitle(tr("Download %1").arg(dataset.title));
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setMinimumDuration(0);
    dialog->setMinimumWidth(420);
    dialog->setAutoClose(false);
    dialog->setAutoReset(false);
    dialog->setValue(0);

    QElapsedTimer clock;
    clock.start();
    connect(download, &core::DatasetDownload::progressed, dialog,
            [dialog, dataset, clock, first = qint64{-1}](qint64 received, qint64 total) mutable {
                if (total <= 0)
                    return;
                if (first < 0)
                    first = received; // bytes of an earlier attempt do not count for the speed
                dialog->setValue(static_cast<int>(received * 1000 / total));
                QString text =
                    tr("Downloading %1: %2 of %3").arg(dataset.title, megabytes(received), megabytes(total));
                const double seconds = static_cast<double>(clock.elapsed()) / 1000;
                const auto fetched = static_cast<double>(received - first);
                if (seconds > 1 && fetched > 0)
                    text += tr(" · %1 left")
                                .arg(durationText(seconds * static_cast<double>(total - received) / fetched));
                dialog->setLabelText(text);
            });
    const auto end = [download, dialog] {
        dialog->deleteLater();
        download->deleteLater();
    };
    connect(dialog, &QProgressDialog::canceled, download, &core::DatasetDownload::cancel);
    connect(download, &core::DatasetDownload::cancelled, this, end);
    connect(download, &core::DatasetDownload::succeeded, this, [this, end, id = dataset.id] {
        end();
        m_messages.clear();
        choose(id);
    });
    connect(download, &core::DatasetDownload::failed, this, [this, end, dataset](const engine::Error& error) {
        end();
        m_messages.showMessage(MessageBar::Kind::Error, QString::fromStdString(error.message),
                               tr("Try again"), [this, dataset] { this->download(dataset); });
    });
    download->start();
}

} // namespace ui
