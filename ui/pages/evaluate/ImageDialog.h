// One image of an evaluation, as large as possible, with all predictions for it: the probability of every
// class, the prediction after each epoch, and the nearest training images. The arrow keys move through the
// gallery's selection.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/Services.h"
#include "ui/render/FileExporter.h"

#include <QDialog>

#include <cstdint>

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

/// The images to move through; a copy that does not follow the gallery.
struct ImageSelection {
    std::shared_ptr<const core::EvaluatedSplit> split;
    std::vector<std::uint32_t> positions;               ///< at least one
    std::shared_ptr<const core::LoadedDataset> dataset; ///< data set that the run was trained on
    int threads = 0;                                    ///< for the nearest-images search
};

class ImageDialog : public QDialog
{
    Q_OBJECT
public:
    /// Opens at `row` of the selection.
    ImageDialog(const Services& services, ImageSelection selection, int row, QWidget* parent = nullptr);

    int row() const { return m_row; }

Q_SIGNALS:
    void moved(int row);
    /// Open the image, by its index in its split, on the Inspect page; the dialog closes.
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
    QLabel* m_message;
    FileExporter m_exporter;
};

} // namespace ui
