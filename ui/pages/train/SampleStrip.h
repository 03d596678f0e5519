// A row of fixed test images with what the model takes them for at this moment: green and its class when
// right, red with both classes when wrong, gray before there is a prediction.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/Classifier.h"

#include <QStringList>
#include <QWidget>

namespace ui
{

class SampleStrip : public QWidget
{
    Q_OBJECT
public:
    explicit SampleStrip(QWidget* parent = nullptr);

    /// Shows the first images of `dataset`, as many as the width has room for, at most kMostSamples.
    void setDataset(const engine::Dataset& dataset, const QStringList& classNames);
    /// For the first images of the data set, in order.
    void setPredictions(const std::vector<engine::Classification>& predictions);
    void clearPredictions();

    int visibleCount() const;
    /// Of the visible ones, as they were last predicted.
    int correctCount() const;
    bool hasPredictions() const { return !m_predictions.empty(); }
    /// The first kMostSamples images, one behind the other: what to classify.
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
