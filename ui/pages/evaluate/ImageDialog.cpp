#include "ui/pages/evaluate/ImageDialog.h"

#include "core/Format.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/VerdictStore.h"
#include "core/session/CurrentModel.h"
#include "ui/pages/evaluate/EpochPredictions.h"
#include "ui/pages/evaluate/LargeImage.h"
#include "ui/pages/evaluate/NearestPanel.h"
#include "ui/pages/evaluate/VerdictBar.h"
#include "ui/render/Colors.h"
#include "ui/render/PictureBytes.h"
#include "ui/render/SampleImage.h"
#include "ui/style/TextRole.h"
#include "ui/views/ProbabilityBars.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/SavePath.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kSavedScale = 10; ///< of copies and files: 28 pixels become 280
constexpr std::size_t kNearestCount = 12;

/// File name: "test-1901".
QString fileNameOf(const core::EvaluatedSplit& split, std::uint32_t index)
{
    const QString part =
        split.kind == core::SplitKind::Test ? QStringLiteral("test") : QStringLiteral("train");
    return QStringLiteral("%1-%2.png").arg(part).arg(index);
}

} // namespace

ImageDialog::ImageDialog(const Services& services, ImageSelection selection, int row, QWidget* parent)
    : QDialog(parent),
      m_verdicts(services.verdicts),
      m_model(services.model),
      m_selection(std::move(selection)),
      m_title(new QLabel(this)),
      m_place(new QLabel(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)),
      m_image(new LargeImage(this)),
      m_verdict(new QLabel(this)),
      m_scores(new QLabel(this)),
      m_bars(new ProbabilityBars(this)),
      m_epochArea(new QWidget(this)),
      m_epochs(new EpochPredictions(this)),
      m_nearest(new NearestPanel(services.nearest, this)),
      m_judgement(new VerdictBar(services.verdicts, this)),
      m_message(new QLabel(this))
{
    setObjectName(QStringLiteral("imageDialog"));
    setWindowTitle(tr("Image"));
    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    cards->addWidget(makeImageCard(), 45);
    cards->addWidget(makePredictionCard(), 55);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(makeHead());
    layout->addLayout(cards, 1);
    layout->addWidget(m_nearest);
    layout->addWidget(makeFoot());
    addShortcuts();
    connect(&m_exporter, &FileExporter::written, this,
            [this](const QString& path) { tell(tr("Saved %1.").arg(path), false); });
    connect(&m_exporter, &FileExporter::failed, this,
            [this](const engine::Error& error) { tell(QString::fromStdString(error.message), true); });
    resize(QSize(900, 660).boundedTo(screen()->availableSize()));
    setFocus(); // otherwise the first keys would go to a button or the note
    showRow(row);
}

