"""看图：两张图差多少，字有没有跑出边。"""

import io

from PIL import Image, ImageChops, ImageStat

_SIDE = (64, 128)


def opened(picture: bytes) -> Image.Image:
    """打开一张 PNG。"""
    return Image.open(io.BytesIO(picture)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """看上去差多少：都缩到一样小再比，0 是一模一样，1 是黑对白；长宽比差得多的算 1。"""
    if abs(one.height / one.width - other.height / other.width) > 0.02 * other.height / other.width:
        return 1.0
    small = [picture.resize(_SIDE, Image.Resampling.BOX) for picture in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / (3 * 255)


def overflows(picture: Image.Image, margin: int) -> bool:
    """左右两边各 ``margin`` 像素的留白里有没有不是底色的东西。"""
    ground = picture.getpixel((0, 0))
    for left in (0, picture.width - margin):
        strip = picture.crop((left, 0, left + margin, picture.height))
        if strip.getcolors(1) != [(margin * picture.height, ground)]:
            return True
    return False
