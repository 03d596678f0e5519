// One attribution method: its map over the image, as large as fits, its scale, and a sentence that explains
// it. Some have options: the explained score, the size of the square.
#pragma once

#include "ui/pages/inspect/ExplainedScores.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;

namespace ui
{

class OverlayMap;
class ScaleLegend;

class AttributionPanel : public QWidget
{
    Q_OBJECT
public:
    AttributionPanel(engine::AttributionKind kind, QWidget* parent = nullptr);

    /// Stores the options of this panel in `scores`.
    void readChoice(ExplainedScores& scores) const;
    /// Shows only the image until there is a map.
    void showPicture(const QImage& picture, const QString& className);
    /// Progress of the map.
    void showProgress(double share);
    /// One value per pixel of the picture.
    void setMap(const QImage& picture, std::vector<float> values);
    /// There will be no map.
    void showFailure();
    /// The method does not work for this network, for the reason `why`; empty if it does.
    void setUnavailable(const QString& why);
    /// Whether the explaining sentence is for a color image or a gray one.
    void setInColor(bool isInColor) { m_isInColor = isInColor; }

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Emitted for user input only.
    void choiceChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addScoreChoice(engine::ClassScore first);
    void addSquareChoice();
    QString meaning(const QString& className) const;

    engine::AttributionKind m_kind;
    bool m_isInColor = false;
    QString m_unavailable;
    QLabel* m_title;
    QWidget* m_choices;
    QComboBox* m_score = nullptr;
    QComboBox* m_square = nullptr;
    OverlayMap* m_map;
    ScaleLegend* m_legend;
    QLabel* m_waiting; ///< replaces the legend
    QTimer m_patience; ///< delays the waiting text
    QLabel* m_sentence;
};

} // namespace ui
