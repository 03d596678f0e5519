// Always there: what is trained on what and where, and the button that trains or stops.
#pragma once

#include <QWidget>

class QPushButton;

namespace ui
{

class Chip;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    enum class Action { Train, Stop, Stopping };

    explicit TopBar(QWidget* parent = nullptr);

    Chip* dataset() { return m_dataset; }
    Chip* model() { return m_model; }
    Chip* device() { return m_device; }
    void setAction(Action action);
    void setTrainEnabled(bool enabled, const QString& reason = {});

Q_SIGNALS:
    void trainClicked();
    void stopClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateIcons();

    Chip* m_dataset;
    Chip* m_model;
    Chip* m_device;
    QPushButton* m_train;
    QPushButton* m_stop;
};

} // namespace ui
