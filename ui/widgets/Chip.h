// A framed caption and value in the top bar, "Dataset MNIST"; with a menu it is also a button.
#pragma once

#include <QToolButton>

namespace ui
{

class Chip : public QToolButton
{
    Q_OBJECT
public:
    explicit Chip(const QString& caption, QWidget* parent = nullptr);

    /// `value` is bold, `detail` follows it.
    void setValue(const QString& value, const QString& detail = {});
    QString value() const { return m_value; }
    QString detail() const { return m_detail; }

    QSize sizeHint() const override;
    /// Small, because the text is elided in a narrow window.
    QSize minimumSizeHint() const override;

protected:
    /// Shows the full text as a tooltip if it is elided.
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int widthWith(int textWidth) const;
    QFont captionFont() const;
    QFont valueFont() const;

    QString m_caption;
    QString m_value;
    QString m_detail;
};

} // namespace ui
