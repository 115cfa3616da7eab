"""可靠性战役：成百上千次地弄坏它，数一数丢了几条、多了几条。用法：``uv run python -m campaigns --help``。"""
