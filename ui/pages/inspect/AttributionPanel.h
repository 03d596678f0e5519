// One way to ask what mattered: its map over the image, as large a square as fits, its scale, and a sentence
// that says what it means. Of what is asked, some can be chosen: the score that is explained, the square.
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

    /// Writes what is chosen here into `scores`.
    void readChoice(ExplainedScores& scores) const;
    /// The image alone, until there is a map.
    void showPicture(const QImage& picture, const QString& className);
    /// How far the map is.
    void showProgress(double share);
    /// A number a pixel of the picture.
    void setMap(const QImage& picture, std::vector<float> values);
    /// There will be none.
    void showFailure();
    /// Of this network there is none, for the reason in `why`; empty where there is.
    void setUnavailable(const QString& why);
    /// A sentence says what `className`'s map means for a color image or a gray one.
    void setInColor(bool isInColor) { m_isInColor = isInColor; }

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the user.
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
    QLabel* m_waiting; ///< in the legend's place
    QTimer m_patience; ///< before it is said that one waits
    QLabel* m_sentence;
};

} // namespace ui
