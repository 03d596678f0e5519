// A field for a number: accepts 0.1, 0,1 and 1e-3, and shows the shortest notation.
#pragma once

#include <QDoubleSpinBox>

namespace ui
{

class NumberBox : public QDoubleSpinBox
{
    Q_OBJECT
public:
    using QDoubleSpinBox::QDoubleSpinBox;

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
};

} // namespace ui
