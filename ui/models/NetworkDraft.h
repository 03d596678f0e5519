// A network that is being edited: its layers, which may temporarily not fit together, and an undo stack.
//
//     1. the editor calls insert(), remove(), move(), replace() or applyFix()
//     2. each call pushes an undo step and changes the spec
//     3. changed() makes the table and the fields read spec(), layers() and error() again
#pragma once

#include "engine/network/LayerTable.h"

#include <QObject>
#include <QUndoStack>

namespace ui
{

class NetworkDraft : public QObject
{
    Q_OBJECT
public:
    explicit NetworkDraft(QObject* parent = nullptr);

    /// Replaces all layers and clears the undo stack. Linear layers get an explicit in_features, as PyTorch
    /// requires. Names are kept until layers are added, removed or moved: then they would say something
    /// wrong.
    void setSpec(const engine::NetworkSpec& spec);
    const engine::NetworkSpec& spec() const { return m_spec; }
    int size() const { return static_cast<int>(m_spec.layers.size()); }
    const engine::LayerSpec& layer(int row) const { return m_spec.layers.at(static_cast<std::size_t>(row)); }

    /// The layers up to the first one that does not fit.
    const std::vector<engine::LayerInfo>& layers() const { return m_layers; }
    /// Channels or features that a layer gets from the layers above; 0 if unknown.
    int inputSize(int row) const;
    /// Why the network does not fit; null if it does.
    const engine::SpecError* error() const { return m_error ? &*m_error : nullptr; }
    /// The spec without input sizes that can be derived from the layers above. Call it only if the network
    /// fits.
    engine::NetworkSpec result() const { return engine::normalized(m_spec); }

    void insert(int row, const engine::LayerSpec& layer);
    void remove(int row);
    /// The layer at index `from` ends up at index `to`.
    void move(int from, int to);
    /// Successive changes with the same `field` are one undo step; −1: a step of its own.
    void replace(int row, const engine::LayerSpec& layer, int field = -1);
    void replaceAll(const engine::NetworkSpec& spec, const QString& what);
    /// Applies error()->fix.
    void applyFix();

    QUndoStack& undoStack() { return m_undoStack; }

Q_SIGNALS:
    /// `row` is the row to select.
    void changed(int row);

private:
    class Step;

    void push(engine::NetworkSpec after, const QString& what, int row, int mergeId = -1);
    void show(const engine::NetworkSpec& spec, int row);
    void check();

    engine::NetworkSpec m_spec;
    std::vector<engine::LayerInfo> m_layers;
    std::optional<engine::SpecError> m_error;
    QUndoStack m_undoStack;
};

/// A layer of a type, by its name in PyTorch, with common values.
engine::LayerSpec newLayer(const QString& type);
/// The layer types, in menu order.
QStringList layerTypes();
/// "10 channels, kernel 3 × 3, padding same". `inputSize`: for layers that do not state it; 0 if unknown.
QString layerOptionsText(const engine::LayerSpec& layer, int inputSize);

} // namespace ui
