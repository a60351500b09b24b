"""Bare Typst: ``python -m bench.typesetter REQUEST`` sets the documents of a request, no more."""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    compiler: typst.Compiler | None = None
    for output in request["outputs"]:
        if compiler is None:
            compiler = typst.Compiler(
                output["template"], font_paths=request["folders"], ignore_system_fonts=True
            )
        made = compiler.compile(
            format="pdf",
            timestamp=output["made_at"],
            pdf_tags=output["tagged"],
            sys_inputs={"data": output["documents"][0]["data"]},
        )
        Path(output["path"]).write_bytes(made)


if __name__ == "__main__":
    main()
