// What a model takes an image for: a bar a class, the prediction's strong, the true class named so. Rows take
// the height there is; where they are too many for it, they scroll.
#pragma once

#include <QAbstractScrollArea>
#include <QStringList>
#include <optional>
#include <vector>

namespace ui
{

class ProbabilityBars : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// `probabilities`: one a class, 0 … 1, or none at all, which shows the classes with empty bars; what is
    /// no number, as of a model that diverged, is shown as "–". `label`: the true class, where it is known.
    void setProbabilities(std::vector<float> probabilities, const QStringList& classNames,
                          std::optional<int> label = std::nullopt);

    int classCount() const { return static_cast<int>(m_classNames.size()); }
    /// The most probable class, the lower one of two alike; -1 without probabilities.
    int prediction() const { return m_prediction; }
    /// Where a class's row is and where its whole bar would be, in the viewport.
    QRect rowRect(int index) const;
    QRect trackRect(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    int rowHeight() const;
    QString valueText(int index) const;
    QString describe(int index) const;
    void measure();
    void arrange();
    void paintRow(QPainter& painter, int index) const;

    std::vector<float> m_probabilities;
    QStringList m_classNames;
    std::optional<int> m_label;
    int m_prediction = -1;
    int m_widestName = 0;
};

} // namespace ui
