// Form fields for one layer of a network, with PyTorch's names.
#pragma once

#include "engine/Range.h"
#include "engine/network/NetworkSpec.h"

#include <QList>
#include <QWidget>
#include <functional>

class QFormLayout;

namespace ui
{

class LayerFields : public QWidget
{
    Q_OBJECT
public:
    explicit LayerFields(QWidget* parent = nullptr);

    /// `inputSize`: channels or features from the layers above; 0 if unknown.
    void setLayer(const engine::LayerSpec& layer, int inputSize);
    /// Shows no layer.
    void clear();
    /// From top to bottom.
    const QList<QWidget*>& fields() const { return m_fields; }

Q_SIGNALS:
    /// Emitted for user input only. `field`: its index in fields().
    void edited(const engine::LayerSpec& layer, int field);

private:
    void build();
    void addConvolution(engine::Conv2d& layer);
    void addLinear(engine::Linear& layer);
    template<typename Pool>
    void addPool(Pool& layer);
    /// One field per type of value; it writes to `value`, a member of m_layer.
    void addCount(const engine::Range<int>& range, const QString& tip, int& value,
                  const QString& zeroText = {});
    void addNumber(const engine::Range<double>& range, const QString& tip, double& value);
    void addFlag(const QString& name, const QString& tip, bool& value);
    void addPadding(int& value);
    /// Writes what the user enters into the next field to `value`.
    template<typename Value>
    std::function<void(Value)> writerOf(Value& value);
    void addField(const QString& name, const QString& tip, QWidget* field);
    QString inputText() const;

    QFormLayout* m_layout;
    QList<QWidget*> m_fields;
    engine::LayerSpec m_layer;
    int m_inputSize = -1;
    std::vector<std::function<void()>> m_fill; ///< copy the layer's values into the fields
    bool m_isEmpty = true;
    bool m_isFilling = false;
};

} // namespace ui
