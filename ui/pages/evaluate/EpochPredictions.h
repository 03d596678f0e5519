// The prediction for one image after each epoch of a run: "epoch 1: 4 ✗, epoch 2: 9 ✓".
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

namespace ui
{

class EpochPredictions : public QWidget
{
    Q_OBJECT
public:
    explicit EpochPredictions(QWidget* parent = nullptr);

    /// `predictions`: one class per epoch, starting with the first epoch.
    void setPredictions(std::vector<int> predictions, int label, const QStringList& classNames);
    int count() const { return static_cast<int>(m_predictions.size()); }
    /// "epoch 2: 9, correct"
    QString describe(int epoch) const;
    QRect cellRect(int epoch) const; ///< `epoch` from 0

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns(int width) const;

    std::vector<int> m_predictions;
    int m_label = 0;
    QStringList m_classNames;
    int m_cellWidth = 0;
};

} // namespace ui
