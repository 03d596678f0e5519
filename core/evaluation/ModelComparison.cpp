#include "core/evaluation/ModelComparison.h"

#include "engine/evaluation/Evaluation.h"

namespace core
{
namespace
{

using engine::Result;

Result<std::size_t> countRight(const std::shared_ptr<const engine::ModelSnapshot>& model,
                               const engine::Dataset& images, const std::stop_token& stop)
{
    if (model->spec.classCount != images.classCount() || model->spec.input != images.shape()) {
        return engine::failure(engine::ErrorCode::BadValue,
                               "The image size or classes differ from those of the model.");
    }
    return engine::evaluate(*model, images, {}, 0, stop).map([](const engine::Evaluation& evaluation) {
        return evaluation.correctCount();
    });
}

Result<ComparedSet> compareOn(const QString& name, const ComparisonRequest& request,
                              const DatasetCatalog& catalog, const std::stop_token& stop)
{
    const auto dataset = catalog.load(name);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const engine::Dataset& images = dataset->splits.test;
    ComparedSet set{name, QString::fromStdString(dataset->splits.title), images.size(), 0, {}};
    const auto before = countRight(request.before, images, stop);
    if (!before)
        return tl::unexpected(before.error());
    set.rightBefore = *before;
    if (request.after) {
        const auto after = countRight(request.after, images, stop);
        if (!after)
            return tl::unexpected(after.error());
        set.rightAfter = *after;
    }
    return set;
}

} // namespace

Result<std::vector<ComparedSet>> compareModels(const ComparisonRequest& request,
                                               const DatasetCatalog& catalog, const std::stop_token& stop)
{
    std::vector<ComparedSet> sets;
    for (const QString& name : request.datasets) {
        auto set = compareOn(name, request, catalog, stop);
        if (!set)
            return tl::unexpected(set.error());
        sets.push_back(std::move(*set));
    }
    return sets;
}

ModelComparison::ModelComparison(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent)
    : QObject(parent),
      m_catalog(std::move(catalog))
{
}

void ModelComparison::compare(const ComparisonRequest& request)
{
    m_task.start([request, catalog = m_catalog](
                     const std::stop_token& stop) { return compareModels(request, *catalog, stop); },
                 [this](const Result<std::vector<ComparedSet>>& sets) {
                     if (sets)
                         Q_EMIT compared(*sets);
                     else
                         Q_EMIT failed(sets.error());
                 });
}

} // namespace core
