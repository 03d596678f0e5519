#include "ui/pages/evaluate/NearestPanel.h"

#include "ui/delegates/NearestDelegate.h"
#include "ui/models/NearestListModel.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui
{
namespace
{
constexpr int kMessageState = 0;
constexpr int kListState = 1;
} // namespace

NearestPanel::NearestPanel(core::NearestImagesService& service, QWidget* parent)
    : Card(tr("Nearest training images"), parent),
      m_service(service),
      m_model(new NearestListModel(this)),
      m_states(new QStackedWidget(this)),
      m_view(new QListView(this)),
      m_message(new QLabel(this)),
      m_progress(new QProgressBar(this))
{
    setToolTip(tr("Images that the model was trained on, nearest in the feature space of its last hidden "
                  "layer, with the Euclidean distance"));
    m_message->setObjectName(QStringLiteral("nearestMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_progress->setObjectName(QStringLiteral("nearestProgress"));
    m_progress->setAccessibleName(tr("Search progress"));
    m_progress->setFixedWidth(220);
    auto* waiting = new QWidget(this);
    auto* column = new QVBoxLayout(waiting);
    column->addStretch();
    column->addWidget(m_message);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addStretch();

    m_view->setObjectName(QStringLiteral("nearestImages"));
    m_view->setAccessibleName(tr("Nearest training images"));
    m_view->setModel(m_model);
    auto* delegate = new NearestDelegate(this);
    m_view->setItemDelegate(delegate);
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(false);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const int height =
        delegate->sizeHint({}, {}).height() + m_view->horizontalScrollBar()->sizeHint().height();
    m_states->setFixedHeight(height + 2);
    m_states->addWidget(waiting);
    m_states->addWidget(m_view);
    body()->addWidget(m_states);

    connect(&m_service, &core::NearestImagesService::found, this, &NearestPanel::onFound);
    connect(&m_service, &core::NearestImagesService::failed, this, [this](const engine::Error& error) {
        showMessage(QString::fromStdString(error.message), false);
    });
    connect(&m_service, &core::NearestImagesService::progressed, this,
            [this](std::size_t done, std::size_t total) {
                m_progress->setRange(0, static_cast<int>(total));
                m_progress->setValue(static_cast<int>(done));
            });
}

NearestPanel::~NearestPanel()
{
    m_service.cancel();
}

void NearestPanel::find(const core::NearestRequest& request)
{
    m_request = request;
    m_model->clear();
    setSubtitle({});
    m_progress->setRange(0, 0);
    showMessage(tr("Searching the training images …"), true);
    m_service.find(request);
}

void NearestPanel::onFound(const std::vector<engine::NearImage>& nearest)
{
    if (nearest.empty())
        return showMessage(tr("No training images to compare with."), false);
    m_model->show(m_request.dataset->splits.train, nearest, m_request.split->classNames);
    m_view->scrollToTop();
    setSubtitle(QStringLiteral("· ") + m_model->labelsText());
    m_states->setCurrentIndex(kListState);
}

void NearestPanel::showMessage(const QString& text, bool isBusy)
{
    m_message->setText(text);
    m_progress->setVisible(isBusy);
    m_states->setCurrentIndex(kMessageState);
}

} // namespace ui
