// Selects the image to inspect: a test image by index, the previous or next one of a class or of the errors,
// or a random one; the drawing; or a picture from a file.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <QWidget>

#include <cstdint>

class QAction;
class QComboBox;
class QSpinBox;
class QToolButton;

namespace ui
{

class ImageBar : public QWidget
{
    Q_OBJECT
public:
    explicit ImageBar(QWidget* parent = nullptr);

    /// Selects the first test image; emits no signal.
    void setTestImages(const engine::Dataset& images, const QStringList& classNames);
    /// The current run's predictions for the test images, for the filter "errors"; null if unknown.
    void setEvaluation(std::shared_ptr<const core::EvaluatedSplit> split);
    /// Whether there is a drawing to select.
    void setDrawingAvailable(bool isAvailable);

    bool hasTestImages() const { return !m_images.isEmpty(); }
    std::uint32_t index() const;
    /// Emits no signal.
    void setIndex(std::uint32_t index);

Q_SIGNALS:
    // Emitted for user input only:
    void testImageChosen(std::uint32_t index);
    void drawingWanted();
    void fileWanted();

private:
    static constexpr int kAll = -1;
    static constexpr int kErrors = -2;

    void addSources();
    void collect();
    void step(int direction);
    void chooseRandom();
    void choose(std::uint32_t index);
    void updateIcons();
    void changeEvent(QEvent* event) override;

    engine::Dataset m_images;
    QStringList m_classNames;
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    std::vector<std::uint32_t> m_indices; ///< to step through
    QToolButton* m_source;
    QAction* m_drawing = nullptr;
    QToolButton* m_back;
    QSpinBox* m_index;
    QToolButton* m_forward;
    QComboBox* m_filter;
    QToolButton* m_random;
};

} // namespace ui
