#include "ui/pages/draw/KeepCard.h"

#include "core/session/KeptDigits.h"
#include "core/session/TrainingController.h"
#include "ui/models/KeptDigitsText.h"
#include "ui/pages/draw/KeptDigitsDamage.h"
#include "ui/pages/draw/KeptDigitsDialog.h"
#include "ui/style/TextRole.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kColumns = 5;

} // namespace

KeepCard::KeepCard(const Services& services, QWidget* parent)
    : Card(tr("My digits"), parent),
      m_services(services),
      m_showAll(new QPushButton(tr("Show all…"), this)),
      m_undo(new QPushButton(tr("Undo"), this)),
      m_evaluate(new QPushButton(tr("Evaluate"), this)),
      m_fineTune(new QPushButton(tr("Fine-tune"), this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_text(new QLabel(this))
{
    m_showAll->setObjectName(QStringLiteral("showKept"));
    m_showAll->setToolTip(tr("Show all kept digits and remove some"));
    m_showAll->setAccessibleName(tr("Show all kept digits"));
    m_stop->setObjectName(QStringLiteral("stopFineTuning"));
    m_stop->setToolTip(tr("Stop fine-tuning now and keep the weights trained so far"));
    m_stop->setAccessibleName(tr("Stop fine-tuning"));
    for (QPushButton* button : {m_stop, m_showAll})
        header()->addWidget(button);
    m_text->setObjectName(QStringLiteral("keptResult"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    setTextRole(m_text, TextRole::Small);
    body()->addLayout(makeLabels());
    body()->addLayout(makeActions());
    body()->addWidget(new KeptDigitsDamage(services.kept, this));
    body()->addWidget(m_text, 1);
    connectServices();
    connectFineTuning();
    showKept();
    m_text->setText(keptText({}));
    services.kept.load();
}

QLayout* KeepCard::makeLabels()
{
    auto* grid = new QGridLayout;
    grid->setSpacing(6);
    for (int label = 0; label < core::kOwnDigitClasses; ++label) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("keepAs_%1").arg(label));
        button->setProperty("keep", true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + label)));
        button->setToolTip(tr("Keep the drawing as a %1 (Alt+%1)").arg(label));
        connect(button, &QToolButton::clicked, this, [this, label] { keep(label); });
        grid->addWidget(button, label / kColumns, label % kColumns);
        m_labels[static_cast<std::size_t>(label)] = button;
    }
    return grid;
}

QLayout* KeepCard::makeActions()
{
    m_undo->setObjectName(QStringLiteral("undoKept"));
    m_evaluate->setObjectName(QStringLiteral("evaluateKept"));
    m_evaluate->setAccessibleName(tr("Evaluate the model on my digits"));
    m_evaluate->setToolTip(tr("Test the current model on the test half of your digits"));
    m_fineTune->setObjectName(QStringLiteral("fineTune"));
    connect(m_showAll, &QPushButton::clicked, this, &KeepCard::showAll);
    connect(m_undo, &QPushButton::clicked, &m_services.kept, &core::KeptDigits::undo);
    connect(m_evaluate, &QPushButton::clicked, this, &KeepCard::evaluate);
    connect(m_fineTune, &QPushButton::clicked, this, &KeepCard::fineTuneWanted);
    connect(m_stop, &QPushButton::clicked, &m_services.training, &core::TrainingController::stopFineTuning);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    for (QPushButton* button : {m_undo, m_evaluate, m_fineTune})
        actions->addWidget(button);
    actions->addStretch();
    return actions;
}

void KeepCard::connectServices()
{
    connect(&m_services.kept, &core::KeptDigits::changed, this, &KeepCard::showKept);
    connect(&m_services.kept, &core::KeptDigits::failed, this, [this](const engine::Error& error) {
        const QString message = QString::fromStdString(error.message);
        Q_EMIT messageReported(m_services.kept.isDamaged()
                                   ? tr("%1 The Draw page offers to set this file aside.").arg(message)
                                   : message,
                               false);
        updateButtons();
    });
    connect(&m_services.kept, &core::KeptDigits::repaired, this, [this](const core::RepairedDigits& repair) {
        showResult(repairText(repair), {});
        Q_EMIT messageReported(repairText(repair), true);
    });
    connect(&m_services.model, &core::CurrentModel::changed, this, &KeepCard::onModelChanged);
    connect(&m_services.training, &core::TrainingController::stateChanged, this, &KeepCard::updateButtons);
    connect(&m_services.modelComparison, &core::ModelComparison::compared, this,
            [this](const std::vector<core::ComparedSet>& sets) {
                showResult(evaluationText(sets.front()), m_evaluatedRun);
                updateButtons();
            });
    connect(&m_services.modelComparison, &core::ModelComparison::failed, this,
            [this](const engine::Error& error) {
                m_text->setText(QString::fromStdString(error.message));
                updateButtons();
            });
}

void KeepCard::connectFineTuning()
{
    const core::FineTuning& tuning = m_services.fineTuning;
    connect(&tuning, &core::FineTuning::stateChanged, this, &KeepCard::onFineTuningState);
    connect(&tuning, &core::FineTuning::compared, this, [this](const core::FineTuningResult& result) {
        showResult(fineTuningText(result), result.runFolder);
    });
    connect(&tuning, &core::FineTuning::failed, this,
            [this](const engine::Error& error) { m_text->setText(QString::fromStdString(error.message)); });
    const core::TrainingReports& reports = m_services.training.reports();
    connect(&reports, &core::TrainingReports::reset, this, &KeepCard::showEpochs);
    connect(&reports, &core::TrainingReports::epochAdded, this, &KeepCard::showEpochs);
}

