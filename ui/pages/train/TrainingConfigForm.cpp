#include "ui/pages/train/TrainingConfigForm.h"

#include "engine/training/TrainingConfigRanges.h"
#include "ui/pages/train/FormMetrics.h"
#include "ui/pages/train/NetworkFields.h"
#include "ui/pages/train/NumberBox.h"
#include "ui/pages/train/WheelGuard.h"
#include "ui/pages/train/WrappedLabel.h"
#include "ui/style/TextRole.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>
#include <QValidator>
#include <algorithm>

namespace ui
{

namespace ranges = engine::ranges;

namespace
{

/// Accepts the numbers of a range, and an empty field.
class WholeNumberValidator : public QValidator
{
public:
    WholeNumberValidator(const engine::Range<std::uint64_t>& range, QObject* parent)
        : QValidator(parent),
          m_range(range)
    {
    }
    State validate(QString& text, int&) const override
    {
        const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
        bool isNumber = text.isEmpty();
        const qulonglong number = isNumber ? m_range.low : text.toULongLong(&isNumber);
        return isNumber && std::all_of(text.begin(), text.end(), isDigit) && m_range.contains(number)
                   ? Acceptable
                   : Invalid;
    }

private:
    engine::Range<std::uint64_t> m_range;
};

/// The enum value of the selected entry.
template<typename Enum>
Enum chosen(const QComboBox* box)
{
    return static_cast<Enum>(box->currentData().toInt());
}

template<typename Enum>
void choose(QComboBox* box, Enum value)
{
    box->setCurrentIndex(box->findData(static_cast<int>(value)));
}

} // namespace

TrainingConfigForm::TrainingConfigForm(QWidget* parent)
    : QWidget(parent),
      m_layout(new QFormLayout(this)),
      m_seed(new QLineEdit(this)),
      m_more(new QToolButton(this)),
      m_note(new WrappedLabel(kFormWidth, this))
{
    using engine::Augmentation, engine::OptimizerKind, engine::Preset, engine::Schedule;
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setVerticalSpacing(7);
    m_layout->setHorizontalSpacing(kLabelGap);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_layout->setFormAlignment(Qt::AlignTop);
    m_layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);

    m_preset = addChoice(tr("Preset"), "preset",
                         {{tr("Notebook"), int(Preset::Notebook)},
                          {tr("Fast"), int(Preset::Fast)},
                          {tr("Robust"), int(Preset::Robust)},
                          {tr("Custom"), int(Preset::Custom)}},
                         tr("Notebook: the recipe of the PyTorch course. Fast: 98.8 % on MNIST in seconds. "
                            "Robust: for drawn digits, takes about a minute. Any change makes it Custom."));
    // Custom results from edits; it cannot be selected directly.
    qobject_cast<QStandardItemModel*>(m_preset->model())->item(int(Preset::Custom))->setEnabled(false);
    m_epochs =
        addCount(tr("Epochs"), "epochs", ranges::kEpochs, tr("Number of passes over the training images"));
    m_batchSize =
        addCount(tr("Batch size"), "batchSize", ranges::kBatchSize, tr("Images per optimizer step"));
    m_optimizer = addChoice(tr("Optimizer"), "optimizer",
                            {{tr("SGD"), int(OptimizerKind::Sgd)},
                             {tr("Momentum"), int(OptimizerKind::SgdMomentum)},
                             {tr("AdamW"), int(OptimizerKind::AdamW)}},
                            tr("Update rule: plain SGD, SGD with momentum, or AdamW, which adapts the step "
                               "size of every weight and needs a lower learning rate (0.01)"));
    m_learningRate = addNumber(tr("Learning rate"), "learningRate", ranges::kLearningRate,
                               tr("Step size (peak value if a schedule is used)"));
    m_schedule = addChoice(tr("Schedule"), "schedule",
                           {{tr("Constant"), int(Schedule::Constant)},
                            {tr("Step"), int(Schedule::Step)},
                            {tr("One cycle"), int(Schedule::OneCycle)}},
                           tr("How the learning rate changes: constant, reduced every few epochs, or one "
                              "cycle, which rises for a fifth of the training and then falls to zero"));
    m_stepEpochs = addCount(tr("Step every"), "stepEpochs", ranges::kStepEpochs,
                            tr("Epochs between two reductions of the learning rate"));
    m_stepFactor =
        addNumber(tr("Step factor"), "stepFactor", ranges::kStepFactor, tr("Factor of each reduction"));
    m_augmentation =
        addChoice(tr("Augmentation"), "augmentation",
                  {{tr("None"), int(Augmentation::None)},
                   {tr("Affine"), int(Augmentation::Affine)},
                   {tr("Handwriting"), int(Augmentation::Handwriting)}},
                  tr("Affine: every image is slightly rotated, scaled, sheared and shifted, differently in "
                     "every epoch, so that the network learns to ignore such changes. Handwriting: the same, "
                     "tuned to handwriting, with more shear and less rotation"));
    m_network = new NetworkFields(m_layout, this);
    connect(m_network, &NetworkFields::edited, this, &TrainingConfigForm::onEdited);
    m_seed->setValidator(new WholeNumberValidator(ranges::kSeed, m_seed));
    addField(tr("Seed"), "seed", m_seed,
             tr("Seed of the initial weights, the image order and all other random choices: the same seed "
                "gives the same result"));

