#include "ui/widgets/TrainingConfigForm.h"

#include "engine/training/TrainingConfigRanges.h"
#include "ui/style/TextRole.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>
#include <algorithm>
#include <optional>

namespace ui
{

namespace ranges = engine::ranges;

namespace
{

constexpr int kFieldWidth = 116;

/// Takes 0.1, 0,1 and 1e-3 alike, and shows the shortest of them.
class NumberBox : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override { return QLocale::c().toString(value, 'g', 6); }
    double valueFromText(const QString& text) const override { return parsed(text).value_or(value()); }
    QValidator::State validate(QString& text, int&) const override
    {
        const auto number = parsed(text);
        if (number && *number >= minimum() && *number <= maximum())
            return QValidator::Acceptable;
        static constexpr QLatin1String kCharacters("0123456789.,eE-+");
        const bool isUnfinished =
            std::all_of(text.begin(), text.end(), [](QChar c) { return QString(kCharacters).contains(c); });
        return isUnfinished ? QValidator::Intermediate : QValidator::Invalid;
    }

private:
    static std::optional<double> parsed(QString text)
    {
        bool isNumber = false;
        const double number =
            QLocale::c().toDouble(text.replace(QLatin1Char(','), QLatin1Char('.')), &isNumber);
        return isNumber ? std::optional(number) : std::nullopt;
    }
};

/// The value of an enum that an entry of a box stands for.
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
      m_note(new QLabel(this))
{
    using engine::Augmentation, engine::OptimizerKind, engine::Preset, engine::Schedule;
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setVerticalSpacing(7);
    m_layout->setHorizontalSpacing(10);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_layout->setFormAlignment(Qt::AlignTop);
    m_layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);

    m_preset = addChoice(
        tr("Preset"), "preset",
        {{tr("Notebook"), int(Preset::Notebook)},
         {tr("Fast"), int(Preset::Fast)},
         {tr("Robust"), int(Preset::Robust)},
         {tr("Custom"), int(Preset::Custom)}},
        tr("Notebook: the recipe of the PyTorch course. Fast: 98.8 % of MNIST in seconds. Robust: for "
           "what people draw, in about a minute. Any change makes it Custom."));
    // Custom is what a change makes of a recipe; it cannot be chosen by itself.
    qobject_cast<QStandardItemModel*>(m_preset->model())->item(int(Preset::Custom))->setEnabled(false);
    m_epochs =
        addCount(tr("Epochs"), "epochs", ranges::kEpochs, tr("How often every training image is seen"));
    m_batchSize = addCount(tr("Batch size"), "batchSize", ranges::kBatchSize,
                           tr("Images between two steps of the optimizer"));
    m_optimizer =
        addChoice(tr("Optimizer"), "optimizer",
                  {{tr("SGD"), int(OptimizerKind::Sgd)},
                   {tr("Momentum"), int(OptimizerKind::SgdMomentum)},
                   {tr("AdamW"), int(OptimizerKind::AdamW)}},
                  tr("How a step follows from the gradient: plain SGD, SGD with momentum, or AdamW, which "
                     "finds a rate for every weight and wants a lower learning rate (0.01)"));
    m_learningRate = addNumber(tr("Learning rate"), "learningRate", ranges::kLearningRate,
                               tr("How far a step goes; the highest of a schedule"));
    m_schedule =
        addChoice(tr("Schedule"), "schedule",
                  {{tr("Constant"), int(Schedule::Constant)},
                   {tr("Step"), int(Schedule::Step)},
                   {tr("One cycle"), int(Schedule::OneCycle)}},
                  tr("How the learning rate changes: not at all, lower after every few epochs, or up for a "
                     "fifth of the training and then down to nothing"));
    m_stepEpochs = addCount(tr("Step every"), "stepEpochs", ranges::kStepEpochs,
                            tr("Epochs between two steps of the schedule"));
    m_stepFactor = addNumber(tr("Step factor"), "stepFactor", ranges::kStepFactor,
                             tr("What a step multiplies the rate with"));
    m_augmentation =
        addChoice(tr("Augmentation"), "augmentation",
                  {{tr("None"), int(Augmentation::None)},
                   {tr("Affine"), int(Augmentation::Affine)},
                   {tr("Handwriting"), int(Augmentation::Handwriting)}},
                  tr("Affine: every image is turned, sized, sheared and shifted a little, differently in "
                     "every epoch, so that the network learns what does not matter. Handwriting: the same as "
                     "hands differ, leaning more and turned less"));
    m_hiddenUnits = addCount(tr("Hidden units"), "hiddenUnits", ranges::kHiddenUnits,
                             tr("Channels of every convolution"));
    m_kernelSize = addChoice(tr("Kernel size"), "kernelSize",
                             {{tr("1 × 1"), 1}, {tr("3 × 3"), 3}, {tr("5 × 5"), 5}, {tr("7 × 7"), 7}},
                             tr("Pixels that a convolution looks at, across and down"));
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,19}")), m_seed));
    addField(tr("Seed"), "seed", m_seed,
             tr("Decides the first weights, the order of the images and all else that is drawn: the same "
                "seed gives the "
                "same result"));

    m_more->setObjectName(QStringLiteral("moreFields"));
    m_more->setCheckable(true);
    m_more->setToolTip(tr("Show the settings that most trainings leave alone"));
    m_layout->addRow(m_more);
    m_momentum = addNumber(tr("Momentum"), "momentum", ranges::kMomentum, tr("Of the optimizer Momentum"));
    m_weightDecay = addNumber(tr("Weight decay"), "weightDecay", ranges::kWeightDecay,
                              tr("Pulls every weight towards zero"));
    m_labelSmoothing =
        addNumber(tr("Label smoothing"), "labelSmoothing", ranges::kLabelSmoothing,
                  tr("Share of the target that all classes get alike: against overconfidence"));
    m_validation = addNumber(tr("Validation share"), "validationShare", ranges::kValidationShare,
                             tr("Share of the training images that is held back and not trained on"));
    m_patience = addCount(
        tr("Patience"), "patience", ranges::kPatience,
        tr("End after so many epochs without a lower validation loss and restore the best weights; 0 "
           "never does. Needs validation images"));
    m_rarelyChanged = {m_momentum, m_weightDecay, m_labelSmoothing, m_validation, m_patience};

    setTextRole(m_note, TextRole::Small);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("presetNote"));
    m_layout->addRow(m_note);

    connect(m_preset, &QComboBox::activated, this, [this] {
        const auto preset = chosen<Preset>(m_preset);
        if (preset != Preset::Custom)
            setConfig(withPreset(config(), preset));
    });
    for (QComboBox* box : {m_optimizer, m_schedule, m_augmentation, m_kernelSize})
        connect(box, &QComboBox::currentIndexChanged, this, &TrainingConfigForm::onEdited);
    connect(m_more, &QToolButton::toggled, this, &TrainingConfigForm::showRelevantFields);
    connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
        if (m_isTraining && !m_isFilling) // a run that is resumed has its rate already, and not rounded
            Q_EMIT learningRateChanged(rate);
    });
    connect(m_seed, &QLineEdit::textChanged, this, &TrainingConfigForm::onEdited);
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        if (m_seed->text().isEmpty())
            m_seed->setText(QString::number(m_base.seed));
        m_seed->setCursorPosition(0); // a long one shows its beginning
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
    constexpr double kSmallest = 1e-6; // that is above a low end which is outside
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
    field->setFixedWidth(kFieldWidth);
    auto* text = new QLabel(label, this);
    text->setToolTip(tip);
    text->setBuddy(field);
    text->setMinimumWidth(114);
    m_layout->addRow(text, field);
    if (m_lastField != nullptr)
        setTabOrder(m_lastField, field);
    m_lastField = field;
}

