"""Pages of the site that are made while it is built: the reference, and files of the repository's root."""

import ast
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tesoma_geo"
#: Rooms in the order in which data goes through them, and what each is; the commands describe themselves.
ROOMS = {
    "measures": "Measures and fairness",
    "workspace": "The workspace file",
    "sources": "Readers",
    "network": "Streets and timetables",
    "annotations": "Annotations",
    "inputs": "Inputs of a job",
    "analysis": "Analyses",
    "assessment": "The assessment",
    "scenarios": "Scenarios",
    "render": "Maps and pages",
    "follow_up": "Trials and years",
    "batch": "Many districts",
    "workshop": "The workshop",
}
ROOT_PAGES = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
BENCHMARKS = (
    "results.md",
    "transit.md",
    "measures.md",
    "pages.md",
    "annotations.md",
    "run.md",
    "run_bars.md",
    "batch.md",
    "scale.md",
    "turns.md",
    "before_after.md",
    "reliability.md",
    "recovered_links.md",
    "workshop.md",
    "room_load.md",
    "half_day.md",
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    pages = {name: _from_root((ROOT / source).read_text(encoding="utf-8")) for name, source in ROOT_PAGES.items()}
    pages |= {f"benchmarks/{name}": (ROOT / "benchmarks" / name).read_text(encoding="utf-8") for name in BENCHMARKS}
    pages |= reference_pages()
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    for picture in (ROOT / "benchmarks").glob("*.svg"):
        files.append(File.generated(config, f"benchmarks/{picture.name}", abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Lead links to files of the repository that stand outside the folder of the documentation to their pages."""
    return with_links_of_the_site(markdown, page.file.src_uri)


def with_links_of_the_site(text: str, page: str) -> str:
    """The text of a page whose links are those of the repository, with links of the site.

    Parameters
    ----------
    text
        As it stands in the repository.
    page
        Its path within the folder of the documentation.
    """
    to_docs = "../" * page.count("/")
    for name, source in ROOT_PAGES.items():
        text = text.replace(f"]({to_docs}../{source}", f"]({to_docs}{name}")
    return text.replace(f"]({to_docs}../benchmarks/", f"]({to_docs}benchmarks/")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the reference where the navigation names the folder."""
    names = sorted(reference_pages(), key=_place)
    for entry in config.nav or []:
        if entry.get("API reference") == "reference/":
            entry["API reference"] = names
    return config


def _place(name: str) -> tuple[int, list[str]]:
    parts = Path(name).name.removesuffix(".md").split(".")
    room = parts[0]
    first = ("index", "core")
    return (first.index(room) if room in first else len(first) + list(ROOMS).index(room), parts)


def _from_root(text: str) -> str:
    """Links as they are from the folder of the documentation."""
    return re.sub(r"\]\(docs/", "](", text)


def modules() -> list[str]:
    """Every public module that the reference describes, as a dotted name below the package."""
    names = (path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(PACKAGE.rglob("*.py")))
    return [
        ".".join(parts)
        for parts in names
        if not any(part.startswith("_") for part in parts) and parts[0] != "cli" and parts[-1] != "__init__"
    ]


def reference_pages() -> dict[str, str]:
    """A page a folder of the package, and one of the names in ``tesoma_geo`` itself."""
    by_folder: dict[str, list[str]] = {}
    for module in modules():
        by_folder.setdefault(module.rpartition(".")[0] or "core", []).append(module)
    pages = {f"reference/{folder}.md": _folder_page(folder, found) for folder, found in by_folder.items()}
    return {"reference/index.md": _index_page(by_folder), **pages}


def _folder_page(folder: str, found: list[str]) -> str:
    title = "Errors, tables, coordinates" if folder == "core" else f"tesoma_geo.{folder}"
    anchor = "" if folder == "core" else f"{{#tesoma_geo.{folder}}}"
    about = "" if folder == "core" else _docstring(PACKAGE.joinpath(*folder.split("."), "__init__.py"))
    parts = [f"# {title} {anchor}\n\n{_plain(about)}\n"]
    parts += [f"::: tesoma_geo.{module}\n    options:\n      heading_level: 2\n" for module in found]
    return "\n".join(parts)


def _index_page(by_folder: dict[str, list[str]]) -> str:
    init = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    lines = [
        "# API reference\n",
        "What `import tesoma_geo as tg` offers comes first; it is loaded when it is first used. Names that do not",
        "stand in this list may move between releases.\n",
        "| name | described in |",
        "|---|---|",
    ]
    lines += [f"| `tg.{name}` | [`{path}`][{path}] |" for name, path in sorted(public_names(init).items())]
    lines += ["\n## Every public module\n", "| folder | modules |", "|---|---|"]
    for folder, found in sorted(by_folder.items(), key=lambda item: _place(f"{item[0]}.md")):
        links = ", ".join(f"[{module.rpartition('.')[2]}][tesoma_geo.{module}]" for module in found)
        lines.append(f"| [{folder}]({folder}.md) | {links} |")
    return "\n".join(lines) + "\n"


def public_names(init: ast.Module) -> dict[str, str]:
    """Where each name of ``tesoma_geo.__all__`` is defined; read from the imports for type checkers."""
    listed: list[str] = []
    places: dict[str, str] = {}
    for node in ast.walk(init):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tesoma_geo"):
            places |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            listed = ast.literal_eval(node.value)
    return {name: _defined_at(places[name]) for name in listed if name in places}


def _defined_at(path: str) -> str:
    """Follow what a package's ``__init__`` passes on."""
    module, _, name = path.rpartition(".")
    file = PACKAGE.parent.joinpath(*module.split("."), "__init__.py")
    if module == "tesoma_geo" or not file.exists():
        return path
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _defined_at(f"{node.module}.{alias.name}")
    return path


def _docstring(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "" if file.exists() else ""


def _plain(text: str) -> str:
    return re.sub(r":\w+:`~?\.?([\w.]+)`", r"`\1`", text)
