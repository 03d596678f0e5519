#include "ui/widgets/TrainingConfigForm.h"

#include "ui/style/TextRole.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <algorithm>
#include <optional>

namespace ui
{
namespace
{

constexpr int kNotebook = 0;
constexpr int kCustom = 1;
constexpr int kFieldWidth = 116;

/// Takes 0.1, 0,1 and 1e-3 alike, and shows the shortest of them.
class LearningRateBox : public QDoubleSpinBox
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

} // namespace

TrainingConfigForm::TrainingConfigForm(QWidget* parent)
    : QWidget(parent),
      m_layout(new QFormLayout(this)),
      m_preset(new QComboBox(this)),
      m_learningRate(new LearningRateBox(this)),
      m_kernelSize(new QComboBox(this)),
      m_seed(new QLineEdit(this)),
      m_note(new QLabel(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setVerticalSpacing(7);
    m_layout->setHorizontalSpacing(10);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_layout->setFormAlignment(Qt::AlignTop);
    m_layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);

    m_preset->addItems({tr("Notebook"), tr("Custom")});
    // Custom is what a change makes of the recipe; it cannot be chosen by itself.
    qobject_cast<QStandardItemModel*>(m_preset->model())->item(kCustom)->setEnabled(false);
    addField(tr("Preset"), "preset", m_preset,
             tr("Notebook: the recipe of the PyTorch course. Any change makes it Custom."));
    m_epochs = addNumber(tr("Epochs"), "epochs", 1, 1000, tr("How often every training image is seen"));
    m_batchSize =
        addNumber(tr("Batch size"), "batchSize", 1, 4096, tr("Images between two steps of the optimiser"));
    m_learningRate->setDecimals(9);
    m_learningRate->setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    m_learningRate->setRange(1e-6, 10);
    m_learningRate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_learningRate->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_learningRate->setKeyboardTracking(false);
    addField(tr("Learning rate"), "learningRate", m_learningRate,
             tr("How far each step of gradient descent goes, up to 10"));
    m_hiddenUnits = addNumber(tr("Hidden units"), "hiddenUnits", 1, 128, tr("Channels of every convolution"));
    for (const int size : {1, 3, 5, 7})
        m_kernelSize->addItem(tr("%1 × %1").arg(size), size);
    addField(tr("Kernel size"), "kernelSize", m_kernelSize,
             tr("Pixels that a convolution looks at, across and down"));
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,19}")), m_seed));
    addField(
        tr("Seed"), "seed", m_seed,
        tr("Decides the first weights and the order of the images: the same seed gives the same result"));

    setTextRole(m_note, TextRole::Small);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("presetNote"));
    m_layout->addRow(m_note);

    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        if (index != kNotebook)
            return;
        engine::TrainingConfig notebook;
        notebook.device = m_base.device;
        notebook.threads = m_base.threads;
        setConfig(notebook);
    });
    connect(m_kernelSize, &QComboBox::currentIndexChanged, this, &TrainingConfigForm::onEdited);
    connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, &TrainingConfigForm::onEdited);
    connect(m_seed, &QLineEdit::textChanged, this, &TrainingConfigForm::onEdited);
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        if (m_seed->text().isEmpty())
            m_seed->setText(QString::number(m_base.seed));
        m_seed->setCursorPosition(0); // a long one shows its beginning
    });
    for (int row = 1; row < m_layout->rowCount() - 1; ++row) {
        setTabOrder(m_layout->itemAt(row - 1, QFormLayout::FieldRole)->widget(),
                    m_layout->itemAt(row, QFormLayout::FieldRole)->widget());
    }
    setConfig({});
}

QSpinBox* TrainingConfigForm::addNumber(const QString& label, const char* name, int low, int high,
                                        const QString& tip)
{
    auto* box = new QSpinBox(this);
    box->setRange(low, high);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    connect(box, &QSpinBox::valueChanged, this, &TrainingConfigForm::onEdited);
    addField(label, name, box, tr("%1: %L2 to %L3").arg(tip).arg(low).arg(high));
    return box;
}

void TrainingConfigForm::addField(const QString& label, const char* name, QWidget* field, const QString& tip)
{
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    field->setToolTip(tip);
    field->setFixedWidth(kFieldWidth);
    auto* text = new QLabel(label, this);
    text->setToolTip(tip);
    text->setBuddy(field);
    text->setMinimumWidth(114);
    m_layout->addRow(text, field);
}

void TrainingConfigForm::setConfig(const engine::TrainingConfig& config)
{
    m_base = config;
    const QSignalBlocker blockers[] = {QSignalBlocker(m_epochs),       QSignalBlocker(m_batchSize),
                                       QSignalBlocker(m_learningRate), QSignalBlocker(m_hiddenUnits),
                                       QSignalBlocker(m_kernelSize),   QSignalBlocker(m_seed)};
    m_epochs->setValue(config.epochs);
    m_batchSize->setValue(config.batchSize);
    m_learningRate->setValue(config.learningRate);
    m_hiddenUnits->setValue(config.hiddenUnits);
    m_kernelSize->setCurrentIndex(m_kernelSize->findData(config.kernelSize));
    m_seed->setText(QString::number(config.seed));
    onEdited();
}

engine::TrainingConfig TrainingConfigForm::config() const
{
    engine::TrainingConfig config = m_base;
    config.epochs = m_epochs->value();
    config.batchSize = m_batchSize->value();
    config.learningRate = m_learningRate->value();
    config.hiddenUnits = m_hiddenUnits->value();
    config.kernelSize = m_kernelSize->currentData().toInt();
    bool isNumber = false;
    const qulonglong seed = m_seed->text().toULongLong(&isNumber);
    if (isNumber)
        config.seed = seed;
    return config;
}

void TrainingConfigForm::onEdited()
{
    const bool isNotebook = engine::presetOf(config()) == engine::Preset::Notebook;
    m_preset->setCurrentIndex(isNotebook ? kNotebook : kCustom);
    m_note->setText(
        isNotebook
            ? tr("Notebook: the course's recipe. Plain SGD, shuffled batches of 32, cross-entropy loss.")
            : tr("Custom: plain SGD and cross-entropy loss with your own figures. Choose Notebook to go back "
                 "to the course's recipe."));
    Q_EMIT configChanged();
}

} // namespace ui