void TrainingConfigForm::setConfig(const engine::TrainingConfig& config)
{
    m_base = config;
    m_base.startedFrom = {}; // the form is for trainings from scratch
    m_isFilling = true;      // one change, told once
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
    m_hiddenUnits->setValue(config.hiddenUnits);
    choose(m_kernelSize, config.kernelSize);
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
    config.hiddenUnits = m_hiddenUnits->value();
    config.kernelSize = chosen<int>(m_kernelSize);
    bool isNumber = false;
    const qulonglong seed = m_seed->text().toULongLong(&isNumber);
    if (isNumber)
        config.seed = seed;
    return config;
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
        return; // its own text stands there
    switch (preset) {
    case engine::Preset::Notebook:
        m_note->setText(
            tr("Notebook: the course's recipe. Plain SGD, shuffled batches of 32, cross-entropy loss."));
        break;
    case engine::Preset::Fast:
        m_note->setText(
            tr("Fast: AdamW and a learning rate that rises and falls in one cycle. Not the course's "
               "arithmetic, but more right in less time."));
        break;
    case engine::Preset::Robust:
        m_note->setText(
            tr("Robust: Fast with more units, more epochs, and images that lean as hands do. Reads best what "
               "is drawn."));
        break;
    case engine::Preset::Custom:
        m_note->setText(tr("Custom: a recipe of your own. Choose Notebook to go back to the course's."));
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
    // What is not at its default must not be out of sight.
    const engine::TrainingConfig plain;
    if (edited.weightDecay != plain.weightDecay || edited.labelSmoothing != plain.labelSmoothing ||
        edited.validationShare != plain.validationShare || edited.momentum != plain.momentum)
        m_more->setChecked(true);
    showRelevantFields();
    Q_EMIT configChanged();
}

} // namespace ui