    m_more->setObjectName(QStringLiteral("moreFields"));
    m_more->setCheckable(true);
    m_more->setToolTip(tr("Show less common settings"));
    m_layout->addRow(m_more);
    m_network->addMoreFields();
    m_momentum = addNumber(tr("Momentum"), "momentum", ranges::kMomentum,
                           tr("Momentum coefficient, for the optimizer Momentum"));
    m_weightDecay = addNumber(tr("Weight decay"), "weightDecay", ranges::kWeightDecay,
                              tr("Pulls every weight toward zero"));
    m_labelSmoothing =
        addNumber(tr("Label smoothing"), "labelSmoothing", ranges::kLabelSmoothing,
                  tr("Share of the target that is spread evenly over all classes, to reduce overconfidence"));
    m_validation = addNumber(tr("Validation share"), "validationShare", ranges::kValidationShare,
                             tr("Share of the training images that is held out for validation"));
    m_patience = addCount(tr("Patience"), "patience", ranges::kPatience,
                          tr("Stop after this many epochs without a lower validation loss and restore the "
                             "best weights; 0 disables early stopping. Needs validation images"));
    m_rarelyChanged = {m_momentum, m_weightDecay, m_labelSmoothing, m_validation, m_patience};

    setTextRole(m_note, TextRole::Small);
    m_note->setObjectName(QStringLiteral("presetNote"));
    m_layout->addRow(m_note);

    connect(m_preset, &QComboBox::activated, this, [this] {
        const auto preset = chosen<Preset>(m_preset);
        if (preset != Preset::Custom)
            setConfig(withPreset(config(), preset));
    });
    for (QComboBox* box : {m_optimizer, m_schedule, m_augmentation})
        connect(box, &QComboBox::currentIndexChanged, this, &TrainingConfigForm::onEdited);
    connect(m_more, &QToolButton::toggled, this, &TrainingConfigForm::showRelevantFields);
    connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
        if (m_isTraining && !m_isFilling) // not the rate of a resumed run, rounded
            Q_EMIT learningRateChanged(rate);
    });
    connect(m_seed, &QLineEdit::textChanged, this, &TrainingConfigForm::onEdited);
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        if (m_seed->text().isEmpty())
            m_seed->setText(QString::number(m_base.seed));
        m_seed->setCursorPosition(0); // shows the start of a long seed
    });
    setConfig({});
}

