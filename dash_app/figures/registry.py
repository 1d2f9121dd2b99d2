"""Every figure of the app. The conformance suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dash_app.figures.bake_off import bake_off
from dash_app.figures.base import Chart
from dash_app.figures.category_bars import category_bars
from dash_app.figures.clustergram import clustergram
from dash_app.figures.column_values import column_values
from dash_app.figures.correlation_map import correlation_map
from dash_app.figures.cross_table import cross_table
from dash_app.figures.dendrogram import dendrogram
from dash_app.figures.differentiator_bars import differentiator_bars
from dash_app.figures.distributions import distributions
from dash_app.figures.drift_bars import drift_bars
from dash_app.figures.feature_influence import feature_influence
from dash_app.figures.k_scores import k_scores
from dash_app.figures.kmeans_inertia import kmeans_inertia
from dash_app.figures.kmeans_steps import kmeans_steps
from dash_app.figures.lineage_graph import lineage_graph
from dash_app.figures.many_small_or_few_large import many_small_or_few_large
from dash_app.figures.map_scatter import map_scatter
from dash_app.figures.means_heatmap import means_heatmap
from dash_app.figures.migration_matrix import migration_matrix
from dash_app.figures.missing_values import missing_values
from dash_app.figures.movement_flow import movement_flow
from dash_app.figures.person_radar import person_radar
from dash_app.figures.radar import radar
from dash_app.figures.raw_dots import raw_dots
from dash_app.figures.recipe_agreement import recipe_agreement
from dash_app.figures.rfm_heat import rfm_heat
from dash_app.figures.run_timings import run_timings
from dash_app.figures.sankey import sankey
from dash_app.figures.saving_and_debt import saving_and_debt
from dash_app.figures.scatter_matrix import scatter_matrix
from dash_app.figures.scree import scree
from dash_app.figures.segment_bubbles import segment_bubbles
from dash_app.figures.segment_shares import segment_shares
from dash_app.figures.share_history import share_history
from dash_app.figures.silhouette_plot import silhouette_plot
from dash_app.figures.stability_strip import stability_strip
from dash_app.figures.typicality import typicality
from dash_app.figures.waterfall import waterfall

FIGURES: Mapping[str, Callable[..., Chart]] = MappingProxyType(
    {
        builder.__name__: builder
        for builder in (
            segment_shares,
            segment_bubbles,
            share_history,
            radar,
            raw_dots,
            category_bars,
            distributions,
            means_heatmap,
            differentiator_bars,
            many_small_or_few_large,
            saving_and_debt,
            cross_table,
            rfm_heat,
            sankey,
            bake_off,
            map_scatter,
            scatter_matrix,
            scree,
            waterfall,
            movement_flow,
            migration_matrix,
            drift_bars,
            person_radar,
            typicality,
            k_scores,
            silhouette_plot,
            stability_strip,
            feature_influence,
            clustergram,
            dendrogram,
            recipe_agreement,
            kmeans_steps,
            kmeans_inertia,
            run_timings,
            missing_values,
            column_values,
            correlation_map,
            lineage_graph,
        )
    }
)
