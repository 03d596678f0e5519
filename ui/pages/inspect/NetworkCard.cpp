#include "ui/pages/inspect/NetworkCard.h"

#include "core/Format.h"
#include "ui/delegates/LayerDelegate.h"
#include "ui/models/LayerTableModel.h"
#include "ui/style/TextRole.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kPicture = 56; ///< 2 screen pixels per MNIST pixel

} // namespace

NetworkCard::NetworkCard(LayerTableModel* layers, QWidget* parent)
    : Card({}, parent),
      m_layers(layers),
      m_picture(new QLabel(this)),
      m_answer(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_list(new QListView(this))
{
    m_picture->setObjectName(QStringLiteral("inspectedPicture"));
    m_picture->setFixedSize(kPicture, kPicture);
    m_answer->setObjectName(QStringLiteral("inspectedAnswer"));
    m_answer->setProperty("role", QLatin1String("heading"));
    m_detail->setObjectName(QStringLiteral("inspectedDetail"));
    m_detail->setWordWrap(true);
    setTextRole(m_detail, TextRole::Small);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(m_answer);
    words->addWidget(m_detail);
    words->addStretch();
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_picture);
    head->addLayout(words, 1);
    body()->addLayout(head);

    m_list->setObjectName(QStringLiteral("layerList"));
    m_list->setAccessibleName(tr("Layers of the network"));
    m_list->setModel(layers);
    m_list->setItemDelegate(new LayerDelegate(this));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setSpacing(0);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    body()->addWidget(m_list, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    Q_EMIT layerChosen(m_layers->layerOf(current.row()));
            });
}

void NetworkCard::setInspection(const InspectionPtr& inspection)
{
    if (!inspection)
        return;
    const engine::Activations& activations = *inspection->activations;
    const ChosenImage& image = inspection->image;
    m_picture->setPixmap(QPixmap::fromImage(
        pictureOf(image).scaled(kPicture, kPicture, Qt::KeepAspectRatio, Qt::FastTransformation)));
    m_picture->setAccessibleName(image.title);
    const auto name = [&](int index) { return inspection->classNames.value(index, QString::number(index)); };
    const float share = activations.probabilities[static_cast<std::size_t>(activations.prediction)];
    m_answer->setText(QStringLiteral("%1 · %2").arg(
        name(activations.prediction), std::isnan(share) ? tr("NaN") : core::probabilityText(share)));
    m_detail->setText(!image.label ? image.title
                      : *image.label == activations.prediction
                          ? tr("%1\ncorrect").arg(image.title)
                          : tr("%1\nwrong, label %2").arg(image.title, name(*image.label)));
}

void NetworkCard::setCurrentLayer(int layer)
{
    const QSignalBlocker blocker(m_list->selectionModel());
    const QModelIndex row = m_layers->index(LayerTableModel::rowOfLayer(layer), 0);
    if (row == m_list->currentIndex())
        return; // and do not scroll the list, five times a second while following a training
    m_list->setCurrentIndex(row);
    m_list->scrollTo(row);
    m_list->viewport()->update();
}

} // namespace ui