QWidget* ImageDialog::makeHead()
{
    auto* head = new QWidget(this);
    m_title->setObjectName(QStringLiteral("imageTitle"));
    m_title->setProperty("role", QLatin1String("heading"));
    m_place->setObjectName(QStringLiteral("imagePlace"));
    setTextRole(m_place, TextRole::Secondary);
    m_message->setObjectName(QStringLiteral("imageMessage"));
    m_message->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // paths may be long
    const auto prepare = [](QToolButton* button, const char* name, const QString& text, const QString& tip) {
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setProperty("segment", QLatin1String("only"));
    };
    prepare(m_previous, "previousImage", tr("◀ Previous"), tr("Previous image (Left)"));
    prepare(m_next, "nextImage", tr("Next ▶"), tr("Next image (Right)"));
    connect(m_previous, &QToolButton::clicked, this, [this] { showRow(m_row - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { showRow(m_row + 1); });
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_title);
    line->addWidget(m_place);
    line->addWidget(m_message, 1);
    line->addWidget(m_previous);
    line->addWidget(m_next);
    return head;
}

QWidget* ImageDialog::makeImageCard()
{
    auto* card = new Card({}, this);
    m_image->setObjectName(QStringLiteral("largeImage"));
    card->body()->addWidget(m_image, 1);
    return card;
}

QWidget* ImageDialog::makePredictionCard()
{
    auto* card = new Card({}, this);
    m_verdict->setObjectName(QStringLiteral("imageVerdict"));
    setTextRole(m_verdict, TextRole::Title);
    m_verdict->setWordWrap(true);
    m_scores->setObjectName(QStringLiteral("imageScores"));
    m_scores->setToolTip(tr("Loss: −log of the true class's probability. Margin: probability of the "
                            "prediction minus that of the runner-up. Entropy: spread of the probabilities"));
    setTextRole(m_scores, TextRole::Small);
    m_bars->setObjectName(QStringLiteral("imageProbabilities"));
    auto* title = new QLabel(tr("After each epoch"), m_epochArea);
    setTextRole(title, TextRole::Small);
    m_epochs->setObjectName(QStringLiteral("epochPredictions"));
    auto* scroll = new QScrollArea(m_epochArea);
    scroll->setObjectName(QStringLiteral("epochPredictionsArea"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedHeight(42);
    scroll->setWidget(m_epochs);
    auto* column = new QVBoxLayout(m_epochArea);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(title);
    column->addWidget(scroll);
    card->body()->addWidget(m_verdict);
    card->body()->addWidget(m_scores);
    card->body()->addWidget(m_bars, 1);
    card->body()->addWidget(m_epochArea);
    return card;
}

QWidget* ImageDialog::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_judgement, 1);
    line->addSpacing(16);
    const auto add = [&](const char* name, const QString& text, const QString& tip, auto action) {
        auto* button = new QPushButton(text, foot);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, action);
        line->addWidget(button);
        return button;
    };
    m_inspect = add("inspectImage", tr("Inspect"), {}, [this] { inspect(); });
    connect(&m_model, &core::CurrentModel::changed, this, &ImageDialog::showInspectable);
    showInspectable();
    add("copyImage", tr("Copy"), tr("Copy the image to the clipboard at 10× size (Ctrl+C)"),
        [this] { copy(); });
    add("saveImage", tr("Save as PNG…"), tr("Save the image to a file at 10× size (Ctrl+S)"),
        [this] { save(); });
    add("closeImage", tr("Close"), tr("Back to the gallery (Esc)"), [this] { close(); });
    return foot;
}

