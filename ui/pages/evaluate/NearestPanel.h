// The nearest training images of an image, with progress while searching.
#pragma once

#include "core/evaluation/NearestImagesService.h"
#include "ui/widgets/Card.h"

class QListView;
class QProgressBar;
class QStackedWidget;

namespace ui
{

class NearestListModel;

class NearestPanel : public Card
{
    Q_OBJECT
public:
    explicit NearestPanel(core::NearestImagesService& service, QWidget* parent = nullptr);
    /// Cancels the search.
    ~NearestPanel() override;

    void find(const core::NearestRequest& request);

private:
    void onFound(const std::vector<engine::NearImage>& nearest);
    void showMessage(const QString& text, bool isBusy);

    core::NearestImagesService& m_service;
    core::NearestRequest m_request; ///< the latest
    NearestListModel* m_model;
    QStackedWidget* m_states;
    QListView* m_view;
    QLabel* m_message;
    QProgressBar* m_progress;
};

} // namespace ui
