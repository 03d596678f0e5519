// One image of an evaluation as large as the window allows, with all that the model says of it: the
// probability of every class, what it said after each epoch, and the training images that look like it to the
// model. The arrow keys go through the selection that the gallery shows.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/Services.h"
#include "ui/render/FileExporter.h"

#include <QDialog>

namespace core
{
struct LoadedDataset;
}

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace ui
{

class EpochPredictions;
class LargeImage;
class NearestPanel;
class ProbabilityBars;
class VerdictBar;

/// What the dialog leafs through; it stays as it is, whatever the gallery shows meanwhile.
struct ImageSelection {
    std::shared_ptr<const core::EvaluatedSplit> split;
    std::vector<std::uint32_t> positions;               ///< at least one
    std::shared_ptr<const core::LoadedDataset> dataset; ///< that the run was trained on
    int threads = 0;                                    ///< to find the nearest images with
};

class ImageDialog : public QDialog
{
    Q_OBJECT
public:
    /// Opens on `row` of the selection.
    ImageDialog(const Services& services, ImageSelection selection, int row, QWidget* parent = nullptr);

    int row() const { return m_row; }

Q_SIGNALS:
    void moved(int row);
    /// The image, by its index in its split, is to be seen inside the network; the dialog closes.
    void inspectWanted(core::SplitKind kind, std::uint32_t index);

private:
    QWidget* makeHead();
    QWidget* makeImageCard();
    QWidget* makePredictionCard();
    QWidget* makeFoot();
    void addShortcuts();
    void showRow(int row);
    void showPrediction(std::uint32_t position);
    void inspect();
    void showInspectable();
    void copy();
    void save();
    std::uint32_t position() const { return m_selection.positions[static_cast<std::size_t>(m_row)]; }
    void tell(const QString& message, bool isError);

    core::VerdictStore& m_verdicts;
    const core::CurrentModel& m_model;
    ImageSelection m_selection;
    int m_row = -1;

    QLabel* m_title;
    QLabel* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
    LargeImage* m_image;
    QLabel* m_verdict;
    QLabel* m_scores;
    ProbabilityBars* m_bars;
    QWidget* m_epochArea;
    EpochPredictions* m_epochs;
    NearestPanel* m_nearest;
    VerdictBar* m_judgement;
    QPushButton* m_inspect = nullptr;
    QLabel* m_told;
    FileExporter m_exporter;
};

} // namespace ui
