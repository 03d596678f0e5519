// A progress line of four pixels below the top bar: determinate, or a moving segment while the progress is
// unknown.
#pragma once

#include <QBasicTimer>
#include <QWidget>

namespace ui
{

class ProgressLine : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);

    /// 0 … 1.
    void setProgress(double progress);
    double progress() const { return m_progress; }
    void setBusy(bool busy);

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    double m_progress = 0;
    bool m_isBusy = false;
    double m_phase = 0;
    QBasicTimer m_timer;
};

} // namespace ui