void ImageDialog::addShortcuts()
{
    // Shortcuts, because buttons and lists would consume the arrow keys.
    const auto add = [this](const QKeySequence& keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    add(Qt::Key_Left, [this] { showRow(m_row - 1); });
    add(Qt::Key_Right, [this] { showRow(m_row + 1); });
    add(Qt::Key_Home, [this] { showRow(0); });
    add(Qt::Key_End, [this] { showRow(static_cast<int>(m_selection.positions.size()) - 1); });
    const auto judge = [this](std::optional<core::Verdict> verdict) {
        if (const auto image = m_judgement->image())
            m_verdicts.setVerdict(*image, verdict);
    };
    for (const core::Verdict verdict : core::kVerdicts)
        add(VerdictBar::keyOf(verdict), [judge, verdict] { judge(verdict); });
    add(Qt::Key_Delete, [judge] { judge(std::nullopt); });
    add(Qt::Key_N, [this] { m_judgement->editNote(); });
    connect(m_judgement, &VerdictBar::noteDone, this, [this] { setFocus(); });
    add(Qt::Key_I, [this] { inspect(); });
    add(QKeySequence::Copy, [this] { copy(); });
    add(QKeySequence::Save, [this] { save(); });
}

void ImageDialog::showRow(int row)
{
    const int count = static_cast<int>(m_selection.positions.size());
    if (row < 0 || row >= count || row == m_row)
        return;
    m_row = row;
    const core::EvaluatedSplit& split = *m_selection.split;
    const std::uint32_t index = split.indexOf(position());
    m_title->setText(tr("Image #%1").arg(index));
    m_place->setText(tr("%1 of %2 in the selection · %3 · %4")
                         .arg(locale().toString(row + 1), locale().toString(count), split.datasetTitle,
                              core::imagesName(split.kind)));
    m_previous->setEnabled(row > 0);
    m_next->setEnabled(row + 1 < count);
    m_image->setImage(imageOf(split.images, index));
    m_judgement->setImage(core::keyOf(split, position()));
    showPrediction(position());
    m_message->clear();
    m_message->setToolTip({});
    m_nearest->find({m_selection.split, position(), m_selection.dataset, kNearestCount, m_selection.threads});
    Q_EMIT moved(row);
}

void ImageDialog::showPrediction(std::uint32_t position)
{
    const core::EvaluatedSplit& split = *m_selection.split;
    const engine::SampleScore& score = split.scores[position];
    const QString label = split.classNames.value(score.label);
    const QString prediction = split.classNames.value(score.prediction);
    m_verdict->setText(
        score.isRight()
            ? tr("✓ %1, correctly predicted with %2").arg(label, core::probabilityText(score.confidence))
            : tr("✗ true %1 → predicted %2 with %3")
                  .arg(label, prediction, core::probabilityText(score.confidence)));
    m_image->setAccessibleName(
        tr("Image #%1, label %2, predicted %3").arg(split.indexOf(position)).arg(label, prediction));
    m_scores->setText(tr("loss %1 · margin %2 · entropy %3")
                          .arg(score.loss, 0, 'f', 3)
                          .arg(score.topMargin, 0, 'f', 3)
                          .arg(score.entropy, 0, 'f', 3));
    const auto classes = static_cast<std::ptrdiff_t>(split.classNames.size());
    const auto first =
        split.evaluation.probabilities.begin() + static_cast<std::ptrdiff_t>(position) * classes;
    m_bars->setProbabilities({first, first + classes}, split.classNames, score.label);
    std::vector<int> predictions;
    for (const std::vector<std::uint8_t>& epoch : split.epochs)
        predictions.push_back(epoch[position]);
    m_epochArea->setVisible(!predictions.empty());
    m_epochs->setPredictions(std::move(predictions), score.label, split.classNames);
}

void ImageDialog::inspect()
{
    if (!m_inspect->isEnabled())
        return;
    Q_EMIT inspectWanted(m_selection.split->kind, m_selection.split->indexOf(position()));
    close();
}

void ImageDialog::showInspectable()
{
    // With another data set the window also shows another model.
    const auto model = m_model.get();
    const bool isOfModel = model && model->runFolder == m_selection.split->runFolder;
    m_inspect->setEnabled(isOfModel);
    const QString tip = isOfModel ? tr("Show the activations of each layer for this image (I)")
                        : model ? tr("The window now shows another run. Choose this run again to inspect it")
                                : tr("The weights of this run are not available");
    m_inspect->setToolTip(tip);
    m_inspect->setAccessibleName(tip);
}

void ImageDialog::copy()
{
    QGuiApplication::clipboard()->setImage(enlarged(m_image->image(), kSavedScale));
    tell(tr("Copied."), false);
}

void ImageDialog::save()
{
    const std::uint32_t index = m_selection.split->indexOf(position());
    const QImage image = enlarged(m_image->image(), kSavedScale);
    const QString path = askForSavePath(this, tr("Save image"), QStandardPaths::PicturesLocation,
                                        fileNameOf(*m_selection.split, index));
    if (!path.isEmpty())
        m_exporter.write(path, [image] { return pngBytes(image); });
}

void ImageDialog::tell(const QString& message, bool isError)
{
    m_message->setText(isError ? QStringLiteral("⚠ ") + message : message);
    m_message->setToolTip(message);
    setTextRole(m_message, isError ? TextRole::Title : TextRole::Secondary);
}

} // namespace ui
