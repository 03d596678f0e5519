#include "ui/pages/train/NetworkFields.h"

#include "engine/network/LayerTable.h"
#include "engine/network/NetworkRanges.h"
#include "engine/network/ParameterLayout.h"
#include "ui/pages/train/FormMetrics.h"
#include "ui/pages/train/NetworkEditor.h"
#include "ui/pages/train/NumberBox.h"
#include "ui/pages/train/WheelGuard.h"
#include "ui/pages/train/WrappedLabel.h"
#include "ui/style/TextRole.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyle>

namespace ui
{

namespace ranges = engine::ranges;

namespace
{

using engine::NetworkFamily;

QString listText(const std::vector<int>& values)
{
    QStringList texts;
    for (const int value : values)
        texts << QString::number(value);
    return texts.join(QStringLiteral(", "));
}

/// Parses "3, 3, 5" or "3 × 3".
std::vector<int> numbersOf(const QString& text)
{
    std::vector<int> numbers;
    static const QRegularExpression kSquare(QStringLiteral("^\\s*(\\d+)\\s*×\\s*\\1\\s*$"));
    if (const auto square = kSquare.match(text); square.hasMatch())
        return {square.captured(1).toInt()};
    for (const QString& part : text.split(QRegularExpression(QStringLiteral("[,;\\s]+")), Qt::SkipEmptyParts))
        numbers.push_back(part.toInt());
    return numbers;
}

/// "%1 to %2" in `text` become the ends of the range.
template<typename T>
QString withRange(const QString& text, const engine::Range<T>& range)
{
    return text.arg(range.low).arg(range.high);
}

void setInvalid(QWidget* field, bool isInvalid)
{
    if (field->property("invalid").toBool() == isInvalid)
        return;
    field->setProperty("invalid", isInvalid);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

} // namespace

NetworkFields::NetworkFields(QFormLayout* layout, QWidget* form)
    : QObject(form),
      m_layout(layout),
      m_form(form),
      m_family(new QComboBox(form)),
      m_blocks(new QSpinBox(form)),
      m_hiddenUnits(new QLineEdit(form)),
      m_kernelSizes(new QComboBox(form)),
      m_convolutions(new QSpinBox(form)),
      m_padding(new QComboBox(form)),
      m_batchNorm(new QCheckBox(form)),
      m_dropout(new NumberBox(form)),
      m_edit(new QPushButton(tr("Edit network…"), form)),
      m_summary(new WrappedLabel(kFormWidth, form))
{
    m_family->addItem(tr("TinyVGG"), static_cast<int>(NetworkFamily::TinyVgg));
    m_family->addItem(tr("Linear"), static_cast<int>(NetworkFamily::Linear));
    m_family->addItem(tr("Linear + ReLU"), static_cast<int>(NetworkFamily::LinearRelu));
    m_family->addItem(tr("Custom"), static_cast<int>(NetworkFamily::Custom));
    addField(tr("Network"), "networkFamily", m_family,
             tr("TinyVGG: the course's convolutional network. Linear and Linear + ReLU: the course's first "
                "models, without convolutions, for comparison. Custom: your last network from the editor"));
    rememberCustom();

    m_blocks->setRange(ranges::kBlocks.low, ranges::kBlocks.high);
    addField(
        tr("Blocks"), "blocks", m_blocks,
        withRange(
            tr("Groups of convolutions followed by max pooling, which halves height and width: %1 to %2"),
            ranges::kBlocks));
    static const QRegularExpression kNumbers(QStringLiteral("[0-9]{1,4}([,;\\s]+[0-9]{1,4})*[,;\\s]*"));
    m_hiddenUnits->setValidator(new QRegularExpressionValidator(kNumbers, m_hiddenUnits));
    addField(
        tr("Hidden units"), "hiddenUnits", m_hiddenUnits,
        withRange(tr("Channels of the convolutions, %1 to %2: one number, or one per block, e.g. 10, 20"),
                  ranges::kHiddenUnits));
    m_kernelSizes->setEditable(true);
    m_kernelSizes->setInsertPolicy(QComboBox::NoInsert);
    for (const int size : {1, 3, 5, 7})
        m_kernelSizes->addItem(QStringLiteral("%1 × %1").arg(size), size);
    addField(
        tr("Kernel size"), "kernelSize", m_kernelSizes,
        withRange(tr("Width and height of the kernels, %1 to %2: one number, or one per convolution, e.g. "
                     "3, 3, 5, 5"),
                  ranges::kKernelSizes));
    m_edit->setObjectName(QStringLiteral("editNetwork"));
    m_edit->setAccessibleName(m_edit->text());
    m_edit->setToolTip(tr("List of all layers: add, remove, move or edit them"));
    m_edit->setFixedWidth(kFormWidth);
    m_layout->addRow(m_edit);
    m_summary->setObjectName(QStringLiteral("networkNote"));
    setTextRole(m_summary, TextRole::Small);
    m_layout->addRow(m_summary);

    m_convolutions->setRange(ranges::kConvolutionsPerBlock.low, ranges::kConvolutionsPerBlock.high);
    m_padding->addItem(tr("Same"), true);
    m_padding->addItem(tr("None"), false);
    m_dropout->setDecimals(6);
    m_dropout->setRange(ranges::kDropout.low, ranges::kDropout.high);
    m_dropout->setSingleStep(0.1);

    connect(m_family, &QComboBox::activated, this, &NetworkFields::takeFields);
    connect(m_hiddenUnits, &QLineEdit::textEdited, this, &NetworkFields::takeTypedList);
    connect(m_kernelSizes, &QComboBox::editTextChanged, this, &NetworkFields::takeTypedList);
    connect(m_kernelSizes, &QComboBox::activated, this, &NetworkFields::takeFields);
    connect(m_padding, &QComboBox::currentIndexChanged, this, &NetworkFields::takeFields);
    connect(m_batchNorm, &QCheckBox::toggled, this, &NetworkFields::takeFields);
    connect(m_dropout, &QDoubleSpinBox::valueChanged, this, &NetworkFields::takeFields);
    for (QSpinBox* box : {m_blocks, m_convolutions}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        connect(box, &QSpinBox::valueChanged, this, &NetworkFields::fitLists);
    }
    m_dropout->setButtonSymbols(QAbstractSpinBox::NoButtons);
    for (QLineEdit* list : {m_hiddenUnits, m_kernelSizes->lineEdit()}) {
        connect(list, &QLineEdit::editingFinished, this, [this] {
            if (!m_listError.isEmpty())
                return;
            m_settled = m_choice;
            showChoice(); // in list notation
        });
    }
    connect(m_edit, &QPushButton::clicked, this, &NetworkFields::openEditor);
}

void NetworkFields::addMoreFields()
{
    addField(tr("Convolutions"), "convolutionsPerBlock", m_convolutions,
             withRange(tr("Convolutions per block: %1 to %2"), ranges::kConvolutionsPerBlock));
    addField(tr("Padding"), "padding", m_padding,
             tr("Same: zero padding keeps height and width. None: every convolution shrinks the maps"));
    addField(tr("Batch norm"), "batchNorm", m_batchNorm,
             tr("Adds a BatchNorm2d after every convolution, which normalizes its maps to mean 0 and "
                "variance 1 over a batch"));
    addField(tr("Dropout"), "dropout", m_dropout,
             withRange(tr("Fraction of values set to 0 at the end of every block during training, to reduce "
                          "overfitting: %1 to %2"),
                       ranges::kDropout));
    showRelevant();
}

void NetworkFields::addField(const QString& label, const char* name, QWidget* field, const QString& tip)
{
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    field->setToolTip(tip);
    field->installEventFilter(m_form); // shows the tooltip below the form
    const bool isCheckBox = qobject_cast<QCheckBox*>(field) != nullptr;
    if (!isCheckBox)
        field->setFixedWidth(kFieldWidth);
    if (!isCheckBox && qobject_cast<QLineEdit*>(field) == nullptr)
        new WheelGuard(field);
    auto* text = new QLabel(label, m_form);
    text->setToolTip(tip);
    text->setBuddy(field);
    text->setMinimumWidth(kLabelWidth);
    m_layout->addRow(text, field);
}

void NetworkFields::setChoice(const engine::NetworkChoice& choice)
{
    m_choice = choice;
    m_settled = choice;
    rememberCustom();
    showChoice();
}

void NetworkFields::setImages(const engine::ImageShape& input, int classCount)
{
    m_input = input;
    m_classCount = classCount;
    showSummary();
}

void NetworkFields::takeFields()
{
    takeTypedList();
    if (m_listError.isEmpty())
        m_settled = m_choice;
}

/// The start of a list may be a list of its own: "1" of "1, 3, 5". If the rest makes it wrong, the choice
/// before the typing returns.
void NetworkFields::takeTypedList()
{
    if (m_isFilling)
        return;
    const engine::NetworkChoice inFields = choiceInFields();
    const auto valid = engine::validate(inFields);
    const engine::NetworkChoice& choice = valid ? inFields : m_settled;
    const bool isChanged = choice != m_choice;
    m_choice = choice;
    showListErrors(valid ? std::string() : valid.error().message);
    if (!isChanged)
        return;
    rememberCustom();
    showRelevant();
    Q_EMIT edited();
}

engine::NetworkChoice NetworkFields::choiceInFields() const
{
    const auto family = static_cast<NetworkFamily>(m_family->currentData().toInt());
    if (family == NetworkFamily::Custom)
        return m_custom;
    engine::NetworkChoice choice;
    choice.family = family;
    const engine::TinyVggOptions options = optionsInFields();
    if (family == NetworkFamily::TinyVgg)
        choice.tinyVgg = options;
    else
        choice.tinyVgg.hiddenUnits.assign(1, options.hiddenUnits.empty() ? 0 : options.hiddenUnits.front());
    return choice;
}

void NetworkFields::rememberCustom()
{
    if (m_choice.family == NetworkFamily::Custom)
        m_custom = m_choice;
    auto* families = qobject_cast<QStandardItemModel*>(m_family->model());
    families->item(m_family->findData(static_cast<int>(NetworkFamily::Custom)))
        ->setEnabled(m_custom.family == NetworkFamily::Custom);
}

engine::TinyVggOptions NetworkFields::optionsInFields() const
{
    engine::TinyVggOptions options;
    options.blocks = m_blocks->value();
    options.convolutionsPerBlock = m_convolutions->value();
    options.isPadded = m_padding->currentData().toBool();
    options.hasBatchNorm = m_batchNorm->isChecked();
    options.dropout = m_dropout->value();
    options.hiddenUnits = numbersOf(m_hiddenUnits->text());
    options.kernelSizes = numbersOf(m_kernelSizes->currentText());
    return options;
}

/// Resizes lists to the new number of blocks or convolutions.
void NetworkFields::fitLists()
{
    if (m_isFilling)
        return;
    const auto fitted = [](std::vector<int> values, int count) {
        if (values.size() > 1)
            values.resize(static_cast<std::size_t>(count), values.back());
        return values;
    };
    const engine::TinyVggOptions options = optionsInFields();
    m_isFilling = true;
    if (options.hiddenUnits.size() > 1)
        m_hiddenUnits->setText(listText(fitted(options.hiddenUnits, options.blocks)));
    if (options.kernelSizes.size() > 1)
        m_kernelSizes->setEditText(
            listText(fitted(options.kernelSizes, options.blocks * options.convolutionsPerBlock)));
    m_isFilling = false;
    takeFields();
}

void NetworkFields::showListErrors(const std::string& message)
{
    setInvalid(m_hiddenUnits, message.starts_with(ranges::kHiddenUnits.name));
    setInvalid(m_kernelSizes, message.starts_with(ranges::kKernelSizes.name));
    m_listError = QString::fromStdString(message);
    showSummary();
}

void NetworkFields::showChoice()
{
    m_isFilling = true;
    m_family->setCurrentIndex(m_family->findData(static_cast<int>(m_choice.family)));
    const engine::TinyVggOptions& options = m_choice.tinyVgg;
    if (m_choice.family == NetworkFamily::TinyVgg) { // otherwise keep the fields for later
        m_blocks->setValue(options.blocks);
        m_convolutions->setValue(options.convolutionsPerBlock);
        m_padding->setCurrentIndex(options.isPadded ? 0 : 1);
        m_batchNorm->setChecked(options.hasBatchNorm);
        m_dropout->setValue(options.dropout);
        const int offered =
            options.kernelSizes.size() == 1 ? m_kernelSizes->findData(options.kernelSizes.front()) : -1;
        m_kernelSizes->setCurrentIndex(offered);
        m_kernelSizes->setEditText(offered >= 0 ? m_kernelSizes->itemText(offered)
                                                : listText(options.kernelSizes));
    }
    if (m_choice.family != NetworkFamily::Custom)
        m_hiddenUnits->setText(listText(options.hiddenUnits));
    m_isFilling = false;
    showListErrors({});
    showRelevant();
}

bool NetworkFields::hasMore() const
{
    const engine::TinyVggOptions plain;
    const engine::TinyVggOptions& options = m_choice.tinyVgg;
    return m_choice.family == NetworkFamily::TinyVgg &&
           (options.convolutionsPerBlock != plain.convolutionsPerBlock || !options.isPadded ||
            options.hasBatchNorm || options.dropout > 0);
}

void NetworkFields::setMoreShown(bool isShown)
{
    m_isMoreShown = isShown;
    showRelevant();
}

void NetworkFields::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    for (QWidget* field : fields())
        field->setEnabled(isEnabled);
    m_edit->setEnabled(isEnabled);
}

QList<QWidget*> NetworkFields::fields() const
{
    return {m_family,  m_blocks,    m_hiddenUnits, m_kernelSizes,
            m_padding, m_batchNorm, m_dropout,     m_convolutions};
}

void NetworkFields::showRelevant()
{
    const bool isTinyVgg = m_choice.family == NetworkFamily::TinyVgg;
    m_layout->setRowVisible(m_blocks, isTinyVgg);
    m_layout->setRowVisible(m_kernelSizes, isTinyVgg);
    m_layout->setRowVisible(m_hiddenUnits, m_choice.family != NetworkFamily::Custom);
    for (QWidget* field : {static_cast<QWidget*>(m_convolutions), static_cast<QWidget*>(m_padding),
                           static_cast<QWidget*>(m_batchNorm), static_cast<QWidget*>(m_dropout)}) {
        if (m_layout->indexOf(field) >= 0)
            m_layout->setRowVisible(field, isTinyVgg && m_isMoreShown);
    }
}

void NetworkFields::showSummary()
{
    const auto network = engine::checkedNetwork(m_choice, m_input, m_classCount);
    m_error = network ? QString() : QString::fromStdString(network.error().message);
    if (!m_listError.isEmpty())
        m_error = m_listError;
    setInvalid(m_summary, !m_error.isEmpty());
    m_summary->setText(m_error.isEmpty() ? tr("%1: %L2 parameters, %L3 MACs per image")
                                               .arg(QString::fromStdString(engine::describe(m_choice)))
                                               .arg(engine::parameterCount(*network))
                                               .arg(engine::multiplyAccumulates(*network))
                                         : m_error);
}

void NetworkFields::openEditor()
{
    NetworkEditor editor(m_choice, m_input, m_classCount, m_form->window());
    if (editor.exec() != QDialog::Accepted)
        return;
    const engine::NetworkChoice choice = editor.choice();
    if (choice == m_choice)
        return;
    setChoice(choice);
    Q_EMIT edited();
}

} // namespace ui
