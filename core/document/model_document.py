"""The model document of a run: what it is for, made of, worth, and what to watch."""

from __future__ import annotations

from core.document.blocks import (
    Block,
    Bullets,
    Document,
    Paragraph,
    Section,
    code,
    numbers,
    table,
    texts,
)
from core.document.evidence import challenger_section, choice_section, verdict_section
from core.document.facts import LensFacts, RunFacts
from core.document.figures import day, moment, plural, whole
from core.document.inputs import inputs_section
from core.document.limits import limits_section
from core.document.monitoring import monitoring_section
from core.document.segments import segments_section
from core.document.treatment import register_section, treatment_section
from core.segmentation.labels import ALGORITHM_LABELS

NO_CREDIT = (
    "Not for decisions on credit: segments tell what groups of customers have in common, not "
    "whether a person can repay. The product refuses that purpose."
)


def model_document(facts: RunFacts) -> Document:
    """Return the document of one run; pure: what the database knows in, sections out."""
    context = facts.context
    return Document(
        title=f"Model document: run {context.run_id} of {context.dataset.title}",
        subtitle=(
            f"Data to {day(context.as_of)} · computed {moment(context.computed_at)} · "
            f"{context.status.value}"
        ),
        sections=(
            _purpose(facts),
            _data(facts),
            *(_lens(facts, lens) for lens in facts.lenses),
            register_section(facts),
            limits_section(facts),
            monitoring_section(facts),
            _reproduction(facts),
        ),
    )


def _purpose(facts: RunFacts) -> Section:
    stated = (
        f"Purpose: {facts.purpose}."
        if facts.purpose
        else "No purpose was stated when the run was asked for."
    )
    context = facts.context
    return Section(
        "Purpose",
        (
            Paragraph(f"{stated} {NO_CREDIT}", is_lead=True),
            table(
                "The run in short",
                texts("What", "Value"),
                [
                    ("Data set", context.dataset.title),
                    ("Status", context.status.value),
                    ("Customers", whole(context.customers)),
                    ("Data to", day(context.as_of)),
                    ("Currency", context.dataset.currency),
                    ("Started", moment(facts.run.started_at)),
                    *(
                        (lens.summary.label, f"{lens.summary.k} segments, {lens.verdict.level}")
                        for lens in facts.lenses
                    ),
                ],
                none="",
            ),
        ),
    )


def _data(facts: RunFacts) -> Section:
    read = sum(file.rows_read for file in facts.files)
    rejected = sum(file.rows_rejected for file in facts.files)
    failed = [check for check in facts.checks if not check.passed]
    blocks: list[Block] = [
        Paragraph(
            f"The data go to {day(facts.context.as_of)} and were imported on "
            f"{moment(facts.snapshot.created_at)}: {plural(read, 'row')} read, "
            f"{whole(read - rejected)} accepted, {whole(rejected)} rejected. They give "
            f"{plural(facts.snapshot.customers, 'customer')} with "
            f"{plural(len(facts.features), 'feature')}.",
            is_lead=True,
        )
    ]
    if facts.description:
        blocks.append(Paragraph(facts.description))
    if facts.switches:
        settings = " ".join(one.words for one in facts.switches)
        blocks.append(Paragraph(f"How the source was read: {settings}"))
    blocks += [
        table(
            "Files and their rows",
            (*texts("File"), *numbers("Read", "Accepted", "Rejected"), code("sha256")),
            [
                (
                    file.file,
                    whole(file.rows_read),
                    whole(file.rows_accepted),
                    whole(file.rows_rejected),
                    file.sha256,
                )
                for file in facts.files
            ],
            none="No file is recorded for this snapshot.",
        ),
        table(
            "Why rows were rejected",
            (*texts("File", "Column", "Reason"), *numbers("Rows")),
            [(one.file, one.column, one.reason, whole(one.count)) for one in facts.rejects],
            none="No row was rejected.",
        ),
        Paragraph(
            f"{whole(len(facts.checks) - len(failed))} of {plural(len(facts.checks), 'check')} "
            "across rows and tables passed."
        ),
    ]
    if failed:
        blocks.append(Bullets(tuple(check.sentence for check in failed)))
    return Section("Data", tuple(blocks))


def _lens(facts: RunFacts, lens: LensFacts) -> Section:
    return Section(
        f"{lens.summary.label}: {lens.summary.k} segments",
        (Paragraph(lens.summary.question, is_lead=True), *_scored(facts, lens)),
        (
            segments_section(facts, lens),
            inputs_section(facts, lens),
            choice_section(facts, lens),
            verdict_section(facts, lens),
            treatment_section(facts, lens),
            challenger_section(lens),
        ),
    )


def _scored(facts: RunFacts, lens: LensFacts) -> tuple[Block, ...]:
    if not lens.is_scored_in(facts.run):
        return ()
    words = (
        "Nothing was fitted in this run: customers were scored with the model of "
        f"{day(lens.fitted_as_of)}. Why so many segments, the verdict and the Jaccards are those "
        "of that fit; sizes, values, rules and fair treatment are of these data."
    )
    return (Paragraph(words),)


def _reproduction(facts: RunFacts) -> Section:
    return Section(
        "Versions and fingerprints",
        (
            Paragraph(
                f"The same data, choices, seed ({facts.run.seed}) and versions on the same kind of "
                "machine give the same fingerprints again.",
                is_lead=True,
            ),
            table(
                "What was chosen for the run",
                texts("Choice", "Value"),
                [("seed", str(facts.run.seed)), *facts.run.config],
                none="",
            ),
            table(
                "Models",
                (*texts("View", "Algorithm"), *numbers("Fitted on", "Seed"), code("sha256")),
                [
                    (
                        lens.summary.label,
                        ALGORITHM_LABELS.get(lens.spec.algorithm, lens.spec.algorithm)
                        if lens.spec.grouping is None
                        else "groups by rule",
                        whole(lens.model.trained_on),
                        str(lens.model.seed),
                        lens.model_sha256,
                    )
                    for lens in facts.lenses
                ],
                none="The run has no models.",
            ),
            table(
                "Versions",
                texts("Library", "Version"),
                facts.details.versions,
                none="No versions were recorded.",
            ),
            table(
                "Fingerprint of the data",
                (*texts("Snapshot"), code("Fingerprint")),
                [(str(facts.snapshot.snapshot_id), facts.snapshot.fingerprint)],
                none="",
            ),
        ),
    )
