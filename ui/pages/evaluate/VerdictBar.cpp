#include "ui/pages/evaluate/VerdictBar.h"

#include "core/evaluation/VerdictStore.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace ui
{
namespace
{

constexpr std::array kKeys = {Qt::Key_M, Qt::Key_L, Qt::Key_U}; // in the order of core::kVerdicts

} // namespace

VerdictBar::VerdictBar(core::VerdictStore& store, QWidget* parent)
    : QWidget(parent),
      m_store(store),
      m_verdicts(new SegmentedButtons(SegmentedButtons::Mode::Any, this)),
      m_note(new QLineEdit(this))
{
    m_verdicts->setObjectName(QStringLiteral("verdict"));
    m_verdicts->setSegments({tr("model erred"), tr("label wrong"), tr("unreadable")},
                            {tr("The model erred: the label is right (M)"),
                             tr("The label is wrong: the image shows another class (L)"),
                             tr("Unreadable: the class cannot be identified (U)")});
    m_note->setObjectName(QStringLiteral("verdictNote"));
    m_note->setAccessibleName(tr("Note on the image"));
    m_note->setPlaceholderText(tr("note"));
    m_note->setToolTip(tr("A note on the image (N)"));
    m_note->setMaxLength(static_cast<int>(core::kLongestNote));
    m_note->setMinimumWidth(60);
    m_note->installEventFilter(this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_verdicts);
    layout->addWidget(m_note, 1);

    connect(m_verdicts, &SegmentedButtons::toggled, this, [this](int index, bool isChecked) {
        if (m_image) {
            m_store.setVerdict(*m_image, isChecked
                                             ? std::optional(core::kVerdicts[static_cast<std::size_t>(index)])
                                             : std::nullopt);
        }
        showJudgement();
    });
    connect(m_note, &QLineEdit::editingFinished, this, &VerdictBar::saveNote);
    connect(&store, &core::VerdictStore::opened, this, &VerdictBar::showJudgement);
    connect(&store, &core::VerdictStore::changed, this, [this](core::ImageKey image) {
        if (image == m_image)
            showJudgement();
    });
    setImage(std::nullopt);
}

void VerdictBar::setImage(std::optional<core::ImageKey> image)
{
    if (image != m_image)
        saveNote(); // it belongs to the previous image
    m_image = image;
    showJudgement();
}

void VerdictBar::showJudgement()
{
    const core::Judgement judgement = m_image ? m_store.judgement(*m_image) : core::Judgement();
    for (std::size_t i = 0; i < core::kVerdicts.size(); ++i)
        m_verdicts->setChecked(static_cast<int>(i), judgement.verdict == core::kVerdicts[i]);
    m_note->setText(judgement.note);
    m_note->setCursorPosition(0);
    setEnabled(m_image.has_value() && m_store.isOpen());
}

void VerdictBar::saveNote()
{
    if (m_image && m_note->isModified())
        m_store.setNote(*m_image, m_note->text().trimmed());
    m_note->setModified(false);
}

void VerdictBar::editNote()
{
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->selectAll();
}

bool VerdictBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_note && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) // restores the saved note
            showJudgement();
        else if (key == Qt::Key_Return || key == Qt::Key_Enter)
            saveNote();
        else
            return QWidget::eventFilter(watched, event);
        Q_EMIT noteDone();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

Qt::Key VerdictBar::keyOf(core::Verdict verdict)
{
    return kKeys[static_cast<std::size_t>(verdict)];
}

std::optional<core::Verdict> VerdictBar::verdictOf(int key)
{
    const auto found = std::find(kKeys.begin(), kKeys.end(), key);
    if (found == kKeys.end())
        return std::nullopt;
    return core::kVerdicts[static_cast<std::size_t>(found - kKeys.begin())];
}

} // namespace ui
