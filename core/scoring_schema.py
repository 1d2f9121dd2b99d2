"""What scoring takes and gives, as a schema that other systems read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.readmodels import FeatureInfo
from core.scoring_rows import ID
from core.segmentation.model import CategoryColumn, OrdinalColumn, SegmentationModel

CONTENT_TYPE = "text/csv"
ID_SAID = "As in the input; else the line."
OUTPUT: tuple[tuple[str, str, str], ...] = (
    ("predict_cluster", "string", "Name of the segment; empty where the customer is in none."),
    ("segment_key", "string", "What stays of a segment when it is renamed."),
    (
        "predict_distance_to_cluster",
        "float",
        "Distance to the segment's middle, in prepared units; empty in a segment by rule.",
    ),
    ("runner_up", "string", "Name of the next nearest segment."),
    ("margin", "float", "1 - distance / distance to the runner-up: 0 on the border, 1 far off."),
    ("typicality", "float", "Percentile of the distance in the segment; over 99: like nobody."),
    ("model_version", "string", "Which model gave the answer."),
    ("note", "string", "Why there is no segment, or what is unusual."),
)
COLUMNS = (ID, *(name for name, _, _ in OUTPUT))


def model_version(model: SegmentationModel) -> str:
    """Return what tells one model from another: its lens and the start of its fingerprint."""
    return f"{model.lens}-{model.sha256[:12]}"


def text_inputs(model: SegmentationModel) -> tuple[str, ...]:
    """Return the model's inputs that are text."""
    return tuple(
        dict.fromkeys(
            column.feature
            for column in model.columns
            if isinstance(column, CategoryColumn | OrdinalColumn)
        )
    )


def scoring_schema(
    model: SegmentationModel,
    inputs: Sequence[str],
    features: Mapping[str, FeatureInfo],
    description: str,
    *,
    content_type: str = CONTENT_TYPE,
    output: Sequence[tuple[str, str, str]] = ((ID, "string", ID_SAID), *OUTPUT),
) -> dict[str, object]:
    """Return the schema of what scoring takes and gives; as it stands, of `manage.py score`.

    The fields are those of the schema files of inference services: inputContentType,
    outputContentType, input, output (in order, each with name and type), description, version.

    Parameters
    ----------
    model : what scores
    inputs : the features that it looks at, in order
    features : catalogue entries by name
    description : what the lens asks
    content_type : what comes in and goes out
    output : name, type and description of each field of an answer, in order
    """
    texts = set(text_inputs(model))
    return {
        "description": description,
        "version": model_version(model),
        "inputContentType": content_type,
        "outputContentType": content_type,
        "input": [
            {
                "name": name,
                "type": "string" if name in texts else "float",
                **_told(features.get(name)),
            }
            for name in inputs
        ],
        "output": [{"name": n, "type": kind, "description": said} for n, kind, said in output],
    }


def _told(feature: FeatureInfo | None) -> dict[str, str]:
    if feature is None:
        return {}
    unit = {"unit": feature.unit} if feature.unit else {}
    return {"description": f"{feature.label}: {feature.description}", **unit}
