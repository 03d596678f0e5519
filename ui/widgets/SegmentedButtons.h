// Buttons joined into one row: one of them chosen, or each switched on and off by itself.
#pragma once

#include <QButtonGroup>
#include <QWidget>

class QHBoxLayout;

namespace ui
{

class SegmentedButtons : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { One, Any };

    explicit SegmentedButtons(Mode mode, QWidget* parent = nullptr);

    /// Replaces all buttons. `names` are shown; `descriptions` (as many, or none) become tooltips and
    /// accessible names. Each button's objectName is that of this widget with "_0", "_1", … behind.
    void setSegments(const QStringList& names, const QStringList& descriptions = {});
    void setSegmentText(int index, const QString& text);
    void setSegmentEnabled(int index, bool isEnabled);
    void setChecked(int index, bool checked = true);
    bool isChecked(int index) const;
    int count() const { return static_cast<int>(m_group.buttons().size()); }

Q_SIGNALS:
    /// By the user.
    void toggled(int index, bool checked);

private:
    Mode m_mode;
    QButtonGroup m_group;
    QHBoxLayout* m_layout;
};

} // namespace ui
