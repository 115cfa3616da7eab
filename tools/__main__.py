"""入口：``uv run --group test python -m tools refresh``、``… package``、``… freeze``。"""

import typer

from . import freeze, package_page, refresh

app = typer.Typer(help="开发时才用的工具。", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@app.callback()
def main() -> None:
    """开发时才用的工具。"""


app.command("refresh")(refresh.refresh)
app.command("package")(package_page.package)
app.command("freeze")(freeze.freeze)

if __name__ == "__main__":
    app()
