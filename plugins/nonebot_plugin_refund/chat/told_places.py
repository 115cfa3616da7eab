"""启动时在日志里写明数据和手册在哪个文件夹：装在别人的 NoneBot 项目里时，常常不在启动的目录里。"""

from pathlib import Path

from ..rulebook.folder_listing import listing_of


def where_things_are(data: Path, own: Path) -> list[str]:
    """数据在哪里，自己的手册从哪里读、读了几个文件；多半以为在用、其实没读的文件，一个一行。

    Args:
        data: 数据文件夹。
        own: 自己的手册文件夹，不一定在。
    """
    listing = listing_of(own)
    if not own.is_dir():
        state = "还没有这个文件夹"
    elif not listing.read:
        state = "里面一个 .yaml 文件也没有"
    else:
        state = f"{len(listing.read)} 个文件"
    told = [f"数据在 {data}；自己的手册从 {own} 读（{state}）"]
    return told + [f"没读 {one.path.name}：{one.why}" for one in listing.skipped if one.is_mistake]
