// A network while somebody edits it: its layers, which may not fit together for a while, and the way back.
//
//     1. the editor calls insert(), remove(), move(), replace() or applyFix()
//     2. each is a step of the undo stack, and changes the spec
//     3. changed() tells the table and the fields, which read spec(), shapes() and error() anew
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

    /// Begins anew with these layers and nothing to undo. Linear layers say their in_features, as PyTorch's
    /// must.
    void setSpec(const engine::NetworkSpec& spec);
    const engine::NetworkSpec& spec() const { return m_spec; }
    int size() const { return static_cast<int>(m_spec.layers.size()); }
    const engine::LayerSpec& layer(int row) const { return m_spec.layers.at(static_cast<std::size_t>(row)); }

    /// Of the layers that fit, from the first on.
    const std::vector<engine::LayerInfo>& layers() const { return m_layers; }
    /// Why the network does not fit; null where it does.
    const engine::SpecError* error() const { return m_error ? &*m_error : nullptr; }
    /// What is left when input sizes that only repeat what the layers above give are taken away. Of a network
    /// that fits.
    engine::NetworkSpec result() const { return engine::normalized(m_spec); }

    void insert(int row, const engine::LayerSpec& layer);
    void remove(int row);
    /// The layer at `from` stands at `to` afterwards.
    void move(int from, int to);
    void replace(int row, const engine::LayerSpec& layer);
    void replaceAll(const std::vector<engine::LayerSpec>& layers, const QString& what);
    /// Does what error()->fix says.
    void applyFix();

    QUndoStack& undoStack() { return m_undoStack; }

Q_SIGNALS:
    /// `row` is where the change is best looked at.
    void changed(int row);

private:
    class Step;

    void push(std::vector<engine::LayerSpec> layers, const QString& what, int row, int mergeId = -1);
    void setLayers(const std::vector<engine::LayerSpec>& layers, int row);
    void check();

    engine::NetworkSpec m_spec;
    std::vector<engine::LayerInfo> m_layers;
    std::optional<engine::SpecError> m_error;
    QUndoStack m_undoStack;
};

/// A layer of a kind, by its name in PyTorch, with usual values.
engine::LayerSpec newLayer(const QString& type);
/// The kinds, in the order in which a menu offers them.
QStringList layerTypes();
/// "10, kernel 3 × 3, padding same".
QString layerOptionsText(const engine::LayerSpec& layer);

} // namespace ui
