// A row of fixed test images with the current predictions: green with the class if correct, red with both
// classes if wrong, gray before the first prediction.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/Classifier.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>

namespace ui
{

class SampleStrip : public QWidget
{
    Q_OBJECT
public:
    explicit SampleStrip(QWidget* parent = nullptr);

    /// Shows the first images of `dataset`, as many as fit, at most kMostSamples.
    void setDataset(const engine::Dataset& dataset, const QStringList& classNames);
    /// For the first images of the data set, in order.
    void setPredictions(const std::vector<engine::Classification>& predictions);
    void clearPredictions();

    int visibleCount() const;
    /// Of the visible images, by their latest predictions.
    int correctCount() const;
    bool hasPredictions() const { return !m_predictions.empty(); }
    /// Pixels of the first kMostSamples images, concatenated, for classification.
    std::vector<std::uint8_t> pixels() const;

    static constexpr int kMostSamples = 40;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void countsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect tileRect(int index) const;
    QString describe(int index) const;

    engine::Dataset m_dataset;
    QStringList m_classNames;
    std::vector<engine::Classification> m_predictions;
};

} // namespace ui