void KeepCard::showEpochs()
{
    const core::TrainingReports& reports = m_services.training.reports();
    if (m_services.fineTuning.state() == core::FineTuning::State::Training && reports.plan())
        m_text->setText(tr("Fine-tuning: %1 of %2 epochs …")
                            .arg(reports.epochs().size())
                            .arg(reports.plan()->config.epochs));
}

void KeepCard::setDrawing(std::vector<std::uint8_t> pixels)
{
    const bool isNews = pixels.empty() != m_drawing.empty();
    m_drawing = std::move(pixels);
    if (isNews)
        updateButtons();
}

void KeepCard::keep(int label)
{
    if (m_drawing.empty())
        return;
    m_services.kept.keep({label, m_drawing, false});
    Q_EMIT kept();
}

void KeepCard::evaluate()
{
    const auto model = m_services.model.get();
    if (!model)
        return;
    m_services.modelComparison.compare({model->snapshot, nullptr, {QLatin1String(core::kOwnDigitsId)}});
    m_evaluatedRun = model->runFolder;
    m_text->setText(tr("Evaluating …"));
    updateButtons();
}

void KeepCard::showAll()
{
    auto* dialog = new KeptDigitsDialog(m_services.kept, window());
    dialog->open();
}

void KeepCard::showKept()
{
    const std::vector<core::KeptDigit>& digits = m_services.kept.digits();
    const auto counts = m_services.kept.counts();
    for (std::size_t label = 0; label < counts.size(); ++label) {
        m_labels[label]->setText(counts[label] == 0 ? QString::number(label)
                                                    : tr("%1 · %L2").arg(label).arg(counts[label]));
        m_labels[label]->setAccessibleName(tr("Keep as %1; %L2 kept").arg(label).arg(counts[label]));
    }
    setSubtitle(digits.empty() ? tr("keep the drawing as") : tr("%L1 kept").arg(digits.size()));
    const auto& last = m_services.kept.lastChange();
    m_undo->setToolTip(undoText(last));
    m_undo->setAccessibleName(tr("Undo"));
    m_undo->setAccessibleDescription(m_undo->toolTip());
    if (std::exchange(m_shownCount, digits.size()) != digits.size() && !isFineTuning())
        showResult(keptText(digits), {});
    updateButtons();
}

void KeepCard::showResult(const QString& text, const QString& runFolder)
{
    m_text->setText(text);
    m_resultRun = runFolder;
}

void KeepCard::onModelChanged()
{
    const auto model = m_services.model.get();
    const bool isOfResult = model && model->runFolder == m_resultRun;
    if (!m_resultRun.isEmpty() && !isOfResult && !m_services.model.isLoading())
        showResult(keptText(m_services.kept.digits()), {}); // the text was about another model
    updateButtons();
}

void KeepCard::onFineTuningState(core::FineTuning::State state)
{
    if (state == core::FineTuning::State::Training)
        m_text->setText(tr("Fine-tuning …"));
    else if (state == core::FineTuning::State::Comparing)
        m_text->setText(tr("Comparing with the original model …"));
    else // compared() or failed() may follow
        m_text->setText(tr("The effect of fine-tuning was not measured."));
    updateButtons();
}

bool KeepCard::isFineTuning() const
{
    return m_services.fineTuning.state() != core::FineTuning::State::Idle;
}

void KeepCard::updateButtons()
{
    const auto model = m_services.model.get();
    const bool isIdle = !m_services.training.isActive() && !isFineTuning();
    const bool isDamaged = m_services.kept.isDamaged(); // KeptDigitsDamage says so
    for (QToolButton* button : m_labels)
        button->setEnabled(!m_drawing.empty() && !isDamaged);
    m_showAll->setEnabled(!m_services.kept.digits().empty());
    m_undo->setEnabled(m_services.kept.lastChange().has_value() && !isDamaged);
    m_text->setVisible(!isDamaged);
    const QString damage = isDamaged ? tr("The file of your digits is damaged.") : QString();
    const QString whyNot = isDamaged ? damage : whyNotEvaluated(model.get());
    m_evaluate->setEnabled(isIdle && whyNot.isEmpty() && m_services.kept.isUsable() &&
                           !m_services.modelComparison.isBusy());
    m_evaluate->setToolTip(whyNot.isEmpty() ? tr("Test the current model on the test half of your digits")
                                            : whyNot);
    m_showAll->setVisible(!isFineTuning());
    m_stop->setVisible(isFineTuning());
    m_stop->setEnabled(m_services.training.state() != core::TrainingController::State::Stopping);
    const QString why = isDamaged ? damage
                        : isIdle  ? whyNotFineTuned(model.get(), m_services.kept.digits())
                                  : tr("Training is in progress.");
    m_fineTune->setToolTip(
        why.isEmpty()
            ? tr("Train the current model for a few more epochs on half of your digits. Then compare its "
                 "accuracy on the other half and on its original data set. The result is saved as a new run.")
            : why);
    m_fineTune->setEnabled(why.isEmpty());
    m_fineTune->setAccessibleName(m_fineTune->text());
    m_fineTune->setAccessibleDescription(m_fineTune->toolTip());
}

} // namespace ui
