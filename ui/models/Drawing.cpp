#include "ui/models/Drawing.h"

namespace ui
{

void DrawingHistory::push(Drawing drawing)
{
    m_states.resize(m_current + 1);
    m_states.append(std::move(drawing));
    if (m_states.size() > kMostStates)
        m_states.removeFirst();
    m_current = m_states.size() - 1;
}

void DrawingHistory::undo()
{
    if (canUndo())
        --m_current;
}

void DrawingHistory::redo()
{
    if (canRedo())
        ++m_current;
}

} // namespace ui
