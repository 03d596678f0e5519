// Class probabilities of one image as bars; the predicted class is emphasized, the true class marked. Rows
// share the available height; too many rows scroll.
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

    /// `probabilities`: one per class, 0 … 1, or empty, which shows the classes with empty bars. NaN, from a
    /// diverged model, is shown as "–". `label`: the true class, if known.
    void setProbabilities(std::vector<float> probabilities, const QStringList& classNames,
                          std::optional<int> label = std::nullopt);

    int classCount() const { return static_cast<int>(m_classNames.size()); }
    /// The most probable class, the lower index of ties; -1 without probabilities.
    int prediction() const { return m_prediction; }
    /// Positions of a class's row and of its full bar, in the viewport.
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