QSpinBox* TrainingConfigForm::addCount(const QString& label, const char* name,
                                       const engine::Range<int>& range, const QString& tip)
{
    auto* box = new QSpinBox(this);
    box->setRange(range.low, range.high);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    connect(box, &QSpinBox::valueChanged, this, &TrainingConfigForm::onEdited);
    addField(label, name, box, tr("%1: %L2 to %L3").arg(tip).arg(range.low).arg(range.high));
    return box;
}

QDoubleSpinBox* TrainingConfigForm::addNumber(const QString& label, const char* name,
                                              const engine::Range<double>& range, const QString& tip)
{
    auto* box = new NumberBox(this);
    constexpr double kSmallest = 1e-6; // smallest value above an excluded low end
    box->setDecimals(9);
    box->setRange(range.isAboveLow ? range.low + kSmallest : range.low, range.high);
    box->setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setKeyboardTracking(false);
    connect(box, &QDoubleSpinBox::valueChanged, this, &TrainingConfigForm::onEdited);
    addField(label, name, box,
             (range.isAboveLow ? tr("%1: above %2, at most %3") : tr("%1: %2 to %3"))
                 .arg(tip)
                 .arg(range.low)
                 .arg(range.high));
    return box;
}

QComboBox* TrainingConfigForm::addChoice(const QString& label, const char* name,
                                         const QList<std::pair<QString, int>>& choices, const QString& tip)
{
    auto* box = new QComboBox(this);
    for (const auto& [text, value] : choices)
        box->addItem(text, value);
    addField(label, name, box, tip);
    return box;
}

void TrainingConfigForm::addField(const QString& label, const char* name, QWidget* field, const QString& tip)
{
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    field->setToolTip(tip);
    field->installEventFilter(this);
    if (qobject_cast<QLineEdit*>(field) == nullptr)
        new WheelGuard(field);
    field->setFixedWidth(kFieldWidth);
    auto* text = new QLabel(label, this);
    text->setToolTip(tip);
    text->setBuddy(field);
    text->setMinimumWidth(kLabelWidth);
    m_layout->addRow(text, field);
    if (m_lastField != nullptr)
        setTabOrder(m_lastField, field);
    m_lastField = field;
}

void TrainingConfigForm::setConfig(const engine::TrainingConfig& config)
{
    m_base = config;
    m_base.startedFrom = {}; // the form is for training from scratch
    m_isFilling = true;      // emit a single change
    m_epochs->setValue(config.epochs);
    m_batchSize->setValue(config.batchSize);
    choose(m_optimizer, config.optimizer);
    m_learningRate->setValue(config.learningRate);
    m_momentum->setValue(config.momentum);
    m_weightDecay->setValue(config.weightDecay);
    m_labelSmoothing->setValue(config.labelSmoothing);
    choose(m_schedule, config.schedule);
    m_stepEpochs->setValue(config.stepEpochs);
    m_stepFactor->setValue(config.stepFactor);
    choose(m_augmentation, config.augmentation);
    m_validation->setValue(config.validationShare);
    m_patience->setValue(config.patience);
    m_network->setChoice(config.network);
    m_seed->setText(QString::number(config.seed));
    m_isFilling = false;
    onEdited();
}

engine::TrainingConfig TrainingConfigForm::config() const
{
    engine::TrainingConfig config = m_base;
    config.epochs = m_epochs->value();
    config.batchSize = m_batchSize->value();
    config.optimizer = chosen<engine::OptimizerKind>(m_optimizer);
    config.learningRate = m_learningRate->value();
    config.momentum = m_momentum->value();
    config.weightDecay = m_weightDecay->value();
    config.labelSmoothing = m_labelSmoothing->value();
    config.schedule = chosen<engine::Schedule>(m_schedule);
    config.stepEpochs = m_stepEpochs->value();
    config.stepFactor = m_stepFactor->value();
    config.augmentation = chosen<engine::Augmentation>(m_augmentation);
    config.validationShare = m_validation->value();
    config.patience = config.validationShare > 0 ? m_patience->value() : 0;
    config.network = m_network->choice();
    bool isNumber = false;
    const qulonglong seed = m_seed->text().toULongLong(&isNumber);
    if (isNumber)
        config.seed = seed;
    return config;
}

