"""Indexes: `indexes`."""

from __future__ import annotations

from tests.facts.common import INDEX_ID, NO_CONTENT, PAGE, PAGE_INFO, PAGE_LIMIT, PAGES, REFUSALS, SORT_BY, SORT_OPTION
from tests.facts.rows import Array, Field, Operation, Rule, request, response

INDEX = response(
    Field("_id", "string"),
    Field("created_at", "timestamp"),
    Field("updated_at", "timestamp"),
    Field("expires_at", "timestamp", nullable=True),  # A33
    Field("index_name", "string"),
    Field("total_duration", "number"),  # A19
    Field("video_count", "number"),  # A19
    Field(
        "models",
        Array(response(Field("model_name", "string"), Field("model_options", "string[]", known=("visual", "audio")))),
    ),
    Field("addons", "string[]", known=("thumbnail",)),  # A15
)

MODEL = request(
    Field("model_name", "string", required=True, examples=("marengo2.7", "pegasus1.2")),  # A22
    Field("model_options", "string[]", required=True, enum=("visual", "audio"), min_items=1, unique=True),  # A21, D10
)

MARENGO = {"model_name": "marengo2.7", "model_options": ["visual", "audio"]}
LATER_MARENGO = {"model_name": "marengo3.0", "model_options": ["visual"]}
PEGASUS = {"model_name": "pegasus1.2", "model_options": ["visual"]}
OTHER = {"model_name": "not-marengo", "model_options": ["visual"]}
CAPITAL = {"model_name": "Marengo2.7", "model_options": ["visual"]}

OPERATIONS = (
    Operation(
        "indexes.list",
        "GET",
        "/indexes",
        {200: response(Field("data", Array(INDEX)), Field("page_info", PAGE_INFO)), **REFUSALS},
        in_query=(
            PAGE,
            PAGE_LIMIT,
            SORT_BY,
            SORT_OPTION,
            Field("index_name", "string"),
            Field("model_options", "string", pattern="^(visual|audio)(,(visual|audio))*$"),  # A44
            Field("model_family", "string", enum=("marengo", "pegasus")),
            Field("created_at", "string"),  # A18
            Field("updated_at", "string"),  # A18
        ),
        pages=PAGES,
    ),
    Operation(
        "indexes.create",
        "POST",
        "/indexes",
        {201: response(Field("_id", "string")), **REFUSALS},
        json=request(
            Field("index_name", "string", required=True),
            Field("models", Array(MODEL), required=True, min_items=1),  # A41
            Field("addons", "string[]", enum=("thumbnail",)),
        ),
        rules=(
            Rule(
                "add-ons need a Marengo model; a list of none enables none (D9)",
                accepted=(
                    {"index_name": "i", "models": [MARENGO], "addons": ["thumbnail"]},
                    {"index_name": "i", "models": [LATER_MARENGO], "addons": ["thumbnail"]},
                    {"index_name": "i", "models": [PEGASUS, MARENGO], "addons": ["thumbnail"]},
                    {"index_name": "i", "models": [PEGASUS], "addons": []},
                    {"index_name": "i", "models": [PEGASUS]},
                ),
                refused=(
                    {"index_name": "i", "models": [PEGASUS], "addons": ["thumbnail"]},
                    {"index_name": "i", "models": [OTHER, PEGASUS], "addons": ["thumbnail"]},
                    {"index_name": "i", "models": [CAPITAL], "addons": ["thumbnail"]},
                ),
            ),
        ),
    ),
    Operation(
        "indexes.retrieve",
        "GET",
        "/indexes/{index_id}",
        {200: INDEX, **REFUSALS},
        in_path=(INDEX_ID,),
    ),
    Operation(
        "indexes.update",
        "PUT",
        "/indexes/{index_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(INDEX_ID,),
        json=request(Field("index_name", "string", required=True)),
    ),
    Operation(
        "indexes.delete",
        "DELETE",
        "/indexes/{index_id}",
        {**NO_CONTENT, **REFUSALS},
        in_path=(INDEX_ID,),
    ),
)
