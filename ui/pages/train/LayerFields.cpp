#include "ui/pages/train/LayerFields.h"

#include "engine/network/NetworkRanges.h"
#include "ui/pages/train/NumberBox.h"
#include "ui/pages/train/WheelGuard.h"
#include "ui/pages/train/WrappedLabel.h"
#include "ui/style/TextRole.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>

namespace ui
{

namespace ranges = engine::ranges;

namespace
{

constexpr int kFieldWidth = 150;
constexpr int kTextWidth = 236;
constexpr double kStep = 0.1; // of fractions

} // namespace

LayerFields::LayerFields(QWidget* parent) : QWidget(parent), m_layout(new QFormLayout(this))
{
    setObjectName(QStringLiteral("layerFields"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setVerticalSpacing(7);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
}

void LayerFields::clear()
{
    m_isEmpty = true;
    m_fill.clear();
    m_fields.clear();
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
}

void LayerFields::setLayer(const engine::LayerSpec& layer, int inputSize)
{
    const bool isSameForm = !m_isEmpty && layer.index() == m_layer.index() && inputSize == m_inputSize;
    m_layer = layer;
    m_inputSize = inputSize;
    m_isFilling = true;
    if (!isSameForm) { // otherwise the focused field keeps the focus
        clear();
        m_isEmpty = false;
        build();
    }
    for (const auto& fill : m_fill)
        fill();
    m_isFilling = false;
}

void LayerFields::build()
{
    if (auto* convolution = std::get_if<engine::Conv2d>(&m_layer)) {
        addConvolution(*convolution);
    } else if (auto* norm = std::get_if<engine::BatchNorm2d>(&m_layer)) {
        addCount(ranges::kNumFeatures, tr("Input channels"), norm->numFeatures, inputText());
        addNumber(ranges::kEps, tr("Added to the variance to avoid division by 0"), norm->eps);
        addNumber(ranges::kBatchNormMomentum,
                  tr("Weight of the current batch in the running mean and variance"), norm->momentum);
    } else if (auto* maxPool = std::get_if<engine::MaxPool2d>(&m_layer)) {
        addPool(*maxPool);
    } else if (auto* averagePool = std::get_if<engine::AvgPool2d>(&m_layer)) {
        addPool(*averagePool);
    } else if (auto* dropout = std::get_if<engine::Dropout>(&m_layer)) {
        addNumber(ranges::kDropoutP, tr("Probability that a value is set to 0 during training"), dropout->p);
    } else if (auto* linear = std::get_if<engine::Linear>(&m_layer)) {
        addLinear(*linear);
    } else {
        auto* nothing = new WrappedLabel(kTextWidth, this);
        nothing->setText(std::holds_alternative<engine::ReLU>(m_layer)
                             ? tr("max(0, x) of every value. No settings.")
                             : tr("Flattens channels, rows and columns into one dimension. No settings."));
        setTextRole(nothing, TextRole::Secondary);
        m_layout->addRow(nothing);
    }
}

void LayerFields::addConvolution(engine::Conv2d& layer)
{
    addCount(ranges::kInChannels, tr("Input channels"), layer.inChannels, inputText());
    addCount(ranges::kOutChannels, tr("Output channels (feature maps), one kernel each"), layer.outChannels);
    addCount(ranges::kKernelSize, tr("Width and height of the kernel"), layer.kernelSize);
    addCount(ranges::kStride, tr("Pixels between kernel positions"), layer.stride);
    addPadding(layer.padding);
    addFlag(QStringLiteral("bias"), tr("Adds a learned constant to every map"), layer.bias);
}

void LayerFields::addLinear(engine::Linear& layer)
{
    addCount(ranges::kInFeatures, tr("Input features"), layer.inFeatures, inputText());
    addCount(ranges::kOutFeatures, tr("Output features"), layer.outFeatures);
    addFlag(QStringLiteral("bias"), tr("Adds a learned constant to every output"), layer.bias);
}

template<typename Pool>
void LayerFields::addPool(Pool& layer)
{
    addCount(ranges::kPoolKernelSize, tr("Width and height of the window"), layer.kernelSize);
    addCount(ranges::kPoolStride, tr("Pixels between windows"), layer.stride, tr("kernel_size"));
}

QString LayerFields::inputText() const
{
    return m_inputSize > 0 ? tr("inferred (%1)").arg(m_inputSize) : tr("inferred");
}

template<typename Value>
std::function<void(Value)> LayerFields::writerOf(Value& value)
{
    return [this, &value, field = static_cast<int>(m_fields.size())](Value entered) {
        if (m_isFilling)
            return;
        value = entered;
        Q_EMIT edited(m_layer, field);
    };
}

void LayerFields::addCount(const engine::Range<int>& range, const QString& tip, int& value,
                           const QString& zeroText)
{
    auto* box = new QSpinBox(this);
    box->setRange(range.low, range.high);
    if (!zeroText.isEmpty())
        box->setSpecialValueText(zeroText);
    box->setKeyboardTracking(false);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    connect(box, &QSpinBox::valueChanged, this, writerOf(value));
    addField(QLatin1String(range.name),
             tr("%1: %L2 to %L3").arg(tip).arg(zeroText.isEmpty() ? range.low : 1).arg(range.high), box);
    m_fill.emplace_back([box, &value] { box->setValue(value); });
}

void LayerFields::addNumber(const engine::Range<double>& range, const QString& tip, double& value)
{
    const bool isTiny = range.low > 0 && range.low < 1e-3;
    auto* box = new NumberBox(this);
    box->setDecimals(isTiny ? 12 : 6);
    box->setRange(range.low, range.high);
    if (isTiny)
        box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    else
        box->setSingleStep(kStep);
    box->setKeyboardTracking(false);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    connect(box, &QDoubleSpinBox::valueChanged, this, writerOf(value));
    addField(QLatin1String(range.name), tr("%1: %2 to %3").arg(tip).arg(range.low).arg(range.high), box);
    m_fill.emplace_back([box, &value] { box->setValue(value); });
}

void LayerFields::addFlag(const QString& name, const QString& tip, bool& value)
{
    auto* box = new QCheckBox(this);
    connect(box, &QCheckBox::toggled, this, writerOf(value));
    addField(name, tip, box);
    m_fill.emplace_back([box, &value] { box->setChecked(value); });
}

void LayerFields::addPadding(int& value)
{
    auto* box = new QComboBox(this);
    box->addItem(QStringLiteral("same"), engine::kSamePadding);
    box->addItem(QStringLiteral("valid (0)"), 0);
    for (int pixels = 1; pixels <= ranges::kPadding.high; ++pixels)
        box->addItem(QString::number(pixels), pixels);
    connect(box, &QComboBox::currentIndexChanged, this,
            [box, write = writerOf(value)] { write(box->currentData().toInt()); });
    addField(QStringLiteral("padding"), tr("Zero padding: same keeps height and width, valid adds none"),
             box);
    m_fill.emplace_back([box, &value] { box->setCurrentIndex(box->findData(value)); });
}

void LayerFields::addField(const QString& name, const QString& tip, QWidget* field)
{
    field->setObjectName(QStringLiteral("layer_") + name);
    field->setAccessibleName(name);
    field->setToolTip(tip);
    if (qobject_cast<QCheckBox*>(field) == nullptr) {
        field->setFixedWidth(kFieldWidth);
        new WheelGuard(field);
    }
    auto* label = new QLabel(name, this);
    label->setToolTip(tip);
    label->setBuddy(field);
    m_layout->addRow(label, field);
    m_fields.append(field);
}

} // namespace ui