void TrainingConfigForm::setImages(const engine::ImageShape& input, int classCount)
{
    m_network->setImages(input, classCount);
}

QString TrainingConfigForm::error() const
{
    return m_network->error();
}

void TrainingConfigForm::setTraining(bool isTraining)
{
    m_isTraining = isTraining;
    for (auto* field : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        const bool isAlwaysOpen = field == m_learningRate || field == m_more || field == m_note;
        field->setEnabled(!isTraining || isAlwaysOpen || qobject_cast<QLabel*>(field) != nullptr);
    }
    showRelevantFields();
}

void TrainingConfigForm::showRelevantFields()
{
    const auto schedule = chosen<engine::Schedule>(m_schedule);
    m_layout->setRowVisible(m_stepEpochs, schedule == engine::Schedule::Step);
    m_layout->setRowVisible(m_stepFactor, schedule == engine::Schedule::Step);
    for (QWidget* field : m_rarelyChanged)
        m_layout->setRowVisible(field, m_more->isChecked());
    m_network->setMoreShown(m_more->isChecked());
    m_more->setText(m_more->isChecked() ? tr("Less ▴") : tr("More ▾"));
    m_more->setAccessibleName(m_more->isChecked() ? tr("Show fewer settings") : tr("Show more settings"));
    m_momentum->setEnabled(!m_isTraining &&
                           chosen<engine::OptimizerKind>(m_optimizer) == engine::OptimizerKind::SgdMomentum);
    m_patience->setEnabled(!m_isTraining && m_validation->value() > 0);
}

bool TrainingConfigForm::eventFilter(QObject* field, QEvent* event)
{
    if (event->type() == QEvent::FocusIn && field != m_preset)
        m_note->setText(static_cast<const QWidget*>(field)->toolTip());
    else if (event->type() == QEvent::FocusOut)
        showNote(presetOf(config()));
    return QWidget::eventFilter(field, event);
}

void TrainingConfigForm::showNote(engine::Preset preset)
{
    if (const QWidget* focused = focusWidget();
        focused && focused->hasFocus() && focused != m_preset && focused != m_more)
        return; // the field's own text is shown
    switch (preset) {
    case engine::Preset::Notebook:
        m_note->setText(
            tr("Notebook: the course's recipe. Plain SGD, shuffled batches of 32, cross-entropy loss."));
        break;
    case engine::Preset::Fast:
        m_note->setText(tr("Fast: AdamW with a one-cycle learning rate. Differs from the course, but more "
                           "accurate in less time."));
        break;
    case engine::Preset::Robust:
        m_note->setText(
            tr("Robust: like Fast, with more units, more epochs and slanted digits. Best for drawn digits."));
        break;
    case engine::Preset::Custom:
        m_note->setText(tr("Custom: your own settings. Choose Notebook to return to the course's recipe."));
        break;
    }
}

void TrainingConfigForm::onEdited()
{
    if (m_isFilling)
        return;
    const engine::TrainingConfig edited = config();
    const engine::Preset preset = presetOf(edited);
    const QSignalBlocker blocker(m_preset);
    choose(m_preset, preset);
    showNote(preset);
    // Never hide a field that differs from its default.
    const engine::TrainingConfig plain;
    if (edited.weightDecay != plain.weightDecay || edited.labelSmoothing != plain.labelSmoothing ||
        edited.validationShare != plain.validationShare || edited.momentum != plain.momentum ||
        m_network->hasMore())
        m_more->setChecked(true);
    showRelevantFields();
    Q_EMIT configChanged();
}

} // namespace ui
