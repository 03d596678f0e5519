#include "ui/pages/inspect/SearchState.h"

#include "core/Format.h"
#include "ui/style/TextRole.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace ui
{

SearchState::SearchState(const QString& name, Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent),
      m_message(new QLabel(this)),
      m_search(new QPushButton(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    const bool isColumn = orientation == Qt::Vertical;
    m_message->setObjectName(name + QStringLiteral("Message"));
    m_message->setAlignment(isColumn ? Qt::AlignCenter : Qt::AlignVCenter | Qt::AlignLeft);
    m_message->setWordWrap(isColumn);
    setTextRole(m_message, TextRole::Secondary);
    m_search->setObjectName(name + QStringLiteral("Search"));
    m_progress->setObjectName(name + QStringLiteral("Progress"));
    m_progress->setAccessibleName(tr("Search progress"));
    m_cancel->setObjectName(name + QStringLiteral("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the search"));
    connect(m_search, &QPushButton::clicked, this, &SearchState::searchWanted);
    connect(m_cancel, &QPushButton::clicked, this, &SearchState::cancelWanted);
    auto* layout = new QBoxLayout(isColumn ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, this);
    layout->setContentsMargins(0, 0, 0, 0);
    const Qt::Alignment middle = isColumn ? Qt::AlignHCenter : Qt::AlignVCenter;
    if (isColumn)
        layout->addStretch();
    layout->addWidget(m_message);
    layout->addWidget(m_search, 0, middle);
    layout->addWidget(m_progress, isColumn ? 0 : 1, isColumn ? Qt::Alignment() : middle);
    layout->addWidget(m_cancel, 0, middle);
    layout->addStretch();
    showMessage({});
}

void SearchState::showMessage(const QString& text, const QString& actionText)
{
    m_message->setText(text);
    m_search->setText(actionText);
    m_search->setAccessibleName(actionText.isEmpty() ? tr("Search") : actionText);
    m_search->setVisible(!actionText.isEmpty());
    m_progress->hide();
    m_cancel->hide();
    m_sinceStart.invalidate();
}

void SearchState::showProgress(const QString& text, std::size_t done, std::size_t total)
{
    if (!m_sinceStart.isValid() || done < m_done) {
        m_sinceStart.start();
        m_doneAtStart = done;
    }
    m_done = done;
    m_message->setText(text + timeLeft(done, total));
    m_search->hide();
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
    m_progress->show();
    m_cancel->show();
}

QString SearchState::timeLeft(std::size_t done, std::size_t total) const
{
    constexpr qint64 kEnoughToTell = 1000; // milliseconds
    const qint64 elapsed = m_sinceStart.elapsed();
    if (done == m_doneAtStart || elapsed < kEnoughToTell)
        return {};
    const double seconds = static_cast<double>(elapsed) / 1000 * static_cast<double>(total - done) /
                           static_cast<double>(done - m_doneAtStart);
    return tr(" · %1 left").arg(core::durationText(seconds));
}

} // namespace ui
